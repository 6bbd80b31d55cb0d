/** The edits that take the local client's own statements out, and the `try … finally` that was there for its sake. */
import ts from 'typescript';
import { walk } from '../../facts/code/ast.ts';
import type { TextEdit } from '../../rules/rule.ts';
import { leadingComments, trailingComments } from '../text/comments.ts';
import { removeStatement, replaceRange, siblings } from '../text/edits.ts';
import { identifiersIn } from '../text/names.ts';
import { styleOf } from '../text/style.ts';
import type { Uses } from './uses.ts';

/** Of `usesOf`: what the local client alone needed. */
export function removalEdits({ removed, unfinished, elements }: Pick<Uses, 'removed' | 'unfinished' | 'elements'>): TextEdit[] {
  return [...statementEdits(removed), ...unfinished.map(withoutLastCall), ...elements.map(withoutElement)];
}

function statementEdits(statements: readonly ts.Statement[]): TextEdit[] {
  const gone = withEmptyTries(statements);
  const edits: TextEdit[] = [];
  const tries = new Set<ts.TryStatement>();
  const bodies = new Set<ts.Block>();
  for (const statement of gone) {
    const around = finallyOf(statement);
    const body = bodyOf(statement);
    if (around?.finallyBlock?.statements.every((one) => gone.has(one))) tries.add(around);
    else if (body?.statements.every((one) => gone.has(one))) bodies.add(body);
    else edits.push(removeStatement(statement, { comments: true }));
  }
  for (const body of bodies) edits.push(replaceRange(body.getSourceFile(), body.getStart() + 1, body.end - 1, ''));
  for (const statement of tries) edits.push(...withoutFinally(statement, gone));
  return edits;
}

/** `try { await client.quit(); } catch {}`: nothing is left that could fail. */
function withEmptyTries(statements: readonly ts.Statement[]): Set<ts.Statement> {
  const gone = new Set(statements);
  for (const { parent } of gone) {
    const around = ts.isBlock(parent) && ts.isTryStatement(parent.parent) && parent.parent.tryBlock === parent ? parent.parent : undefined;
    if (!around || around.finallyBlock || !around.tryBlock.statements.every((one) => gone.has(one))) continue;
    around.tryBlock.statements.forEach((one) => gone.delete(one));
    gone.add(around);
  }
  return gone;
}

/** `p.finally(…)` → `p`, `client.connect()` → `client` */
export function withoutLastCall(call: ts.CallExpression): TextEdit {
  const target = (call.expression as ts.PropertyAccessExpression).expression;
  return replaceRange(call.getSourceFile(), target.end, call.end, '');
}

/** One of a list, with the comma that goes with it. */
function withoutElement(element: ts.Node): TextEdit {
  const sourceFile = element.getSourceFile();
  const list = (element.parent as ts.ArrayLiteralExpression | ts.VariableDeclarationList);
  const all: readonly ts.Node[] = ts.isVariableDeclarationList(list) ? list.declarations : list.elements;
  const [before, next] = [all[all.indexOf(element) - 1], all[all.indexOf(element) + 1]];
  if (next) return replaceRange(sourceFile, element.getStart(sourceFile), next.getStart(sourceFile), '');
  return replaceRange(sourceFile, before?.end ?? element.getStart(sourceFile), element.end, '');
}

/** A variable goes; a comment on its line stays, on a line of its own. */
export function removeVariable(declaration: ts.VariableDeclaration): TextEdit {
  const list = declaration.parent as ts.VariableDeclarationList;
  return list.declarations.length > 1 ? withoutElement(declaration) : removeLine(list.parent as ts.VariableStatement);
}

/** A statement goes; a comment on its line stays, on a line of its own. */
export function removeLine(statement: ts.Statement): TextEdit {
  const [comment] = trailingComments(statement);
  return comment ? replaceRange(statement.getSourceFile(), statement.getStart(), comment.pos, '') : removeStatement(statement);
}

/** A member of a class, with its comments and the blank line after it. */
export function removeMember(member: ts.ClassElement): TextEdit {
  const sourceFile = member.getSourceFile();
  const { text } = sourceFile;
  const begin = leadingComments(member)[0]?.pos ?? member.getStart(sourceFile);
  const lineStart = text.lastIndexOf('\n', begin - 1) + 1;
  const end = trailingComments(member).at(-1)?.end ?? member.end;
  const after = /^[ \t]*(?:\r?\n(?:[ \t]*\r?\n)?)?/.exec(text.slice(end))?.[0].length ?? 0;
  return replaceRange(sourceFile, text.slice(lineStart, begin).trim() === '' ? lineStart : begin, end + after, '');
}

