/** An import that a fix needs, added once and as the file's other imports are written. */
import { posix } from 'node:path';
import ts from 'typescript';
import type { TextEdit } from '../../rules/rule.ts';
import { insertAt } from './edits.ts';
import { freshName } from './names.ts';
import { quote } from './quote.ts';
import { styleOf } from './style.ts';

export interface ImportRequest {
  /** A package (`ioredis`), or the absolute path of a file of the workspace, which is then imported by a relative path. */
  from: string;
  /** The exported name; `default` for the default export. */
  name: string;
  /** What to call it where it is the default export; else `name`. */
  as?: string;
  /** A name that does not do where it is mentioned, though the export may be imported by it. */
  notAs?: string;
  /** Only its type is used: nothing is imported in JavaScript. */
  typeOnly?: boolean;
  /** The name is known to be free where it matters, though functions of the file have variables of that name. */
  exact?: boolean;
}

export interface AddedImport {
  /** What it is called in the file: another name than asked for where that was taken, or where it was imported before. */
  name: string;
  edits: TextEdit[];
}

export function addImport(sourceFile: ts.SourceFile, request: ImportRequest): AddedImport {
  const style = styleOf(sourceFile);
  const specifier = posix.isAbsolute(request.from) ? relativeSpecifier(sourceFile, request.from) : request.from;
  const wanted = request.as ?? request.name;
  if (request.typeOnly && !style.typescript) return { name: wanted, edits: [] };
  const own = isCommonJs(sourceFile) ? requiresOf(sourceFile, specifier) : importsOf(sourceFile, specifier);
  const present = own.map((at) => localName(at, request)).find((name) => name !== undefined && name !== request.notAs);
  if (present !== undefined) return { name: present, edits: [] };

  const name = request.exact ? wanted : freshName(sourceFile, [wanted]);
  const extended = extend(own, request, name);
  if (extended) return { name, edits: [extended] };
  const [open, close] = style.bracketSpacing ? ['{ ', ' }'] : ['{', '}'];
  const from = quote(specifier, style);
  const end = style.semicolons ? ';' : '';
  if (isCommonJs(sourceFile)) {
    const binding = request.name === 'default' ? name : `${open}${name === request.name ? name : `${request.name}: ${name}`}${close}`;
    return { name, edits: [insertStatement(sourceFile, `const ${binding} = require(${from})${end}`)] };
  }
  const binding = request.name === 'default' ? name : `${open}${name === request.name ? name : `${request.name} as ${name}`}${close}`;
  return { name, edits: [insertStatement(sourceFile, `import ${request.typeOnly ? 'type ' : ''}${binding} from ${from}${end}`)] };
}

/** Written with `require` and without `import`/`export`. */
export function isCommonJs(sourceFile: ts.SourceFile): boolean {
  if (/\.(cjs)$/.test(sourceFile.fileName)) return true;
  if (sourceFile.statements.some((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) || ts.isExportAssignment(statement) || isExported(statement))) return false;
  return /\.(js|jsx)$/.test(sourceFile.fileName) ? /\brequire\s*\(|\bmodule\.exports\b|\bexports\./.test(sourceFile.text) : sourceFile.statements.some((statement) => requireOf(statement) !== undefined);
}

function isExported(statement: ts.Statement): boolean {
  return ts.canHaveModifiers(statement) && (ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false);
}

/** The path by which a file imports another of the workspace, with the extension as its other relative imports have it. */
export function relativeSpecifier(sourceFile: ts.SourceFile, target: string): string {
  const path = posix.relative(posix.dirname(sourceFile.fileName), target);
  const withDot = path.startsWith('.') ? path : `./${path}`;
  const match = /\.([mc]?)[jt]s(x?)$/.exec(withDot);
  if (!match) return withDot;
  const bare = withDot.slice(0, match.index);
  switch (extensionOf(sourceFile)) {
    case 'ts':
      return withDot;
    case 'js':
      return `${bare}.${match[1]}js`;
    case 'none':
      return match[1] ? `${bare}.${match[1]}js` : bare.replace(/\/index$/, '');
  }
}

function extensionOf(sourceFile: ts.SourceFile): 'ts' | 'js' | 'none' {
  const relative = specifiersOf(sourceFile).filter((text) => /^\.\.?\//.test(text));
  if (relative.some((text) => /\.[mc]?tsx?$/.test(text))) return 'ts';
  if (relative.some((text) => /\.[mc]?jsx?$/.test(text))) return 'js';
  // ECMAScript modules in JavaScript cannot do without; with nothing to go by, TypeScript's and CommonJS's custom is to leave it out.
  return relative.length === 0 && /\.(mjs|mts)$/.test(sourceFile.fileName) ? 'js' : 'none';
}

function specifiersOf(sourceFile: ts.SourceFile): string[] {
  return sourceFile.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) ? [statement.moduleSpecifier.text] : [];
    return requireOf(statement)?.specifier ?? [];
  });
}

