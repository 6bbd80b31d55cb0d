/** The shared client that a project has: a variable of a module, or the file that Keyscope writes; else that file, to be written. */
import { posix } from 'node:path';
import ts from 'typescript';
import { hasTemplate, renderTemplate, versionOf } from '../../../client-template/render.ts';
import { hasModifier, isAssignment, methodOf, unwrap, walk, wrapped } from '../../facts/code/ast.ts';
import type { Construction } from '../../facts/clients/construction.ts';
import { isConst, place, resolveAlias } from '../../facts/code/fold.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import type { FileCreation } from '../../rules/rule.ts';
import { isTestOrScript } from '../../test-files.ts';
import { packageFolder } from '../../workspace/layout.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isCommonJs } from '../text/imports.ts';
import { askedOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import { isDefaultTarget, isSameTarget, targetOf } from './target.ts';

export type SharedClient =
  /** `export const redis = new Redis(url)`; `exported` is undefined for one of the same file. */
  | { kind: 'variable'; file: string; name: string; exported: string | undefined }
  /**
   * The functions of src/client-template; `creation` where the file has yet to be made. `options`: the arguments of `redisWith`, where another
   * client than the default is asked for; `isAsked` where it cannot be told what they are, so that a person has to say whether this is right.
   * `isAddressed` where the code itself names what the shared client connects to.
   */
  | { kind: 'template'; file: string; creation: FileCreation | undefined; options: string | undefined; isAsked: boolean; isAddressed: boolean };

/** Commands after which a connection serves its caller alone. */
const dedicating = /^(?:P|S)?SUBSCRIBE$|^MONITOR$|^B(?:L|R|Z)|^WATCH$/;

export function findSharedClient(call: RedisCall, workspace: Workspace): SharedClient | Refusal {
  if (call.receiver.kind === 'pool') return new Refusal('a pool is made, and the shared client is a single connection');
  const target = targetOf((call.node as Construction).arguments ?? [], call.dialect, workspace.checker);
  const variable = target === undefined ? undefined : variableIn(call, target, workspace);
  return variable ?? template(call, target, workspace);
}

function variableIn(call: RedisCall, target: string, workspace: Workspace): SharedClient | undefined {
  const found: { file: string; name: string; exported: string | undefined; distance: number }[] = [];
  const { root, layout } = workspace;
  const own = call.sourceFile.fileName;
  const project = packageFolder(own, root, layout);
  const imported = new Set(layout.imports(own).values());
  for (const other of workspace.calls()) {
    if (other.command !== '@construct' || other.node === call.node || other.library !== call.library || other.receiver.kind !== call.receiver.kind) continue;
    const { sourceFile } = other;
    const variable = moduleVariable(other.node);
    if (!variable || ownClass(other, workspace) !== ownClass(call, workspace)) continue;
    if (targetOf((other.node as Construction).arguments ?? [], other.dialect, workspace.checker) !== target || !isUsable(variable, other, workspace)) continue;
    const { name } = variable;
    if (sourceFile === call.sourceFile) {
      found.push({ file: sourceFile.fileName, name: name.text, exported: undefined, distance: 0 });
      continue;
    }
    const exported = exportedName(name);
    if (exported === undefined || isTestOrScript(sourceFile.fileName.slice(root.length + 1), sourceFile.text)) continue;
    // Another package's source is not to be imported by its path.
    if (packageFolder(sourceFile.fileName, root, layout) !== project && !imported.has(sourceFile.fileName)) continue;
    const distance = posix.relative(posix.dirname(own), sourceFile.fileName).split('/').length;
    found.push({ file: sourceFile.fileName, name: name.text, exported, distance });
  }
  const [nearest] = found.sort((a, b) => a.distance - b.distance || (a.file < b.file ? -1 : 1));
  return nearest && { kind: 'variable', file: nearest.file, name: nearest.name, exported: nearest.exported };
}

/** `class AppRedis extends Redis` of the project: no other client has its methods. */
function ownClass({ node }: RedisCall, { checker }: Workspace): ts.Symbol | undefined {
  if (!ts.isNewExpression(node)) return undefined;
  const symbol = resolveAlias(checker.getSymbolAtLocation(unwrap(node.expression)), checker);
  const declaration = symbol?.valueDeclaration;
  return declaration && ts.isClassLike(declaration) && !declaration.getSourceFile().isDeclarationFile ? symbol : undefined;
}

/** `const redis = new Redis()`, `const client = await createClient().on(…).connect()` at the top of a module. */
function moduleVariable(construction: ts.Expression): (ts.VariableDeclaration & { name: ts.Identifier }) | undefined {
  let outer = wrapped(construction);
  for (;;) {
    const { parent } = outer;
    if (ts.isAwaitExpression(parent)) outer = wrapped(parent);
    else if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent) && /^(?:on|connect)$/.test(parent.name.text)) outer = wrapped(parent.parent);
    else break;
  }
  const declaration = outer.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !isConst(declaration)) return undefined;
  return ts.isSourceFile(declaration.parent.parent.parent) ? (declaration as ts.VariableDeclaration & { name: ts.Identifier }) : undefined;
}

