/**
 * Async functions as TypeScript and esbuild write them for older engines, read as what they were: `__awaiter(this, void 0, void 0, function* () {
 * yield f(); })` with `async () => {` and `await` in place, letter for letter, so that every offset stays and `this` is the method's.
 */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';

const helpers = /\b__(?:awaiter|async)\b/;

/** A compiler has made the text: what is told of it may be right, an edit of it is of no use. */
export const isCompiledAsync = (text: string): boolean => helpers.test(text);

/** @returns a text of the same length; the text itself where it holds no such function */
export function withAwait(fileName: string, text: string, scriptKind: ts.ScriptKind | undefined): string {
  if (!isCompiledAsync(text) || !text.includes('function*')) return text;
  const changes: Change[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) changes.push(...changesOf(node));
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(fileName, text, ts.ScriptTarget.ESNext, /* setParentNodes */ true, scriptKind));
  let written = '';
  let at = 0;
  for (const change of changes.sort((a, b) => a.start - b.start)) {
    written += text.slice(at, change.start) + change.text;
    at = change.start + change.text.length;
  }
  return written + text.slice(at);
}

interface Change {
  start: number;
  text: string;
}

const head = 'async()=>';

function changesOf(call: ts.CallExpression): Change[] {
  const made = call.arguments.at(-1);
  if (!made || !ts.isFunctionExpression(made) || !made.asteriskToken || made.name || made.parameters.length > 0 || !isHelper(call.expression)) return [];
  const start = made.getStart();
  const length = made.body.getStart() - start;
  const yields: Change[] = [];
  let isWhole = length >= head.length;
  const look = (node: ts.Node): void => {
    if (ts.isYieldExpression(node)) {
      isWhole &&= !node.asteriskToken && node.expression !== undefined && isOperand(node.expression);
      yields.push({ start: node.getStart(), text: 'await' });
    }
    if (!ts.isFunctionLike(node) || ts.isArrowFunction(node)) ts.forEachChild(node, look);
  };
  ts.forEachChild(made.body, look);
  return isWhole ? [{ start, text: head.padEnd(length) }, ...yields] : [];
}

/** `__awaiter(…)`, `tslib_1.__awaiter(…)`, `(0, tslib_1.__awaiter)(…)` */
function isHelper(expression: ts.Expression): boolean {
  const callee = unwrap(expression);
  if (ts.isIdentifier(callee)) return /^__(?:awaiter|async)$/.test(callee.text);
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text === '__awaiter';
  return ts.isBinaryExpression(callee) && callee.operatorToken.kind === ts.SyntaxKind.CommaToken && isHelper(callee.right);
}

/** `yield` takes all that follows, `await` one operand. */
const isOperand = (node: ts.Expression): boolean =>
  !ts.isBinaryExpression(node) && !ts.isConditionalExpression(node) && !ts.isArrowFunction(node) && !ts.isYieldExpression(node);