/** The body of a function, of which a statement is a part; not one with a comment at its end. */
function bodyOf({ parent }: ts.Statement): ts.Block | undefined {
  const last = ts.isBlock(parent) && ts.isFunctionLike(parent.parent) ? parent.statements.at(-1) : undefined;
  const end = last && (trailingComments(last).at(-1)?.end ?? last.end);
  return end !== undefined && /^\s*\}$/.test(parent.getSourceFile().text.slice(end, parent.end)) ? (parent as ts.Block) : undefined;
}

function finallyOf(statement: ts.Statement): ts.TryStatement | undefined {
  const block = statement.parent;
  return ts.isBlock(block) && ts.isTryStatement(block.parent) && block.parent.finallyBlock === block ? block.parent : undefined;
}

function withoutFinally(statement: ts.TryStatement, gone: ReadonlySet<ts.Statement>): TextEdit[] {
  const sourceFile = statement.getSourceFile();
  if (statement.catchClause) return [replaceRange(sourceFile, statement.catchClause.end, statement.end, '')];
  const { tryBlock } = statement;
  const first = tryBlock.statements.find((one) => !gone.has(one));
  if (!first) return [removeStatement(statement)];
  if (namesClash(statement)) {
    return [replaceRange(sourceFile, statement.getStart(sourceFile), tryBlock.getStart(sourceFile), ''), replaceRange(sourceFile, tryBlock.end, statement.end, '')];
  }
  const begin = leadingComments(first)[0]?.pos ?? first.getStart(sourceFile);
  const last = tryBlock.statements.findLast((one) => !gone.has(one)) ?? first;
  const end = trailingComments(last).at(-1)?.end ?? last.end;
  return [
    replaceRange(sourceFile, statement.getStart(sourceFile), begin, ''),
    ...dedent(sourceFile, begin, end),
    replaceRange(sourceFile, end, statement.end, ''),
  ];
}

/** A name of the block that means something else around it: then the block stays one. */
function namesClash(statement: ts.TryStatement): boolean {
  const declared = new Set<string>();
  for (const one of statement.tryBlock.statements) {
    if (ts.isVariableStatement(one)) for (const { name } of one.declarationList.declarations) identifiersIn(name).forEach((text) => declared.add(text));
    if ((ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one)) && one.name) declared.add(one.name.text);
  }
  if (declared.size === 0) return false;
  return siblings(statement).some((one) => one !== statement && [...identifiersIn(one)].some((name) => declared.has(name)));
}

/** One level off every line but the first; what lies within a template stays. */
function dedent(sourceFile: ts.SourceFile, start: number, end: number): TextEdit[] {
  const { indent } = styleOf(sourceFile);
  const templates: ts.Node[] = [];
  walk(sourceFile, (node) => {
    if (ts.isTemplateLiteralToken(node) && node.end > start && node.pos < end) templates.push(node);
    return undefined;
  });
  const edits: TextEdit[] = [];
  for (let line = sourceFile.text.indexOf('\n', start) + 1; line > 0 && line < end; line = sourceFile.text.indexOf('\n', line) + 1) {
    if (!sourceFile.text.startsWith(indent, line) || templates.some((node) => node.getStart(sourceFile) < line && line < node.end)) continue;
    edits.push(replaceRange(sourceFile, line, line + indent.length, ''));
  }
  return edits;
}

/** Edits that lie within another one's range are part of it. */
export function withoutNested(edits: readonly TextEdit[]): TextEdit[] {
  return edits.filter((edit) => !edits.some((other) => other !== edit && other.sourceFile === edit.sourceFile && other.end > other.start && isWithin(edit, other)));
}

function isWithin(edit: TextEdit, other: TextEdit): boolean {
  const same = edit.start === other.start && edit.end === other.end;
  return !same && other.start <= edit.start && edit.end <= other.end && !(edit.start === edit.end && (edit.start === other.start || edit.end === other.end));
}

/** Whether a node is in what the edits take away. */
export function isRemoved(node: ts.Node, edits: readonly TextEdit[]): boolean {
  const sourceFile = node.getSourceFile();
  const start = node.getStart(sourceFile);
  return edits.some((edit) => edit.sourceFile === sourceFile && edit.start <= start && node.end <= edit.end && edit.end > edit.start);
}
