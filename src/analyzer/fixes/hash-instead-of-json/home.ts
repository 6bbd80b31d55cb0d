/** Where the functions of a fix go: the file that has all places, one that the others import already, or a new file beside it. */
import { posix } from 'node:path';
import ts from 'typescript';
import type { FileCreation, TextEdit } from '../../rules/rule.ts';
import { appendToFile } from '../text/edits.ts';
import { addImport, isCommonJs, relativeSpecifier } from '../text/imports.ts';
import { render, type Lines } from '../text/lines.ts';
import { quote } from '../text/quote.ts';
import { styleOf } from '../text/style.ts';

export interface Home {
  kind: 'append' | 'create';
  /** The file itself, or the one beside which it is made and whose style it has. */
  sourceFile: ts.SourceFile;
  /** Absolute path. */
  file: string;
}

/**
 * A file is imported only where it is imported already: another import could run code (a client's construction) that did not run before,
 * or close a circle.
 * @param writers files with writes, the first one preferred; @param users files that need the functions
 * @param name of a new file: what the object is, and what it is kept as
 */
export function homeOf(writers: readonly ts.SourceFile[], users: readonly ts.SourceFile[], name: readonly [noun: string, kind: string], checker: ts.TypeChecker): Home | undefined {
  const [first] = writers.length > 0 ? writers : users;
  if (!first) return undefined;
  const [only, ...more] = users;
  if (only && more.length === 0) return { kind: 'append', sourceFile: only, file: only.fileName };
  const imported = writers.find((writer) => users.includes(writer) && !isCommonJs(writer) && users.every((user) => user === writer || imports(user, writer, checker)));
  if (imported) return { kind: 'append', sourceFile: imported, file: imported.fileName };
  const extension = /\.([cm]?[jt]s)x?$/.exec(first.fileName)?.[1] ?? 'ts';
  const [noun, kind] = name;
  const camel = `${noun}${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  const base = /[a-z][A-Z]/.test(posix.basename(first.fileName)) ? camel : camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { kind: 'create', sourceFile: first, file: posix.join(posix.dirname(first.fileName), `${base}.${extension}`) };
}

function imports(user: ts.SourceFile, target: ts.SourceFile, checker: ts.TypeChecker): boolean {
  return user.statements.some((statement) => {
    if (!ts.isImportDeclaration(statement) || statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
    const bindings = statement.importClause?.namedBindings;
    // Without a value it may be left out of the program that runs.
    if (bindings && ts.isNamedImports(bindings) && !statement.importClause?.name && bindings.elements.every((element) => element.isTypeOnly)) return false;
    return checker.getSymbolAtLocation(statement.moduleSpecifier)?.valueDeclaration === target;
  });
}

/** The imports of the functions that a file other than their home calls, as one. */
export function importEdits(user: ts.SourceFile, home: Home, names: readonly string[]): TextEdit[] {
  const [first, ...others] = names;
  if (first === undefined) return [];
  const edits = addImport(user, { from: home.file, name: first }).edits;
  return edits.map((edit) => ({ ...edit, text: edit.text.replace(first, [first, ...others].join(', ')) }));
}

export interface HomeType {
  /** What the functions call it. */
  name: string;
  edits: TextEdit[];
}

/** Makes a type of the library or of another file known to the functions. */
export function typeIn(home: Home, from: string, name: string): HomeType {
  if (home.kind === 'create') return { name, edits: [] };
  return addImport(home.sourceFile, { from, name, typeOnly: true });
}

/** The functions at the end of the file. */
export function appended(home: Home, blocks: readonly Lines[]): TextEdit {
  return appendToFile(home.sourceFile, joined(blocks));
}

/** The new file. */
export function created(home: Home, types: readonly { from: string; name: string }[], blocks: readonly Lines[], exported: readonly string[]): FileCreation {
  const style = styleOf(home.sourceFile);
  const commonJs = isCommonJs(home.sourceFile);
  const braces = (names: string): string => (style.bracketSpacing ? `{ ${names} }` : `{${names}}`);
  const heading = style.typescript
    ? types.map(({ from, name }) => `import type ${braces(name)} from ${quote(posix.isAbsolute(from) ? relativeSpecifier(home.sourceFile, from) : from, style)};`)
    : commonJs ? [`${quote('use strict', style)};`] : [];
  const parts: Lines[] = [...(heading.length > 0 ? [heading] : []), ...blocks, ...(commonJs ? [[`module.exports = ${braces(exported.join(', '))};`]] : [])];
  return { file: home.file, text: render(joined(parts), '', style) + style.newline };
}

function joined(blocks: readonly Lines[]): Lines {
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}
