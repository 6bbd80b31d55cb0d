/** What is done to a value between its read and its write, where Redis has a command that does it: a number is added, a text appended. */
import ts from 'typescript';
import { isAssignment, methodOf, unwrap } from '../code/ast.ts';
import type { RedisCall } from '../calls/redis-call.ts';

export type Form =
  /** The reply; `or`: what stands in for a missing one. */
  | { kind: 'raw'; or: 'null' | 'zero' | 'empty' }
  /** The reply as a number; NaN for a missing one where that has no other. */
  | { kind: 'number'; or: 'zero' | 'NaN' }
  /** Plus or minus something that the reply has no part in. */
  | { kind: 'sum'; amount: ts.Expression | 1; negative: boolean; text: boolean }
  /** With something behind it: operands of `+`, or a template of which the reply is the beginning. */
  | { kind: 'appended'; rest: readonly ts.Expression[] | ts.TemplateExpression };

/** @param forms of the variables that the reply has gone into */
export function formOf(value: ts.Expression, read: RedisCall, forms: ReadonlyMap<string, Form>): Form | undefined {
  const node = unwrap(value);
  if (node === unwrap(read.use.value)) return { kind: 'raw', or: 'null' };
  const again = (inner: ts.Expression): Form | undefined => formOf(inner, read, forms);
  if (ts.isIdentifier(node)) return forms.get(node.text);
  if (ts.isCallExpression(node)) return ofCall(node, again);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.PlusToken) return toNumber(again(node.operand), 'zero');
  if (ts.isConditionalExpression(node)) return ofConditional(node, again);
  if (ts.isTemplateExpression(node)) {
    const [first, ...more] = node.templateSpans;
    const form = first && node.head.text === '' ? again(first.expression) : undefined;
    if (form?.kind === 'sum') return more.length === 0 && first?.literal.text === '' ? { ...form, text: true } : undefined;
    return form?.kind === 'raw' && form.or === 'empty' && !more.some(({ expression }) => again(expression)) ? { kind: 'appended', rest: node } : undefined;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const { left, right } = node;
  const form = again(left);
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return withDefault(form, unwrap(right));
    case ts.SyntaxKind.MinusToken:
      return form?.kind === 'number' && form.or === 'zero' && isOther(right) ? { kind: 'sum', amount: right, negative: true, text: false } : undefined;
    case ts.SyntaxKind.PlusToken: {
      if (form?.kind === 'number' && form.or === 'zero' && isOther(right)) return { kind: 'sum', amount: right, negative: false, text: false };
      if (form?.kind === 'raw' && form.or === 'empty' && isOther(right)) return { kind: 'appended', rest: [right] };
      if (form?.kind === 'appended' && Array.isArray(form.rest) && isOther(right)) return { kind: 'appended', rest: [...(form.rest as ts.Expression[]), right] };
      const other = again(right);
      return other?.kind === 'number' && other.or === 'zero' && isOther(left) ? { kind: 'sum', amount: left, negative: false, text: false } : undefined;
    }
    default:
      return undefined;
  }

  /** Something the reply has no part in. */
  function isOther(operand: ts.Expression): boolean {
    let other = true;
    const look = (one: ts.Node): void => {
      if (one === unwrap(read.use.value) || (ts.isIdentifier(one) && forms.has(one.text))) other = false;
      else ts.forEachChild(one, look);
    };
    look(operand);
    return other;
  }
}

/** `n += amount`, `n -= amount`, `n++`: the variable and what it is after that. */
export function changeOf(statement: ts.Statement, forms: ReadonlyMap<string, Form>): { name: ts.Identifier; form: Form } | undefined {
  if (!ts.isExpressionStatement(statement)) return undefined;
  const node = unwrap(statement.expression);
  const target = isAssignment(node) ? node.left : ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node) ? node.operand : undefined;
  if (!target || !ts.isIdentifier(target)) return undefined;
  const before = forms.get(target.text);
  if (before?.kind !== 'number' || before.or !== 'zero') return undefined;
  if (!isAssignment(node)) {
    const { operator } = node as ts.PrefixUnaryExpression;
    if (operator !== ts.SyntaxKind.PlusPlusToken && operator !== ts.SyntaxKind.MinusMinusToken) return undefined;
    return { name: target, form: { kind: 'sum', amount: 1, negative: operator === ts.SyntaxKind.MinusMinusToken, text: false } };
  }
  const kind = node.operatorToken.kind;
  if (kind !== ts.SyntaxKind.PlusEqualsToken && kind !== ts.SyntaxKind.MinusEqualsToken) return undefined;
  return { name: target, form: { kind: 'sum', amount: node.right, negative: kind === ts.SyntaxKind.MinusEqualsToken, text: false } };
}

function ofCall(node: ts.CallExpression, again: (inner: ts.Expression) => Form | undefined): Form | undefined {
  const method = methodOf(node);
  if (method?.name === 'toString' && node.arguments.length === 0) {
    const form = again(method.target);
    return form?.kind === 'sum' ? { ...form, text: true } : undefined;
  }
  const name = ts.isIdentifier(node.expression) ? node.expression.text : method?.target.getText() === 'Number' ? method.name : '';
  const [first, radix] = node.arguments;
  if (!first) return undefined;
  if (name === 'String') {
    const form = again(first);
    return form?.kind === 'sum' ? { ...form, text: true } : undefined;
  }
  if (name === 'Number') return toNumber(again(first), 'zero');
  return name === 'parseInt' && (!radix || radix.getText() === '10') ? toNumber(again(first), 'NaN') : undefined;
}

const toNumber = (form: Form | undefined, ofNull: 'zero' | 'NaN'): Form | undefined =>
  form?.kind === 'raw' ? { kind: 'number', or: form.or === 'zero' ? 'zero' : form.or === 'null' ? ofNull : ofNull === 'zero' ? 'zero' : 'NaN' } : form?.kind === 'number' ? form : undefined;

function withDefault(form: Form | undefined, by: ts.Expression): Form | undefined {
  const zero = (ts.isNumericLiteral(by) || ts.isStringLiteralLike(by)) && by.text === '0';
  if (form?.kind === 'raw' && form.or === 'null') return zero ? { kind: 'raw', or: 'zero' } : ts.isStringLiteralLike(by) && by.text === '' ? { kind: 'raw', or: 'empty' } : undefined;
  return form?.kind === 'number' && zero && ts.isNumericLiteral(by) ? { kind: 'number', or: 'zero' } : undefined;
}

/** `raw ? Number(raw) : 0`, `raw === null ? 0 : Number(raw)`. */
function ofConditional({ condition, whenTrue, whenFalse }: ts.ConditionalExpression, again: (inner: ts.Expression) => Form | undefined): Form | undefined {
  const test = unwrap(condition);
  const isNullTest = ts.isBinaryExpression(test) && /^[!=]==?$/.test(test.operatorToken.getText()) && /^(?:null|undefined)$/.test(test.right.getText());
  const [tested, isMissing] = isNullTest ? [test.left, test.operatorToken.getText().startsWith('=')] : [test, false];
  if (again(tested)?.kind !== 'raw') return undefined;
  const [there, missing] = isMissing ? [whenFalse, whenTrue] : [whenTrue, whenFalse];
  const form = again(there);
  const by = unwrap(missing);
  if (form?.kind === 'number') return ts.isNumericLiteral(by) && by.text === '0' ? { kind: 'number', or: 'zero' } : undefined;
  return form?.kind === 'raw' ? withDefault({ kind: 'raw', or: 'null' }, by) : undefined;
}
