/** Loops that wait for time: polls, heartbeats, throttled work, retries with a pause. */
import ts from 'typescript';
import { methodOf, unwrap, walkOwn } from './ast.ts';
import type { Loop } from './redis-call.ts';

const pauses = /^(?:sleep|delay|wait|waitFor|pause|setTimeout|timeout|backoff|snooze)$/i;

export function isTimePaced(loop: Loop): boolean {
  let paced = false;
  const look = (node: ts.Node): boolean | undefined => {
    if (ts.isAwaitExpression(node) && isPause(node.expression)) paced = true;
    return paced ? false : undefined;
  };
  walkOwn(loop.body, look);
  return paced;
}

function isPause(expression: ts.Expression): boolean {
  const inner = unwrap(expression);
  if (ts.isNewExpression(inner)) return /\bsetTimeout\b/.test(inner.getText());
  if (!ts.isCallExpression(inner)) return false;
  const name = methodOf(inner)?.name ?? (ts.isIdentifier(inner.expression) ? inner.expression.text : '');
  return pauses.test(name);
}