/** Not one that waits or listens; of node-redis from 4 on, one that somebody connects. */
function isUsable(variable: ts.VariableDeclaration, construction: RedisCall, workspace: Workspace): boolean {
  const identity = place(variable);
  let connected = construction.dialect === 'ioredis' || construction.major < 4 || /\.connect\(\)/.test(variable.initializer?.getText() ?? '');
  for (const other of workspace.calls()) {
    if (other.receiver.identity !== identity) continue;
    if (dedicating.test(other.command)) return false;
    if (other.command === '@connect') connected = true;
  }
  return connected;
}

function exportedName(name: ts.Identifier): string | undefined {
  const statement = name.parent.parent.parent;
  if (ts.isVariableStatement(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return name.text;
  let exported: string | undefined;
  for (const one of name.getSourceFile().statements) {
    if (ts.isExportAssignment(one) && !one.isExportEquals && isNamed(one.expression, name)) exported ??= 'default';
    if (ts.isExportDeclaration(one) && !one.moduleSpecifier && one.exportClause && ts.isNamedExports(one.exportClause)) {
      exported ??= one.exportClause.elements.find((element) => (element.propertyName ?? element.name).text === name.text)?.name.text;
    }
    if (ts.isExpressionStatement(one) && isAssignment(one.expression)) exported ??= requiredName(one.expression, name);
  }
  return exported;
}

/** `module.exports = { redis }`, `module.exports = redis` (as a default), `exports.redis = redis`. */
function requiredName(assignment: ts.BinaryExpression, name: ts.Identifier): string | undefined {
  const target = assignment.left.getText();
  const value = unwrap(assignment.right);
  const own = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
  if (own !== undefined) return isNamed(value, name) ? own : undefined;
  if (target !== 'module.exports') return undefined;
  if (isNamed(value, name)) return 'default';
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  for (const property of value.properties) {
    if (ts.isShorthandPropertyAssignment(property) && property.name.text === name.text) return name.text;
    if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && isNamed(property.initializer, name)) return property.name.text;
  }
  return undefined;
}

const isNamed = (expression: ts.Expression, name: ts.Identifier): boolean => ts.isIdentifier(expression) && expression.text === name.text;

function template(call: RedisCall, target: string | undefined, workspace: Workspace): SharedClient | Refusal {
  const { library, major, sourceFile } = call;
  const { kind } = call.receiver;
  if (kind !== 'client') return new Refusal('the project has no shared cluster client with these nodes and options, and Keyscope writes one for a single server only');
  if (!hasTemplate(library, major)) return new Refusal(`the shared client that Keyscope writes needs a newer ${library} than ${major}`);
  if (ownClass(call, workspace)) return new Refusal('a class of its own is made, and the project shares none');
  const present = presentFile(call, workspace);
  const file = present?.fileName ?? newFile(sourceFile, workspace);
  if (!present && workspace.has(file)) return new Refusal(`${posix.relative(workspace.root, file)}, where the shared client would be, is another file`);
  const ofPresent = present && presentTarget(present, call, workspace);
  const isDefault = target !== undefined && (present ? ofPresent !== undefined && isSameTarget(target, ofPresent) : isDefaultTarget(target));
  const options = isDefault ? undefined : askedOptions(call, workspace);
  if (options instanceof Refusal) return options;
  if (options !== undefined && present && !/\bfunction redisWith\b/.test(present.text)) {
    return new Refusal(`it has other options than the shared client of ${posix.relative(workspace.root, file)}, an older version without \`redisWith\``);
  }
  const creation = present ? undefined : { file, text: textOf(file, call) };
  return { kind: 'template', file, creation, options, isAddressed: !isDefault || target === ofPresent || target.includes('REDIS_URL'), isAsked: options !== undefined && target === undefined };
}

function textOf(file: string, { library, major, sourceFile }: RedisCall): string {
  return renderTemplate({ library, major, language: file.endsWith('ts') ? 'ts' : 'js', module: isCommonJs(sourceFile) ? 'cjs' : 'esm' });
}

/** The file that Keyscope wrote, wherever it is in the package, or is imported already; whatever became of it since. */
function presentFile({ library, sourceFile }: RedisCall, workspace: Workspace): ts.SourceFile | undefined {
  const { root, layout } = workspace;
  const project = packageFolder(sourceFile.fileName, root, layout);
  const imported = new Set(layout.imports(sourceFile.fileName).values());
  const found = [...workspace.allFacts()].map((one) => one.sourceFile).filter((one) => versionOf(one.text) !== undefined && importsLibrary(one, library));
  return found.find(({ fileName }) => packageFolder(fileName, root, layout) === project) ?? found.find(({ fileName }) => imported.has(fileName));
}

/** What its `redis()` connects to: somebody may have changed it. */
function presentTarget(file: ts.SourceFile, { dialect }: RedisCall, { checker }: Workspace): string | undefined {
  const found: string[] = [];
  walk(file, (node) => {
    const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
    if (isCall && /^(?:redisWith|Redis|createClient)$/.test(node.expression.getText())) {
      const target = targetOf(node.arguments ?? [], dialect, checker);
      if (target !== undefined) found.push(target);
    }
    return undefined;
  });
  return found[0];
}

function importsLibrary(sourceFile: ts.SourceFile, library: string): boolean {
  let imports = false;
  walk(sourceFile, (node) => {
    if (ts.isImportDeclaration(node)) imports ||= ts.isStringLiteral(node.moduleSpecifier) && node.moduleSpecifier.text === library;
    if (ts.isCallExpression(node) && !methodOf(node)) imports ||= node.expression.getText() === 'require' && node.arguments[0]?.getText().slice(1, -1) === library;
    return undefined;
  });
  return imports;
}

/**
 * Where the configuration says; else in the folder of the sources; where files are routes by their folder (Next.js, SvelteKit), in `lib` beside
 * that; else in the folder that holds all files which make clients. The same for every file of a package, so that one file is made.
 */
function newFile({ fileName }: ts.SourceFile, workspace: Workspace): string {
  const { root, layout } = workspace;
  const extension = /\.[cm]?[jt]s(?=x?$)/.exec(fileName)?.[0] ?? '.ts';
  const project = packageFolder(fileName, root, layout);
  const configured = `${layout.sharedClientFolder(fileName) ?? ''}/redis-client${extension}`;
  // Another package's source is not to be imported by its path.
  if (configured.startsWith(`${root}/`) && packageFolder(configured, root, layout) === project) return configured;
  const foldersOf = (file: string): string[] => file.slice(project.length + 1).split('/').slice(0, -1);
  const makers = [...new Set([...workspace.calls()].filter(({ command }) => command === '@construct').map(({ sourceFile }) => sourceFile.fileName))].sort();
  const others = makers.filter((file) => packageFolder(file, root, layout) === project && !isTestOrScript(file.slice(root.length + 1), workspace.factsOf(file)?.sourceFile.text ?? ''));
  const all = [fileName, ...others].map(foldersOf);
  const own = all.map(sourceFolder).find((folder) => folder !== undefined) ?? all.map(besideRoutes).find((folder) => folder !== undefined) ?? commonFolder(all);
  return [project, ...own, `redis-client${extension}`].join('/');
}

function sourceFolder(folders: string[]): string[] | undefined {
  const source = folders.indexOf('src');
  return source >= 0 ? folders.slice(0, source + 1) : undefined;
}

function besideRoutes(folders: string[]): string[] | undefined {
  const routes = folders.findIndex((folder) => /^(?:pages|app|routes|api)$/.test(folder));
  return routes >= 0 ? [...folders.slice(0, routes), 'lib'] : undefined;
}

function commonFolder([first = [], ...others]: string[][]): string[] {
  const length = first.findIndex((folder, index) => others.some((other) => other[index] !== folder));
  return length < 0 ? first : first.slice(0, length);
}
