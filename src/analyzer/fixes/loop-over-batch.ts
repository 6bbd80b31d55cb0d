/** A loop (or a listener) that takes a batch of a scan for one key gets a loop over the batch within. */
import ts from 'typescript';
import { isFunctionWithBody, unwrap } from '../facts/code/ast.ts';
import type { BatchAsKey } from '../facts/keys/batch-as-key.ts';
import { referencesTo } from '../facts/code/references.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { commentsIn, hasComments } from './text/comments.ts';
import { replaceNode, replaceRange, replaceStatement } from './text/edits.ts';
import { lineIndentation } from './text/indentation.ts';
import { jumpsOf, tiesOf } from './text/jumps.ts';
import { render, sourceRange, sourceText, type Lines } from './text/lines.ts';
import { freshName } from './text/names.ts';
import { styleOf } from './text/style.ts';

/** [] where the batch is no variable of the loop's own, or is used as a list as well. */
export function planLoopOverBatch({ scan, batch }: BatchAsKey, checker: ts.TypeChecker): FixPlan[] {
  const name = unwrap(batch);
  const declaration = ts.isIdentifier(name) ? checker.getSymbolAtLocation(name)?.valueDeclaration : undefined;
  if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration)) || !ts.isIdentifier(declaration.name)) return [];
  if (referencesTo(declaration.name, checker).some(isList)) return [];
  const isTyped = scan.dialect === 'node-redis';
  const edits = ts.isVariableDeclaration(declaration) ? inLoop(declaration, declaration.name, isTyped, checker) : inListener(declaration, declaration.name, checker);
  return edits ? [{ id: 'inner-loop', title: 'Loop over the keys of the batch', kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits }] : [];
}

/** `keys.length`, `[...keys]`, `for (… of keys)`, `keys[0]`: meant as what it is. */
function isList(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isSpreadElement(parent) || (ts.isForOfStatement(parent) && parent.expression === use) || (ts.isElementAccessExpression(parent) && parent.expression === use)) return true;
  return ts.isPropertyAccessExpression(parent) && parent.expression === use && /^(?:length|map|forEach|filter|push|flatMap|reduce|join|sort|at|shift|pop)$/.test(parent.name.text);
}

/** `for await (const key of r.scanStream())` */
function inLoop(declaration: ts.VariableDeclaration, key: ts.Identifier, isTyped: boolean, checker: ts.TypeChecker): TextEdit[] | undefined {
  const loop = declaration.parent.parent;
  if (!ts.isForOfStatement(loop) || !loop.awaitModifier) return undefined;
  // A `break` would end the inner loop alone.
  if (jumpsOf(loop.statement).some((jump) => ts.isBreakStatement(jump) || jump.label)) return undefined;
  const sourceFile = loop.getSourceFile();
  const head = { start: loop.getStart(sourceFile), end: loop.statement.getStart(sourceFile) };
  if (hasComments(sourceFile, head)) return undefined;
  const batch = freshName(loop, ['keys', 'batch', 'page'], { checker });
  const keyword = loop.initializer.flags & ts.NodeFlags.Let ? 'let' : 'const';
  const list = !isTyped && styleOf(sourceFile).typescript ? `${batch} as string[]` : batch;
  const inner = `for (${keyword} ${key.text} of ${list})`;
  const body = bodyOf(loop.statement);
  const lines: Lines = [`for await (const ${batch} of ${sourceText(loop.expression)}) {`, ts.isBlock(loop.statement) ? [`${inner} {`, body, '}'] : [`${inner} ${String(body[0])}`], '}'];
  return [replaceStatement(loop, lines)];
}

/** `stream.on('data', (key) => { … })` */
function inListener(parameter: ts.ParameterDeclaration, key: ts.Identifier, checker: ts.TypeChecker): TextEdit[] | undefined {
  const fn = parameter.parent;
  if (!isFunctionWithBody(fn) || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) || parameter.initializer || parameter.dotDotDotToken) return undefined;
  const sourceFile = fn.getSourceFile();
  const style = styleOf(sourceFile);
  if (tiesOf(ts.isBlock(fn.body) ? fn.body.statements : [fn.body]).has('return')) return undefined;
  const batch = freshName(fn, ['keys', 'batch', 'page'], { checker, beside: [fn] });
  const type = style.typescript ? ': string[]' : '';
  const bare = ts.isArrowFunction(fn) && fn.parameters.length === 1 && sourceFile.text[fn.parameters.pos - 1] !== '(';
  const named = bare && type !== '' ? `(${batch}${type})` : `${batch}${type}`;
  const inner = `for (const ${key.text} of ${batch})`;
  const edits = [replaceNode(parameter, named)];
  const indentation = lineIndentation(sourceFile, fn.getStart(sourceFile));
  if (!ts.isBlock(fn.body)) {
    if (hasComments(sourceFile, { start: (fn as ts.ArrowFunction).equalsGreaterThanToken.end, end: fn.body.getStart(sourceFile) })) return undefined;
    const text = sourceText(ts.isParenthesizedExpression(fn.body) ? fn.body.expression : fn.body);
    return [...edits, replaceNode(fn.body, render(['{', [`${inner} ${text};`], '}'], indentation, style))];
  }
  return [...edits, replaceRange(sourceFile, fn.body.getStart(sourceFile), fn.body.end, render(['{', [`${inner} {`, bodyOf(fn.body), '}'], '}'], indentation, style))];
}

/** What stands between the braces, comments included; or the lone statement. */
function bodyOf(body: ts.Statement): Lines {
  if (!ts.isBlock(body)) return [sourceText(body)];
  const sourceFile = body.getSourceFile();
  const comments = commentsIn(sourceFile, { start: body.getStart(sourceFile) + 1, end: body.end - 1 });
  const start = Math.min(body.statements[0]?.getStart(sourceFile) ?? body.end, comments[0]?.pos ?? body.end);
  const end = Math.max(body.statements.at(-1)?.end ?? 0, comments.at(-1)?.end ?? 0);
  return start < end ? [sourceRange(sourceFile, { start, end })] : [];
}