type Present = { kind: 'import'; node: ts.ImportDeclaration } | { kind: 'require'; binding: ts.BindingName };

function importsOf(sourceFile: ts.SourceFile, specifier: string): Present[] {
  return sourceFile.statements
    .filter((statement): statement is ts.ImportDeclaration => ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier) && statement.moduleSpecifier.text === specifier)
    .map((node) => ({ kind: 'import', node }));
}

function requiresOf(sourceFile: ts.SourceFile, specifier: string): Present[] {
  return sourceFile.statements.flatMap((statement): Present[] => {
    const found = requireOf(statement);
    return found?.specifier === specifier ? [{ kind: 'require', binding: found.binding }] : [];
  });
}

function requireOf(statement: ts.Statement): { specifier: string; binding: ts.BindingName } | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  const declaration = statement.declarationList.declarations[0];
  const call = declaration?.initializer;
  if (!declaration || !call || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression) || call.expression.text !== 'require') return undefined;
  const argument = call.arguments[0];
  return argument && ts.isStringLiteralLike(argument) ? { specifier: argument.text, binding: declaration.name } : undefined;
}

/** What the wanted export is called where it is imported already; a type import does not serve as a value. */
function localName(at: Present, request: ImportRequest): string | undefined {
  if (at.kind === 'require') {
    if (ts.isIdentifier(at.binding)) return request.name === 'default' ? at.binding.text : undefined;
    if (!ts.isObjectBindingPattern(at.binding)) return undefined;
    const element = at.binding.elements.find((one) => ((one.propertyName ?? one.name) as ts.Identifier).text === request.name);
    return element && ts.isIdentifier(element.name) ? element.name.text : undefined;
  }
  const clause = at.node.importClause;
  if (!clause || (isTypeOnly(clause) && !request.typeOnly)) return undefined;
  if (request.name === 'default') return clause.name?.text;
  if (!clause.namedBindings || !ts.isNamedImports(clause.namedBindings)) return undefined;
  const found = clause.namedBindings.elements.find((one) => (one.propertyName ?? one.name).text === request.name && (request.typeOnly || !one.isTypeOnly));
  return found?.name.text;
}

/** One more name in a list of names that is there. */
function extend(own: readonly Present[], request: ImportRequest, name: string): TextEdit | undefined {
  if (request.name === 'default') return undefined;
  for (const at of own) {
    if (at.kind === 'require') {
      const last = ts.isObjectBindingPattern(at.binding) ? at.binding.elements.at(-1) : undefined;
      if (last && !last.dotDotDotToken) return insertAt(last.getSourceFile(), last.end, `, ${name === request.name ? name : `${request.name}: ${name}`}`);
      continue;
    }
    const clause = at.node.importClause;
    const bindings = clause?.namedBindings;
    if (!clause || !bindings || !ts.isNamedImports(bindings) || isTypeOnly(clause) !== (request.typeOnly ?? false)) continue;
    const last = bindings.elements.at(-1);
    if (last) return insertAt(last.getSourceFile(), last.end, `, ${name === request.name ? name : `${request.name} as ${name}`}`);
  }
  return undefined;
}

function isTypeOnly(clause: ts.ImportClause): boolean {
  return clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

/** After the last import (or require), else at the top, below a shebang, directives and the file's opening comment. */
function insertStatement(sourceFile: ts.SourceFile, text: string): TextEdit {
  const { newline } = styleOf(sourceFile);
  const last = sourceFile.statements.findLast((statement) => ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement) || requireOf(statement) !== undefined);
  const directive = sourceFile.statements.findLast((statement, index) => isDirective(statement) && sourceFile.statements.slice(0, index).every(isDirective));
  const after = last ?? directive;
  if (after) {
    const trailing = ts.getTrailingCommentRanges(sourceFile.text, after.end)?.at(-1)?.end ?? after.end;
    return insertAt(sourceFile, trailing, newline + text);
  }
  const shebang = ts.getShebang(sourceFile.text)?.length ?? 0;
  const first = sourceFile.statements[0];
  const opening = (ts.getLeadingCommentRanges(sourceFile.text, first?.pos ?? 0) ?? []).find((comment) => comment.pos >= shebang);
  // An opening comment with a blank line after it is the file's, not the first statement's.
  const isOfFile = opening !== undefined && /^[ \t]*\r?\n[ \t]*\r?\n/.test(sourceFile.text.slice(opening.end));
  if (isOfFile) return insertAt(sourceFile, opening.end, newline + text);
  return shebang > 0 ? insertAt(sourceFile, shebang, newline + text) : insertAt(sourceFile, 0, `${text}${newline}`);
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
