/** The shared client that a project has: a variable of a module, or the file that Keyscope writes; else that file, to be written. */
import { posix } from 'node:path';
import ts from 'typescript';
import { hasTemplate, renderTemplate, versionOf } from '../../../client-template/render.ts';
import { hasModifier, isAssignment, methodOf, unwrap, walk, wrapped } from '../../facts/ast.ts';
import { isConst, place } from '../../facts/fold.ts';
import type { RedisCall } from '../../facts/redis-call.ts';
import type { FileCreation } from '../../rules/rule.ts';
import { isTestOrScript } from '../../test-files.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isCommonJs } from '../text/imports.ts';
import { isDefaultTarget, targetOf } from './target.ts';

export type SharedClient =
  /** `export const redis = new Redis(url)`; `exported` is undefined for one of the same file. */
  | { kind: 'variable'; file: string; name: string; exported: string | undefined }
  /** The functions of src/client-template; `creation` where the file has yet to be made. */
  | { kind: 'template'; file: string; creation: FileCreation | undefined };

/** Commands after which a connection serves its caller alone. */
const dedicating = /^(?:P|S)?SUBSCRIBE$|^MONITOR$|^B(?:L|R|Z)|^WATCH$/;

export function findSharedClient(call: RedisCall, workspace: Workspace): SharedClient | undefined {
  const target = targetOf(call.node as ts.NewExpression | ts.CallExpression, call.dialect, workspace.checker);
  if (target === undefined || call.receiver.kind === 'pool') return undefined;
  return variableIn(call, target, workspace) ?? (call.receiver.kind === 'client' && isDefaultTarget(target) ? template(call, workspace) : undefined);
}

function variableIn(call: RedisCall, target: string, workspace: Workspace): SharedClient | undefined {
  const found: { file: string; name: string; exported: string | undefined; distance: number }[] = [];
  for (const other of workspace.calls()) {
    if (other.command !== '@construct' || other.node === call.node || other.library !== call.library || other.receiver.kind !== call.receiver.kind) continue;
    const { sourceFile } = other;
    const variable = moduleVariable(other.node);
    if (!variable || targetOf(other.node, other.dialect, workspace.checker) !== target || !isUsable(variable, other, workspace)) continue;
    const { name } = variable;
    if (sourceFile === call.sourceFile) {
      found.push({ file: sourceFile.fileName, name: name.text, exported: undefined, distance: 0 });
      continue;
    }
    const exported = exportedName(name);
    if (exported === undefined || isTestOrScript(sourceFile.fileName.slice(workspace.root.length + 1), sourceFile.text)) continue;
    const distance = posix.relative(posix.dirname(call.sourceFile.fileName), sourceFile.fileName).split('/').length;
    found.push({ file: sourceFile.fileName, name: name.text, exported, distance });
  }
  const [nearest] = found.sort((a, b) => a.distance - b.distance || (a.file < b.file ? -1 : 1));
  return nearest && { kind: 'variable', file: nearest.file, name: nearest.name, exported: nearest.exported };
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

function template(call: RedisCall, workspace: Workspace): SharedClient | undefined {
  const { library, major, sourceFile } = call;
  if (!hasTemplate(library, major)) return undefined;
  const present = [...workspace.files.values()].find((one) => versionOf(one.sourceFile.text) !== undefined && importsLibrary(one.sourceFile, library));
  if (present) return { kind: 'template', file: present.sourceFile.fileName, creation: undefined };
  const extension = (/\.[cm]?[jt]s(?=x?$)/.exec(sourceFile.fileName)?.[0] ?? '.ts');
  const file = `${sharedFolder(sourceFile.fileName, workspace.root)}/redis-client${extension}`;
  if (workspace.files.has(file)) return undefined;
  const text = renderTemplate({ library, major, language: extension.endsWith('ts') ? 'ts' : 'js', module: isCommonJs(sourceFile) ? 'cjs' : 'esm' });
  return { kind: 'template', file, creation: { file, text } };
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

/** The folder of the sources; where files are routes by their folder (Next.js, SvelteKit), `lib` beside that. */
function sharedFolder(file: string, root: string): string {
  const folders = file.slice(root.length + 1).split('/').slice(0, -1);
  const source = folders.indexOf('src');
  const routes = folders.findIndex((folder) => /^(?:pages|app|routes|api)$/.test(folder));
  if (source >= 0) return [root, ...folders.slice(0, source + 1)].join('/');
  return [root, ...(routes >= 0 ? [...folders.slice(0, routes), 'lib'] : folders)].join('/');
}
