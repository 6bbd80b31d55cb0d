/** Loops that wait for time: polls, heartbeats, throttled work, retries with a pause. */
import ts from 'typescript';
import { methodOf, unwrap, walkOwn } from './ast.ts';
import type { Loop } from '../calls/redis-call.ts';

const pauses = /^(?:sleep|delay|wait|waitFor|pause|setTimeout|timeout|backoff|snooze)$/i;

/** @param limited what awaits a command within a time limit (`timeout(r.get(k), 500)`): no pause, whatever its name */
export function isTimePaced(loop: Loop, limited?: ts.Expression): boolean {
  let paced = false;
  const look = (node: ts.Node): boolean | undefined => {
    if (ts.isAwaitExpression(node) && unwrap(node.expression) !== limited && isPause(node.expression)) paced = true;
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
