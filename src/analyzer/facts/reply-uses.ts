/** What the function that reads does with the reply: only asks whether there is one, or goes on with it. */
import ts from 'typescript';
import type { Workspace } from '../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap, wrapped } from './ast.ts';
import type { KeyEffect } from './key-effects.ts';
import { referencesTo } from './references.ts';
import { resultUse } from './use.ts';

/** Each expression that stands for the reply, in that function; undefined where it goes somewhere else. */
export function ownReplyValues({ site, call }: KeyEffect, { checker }: Workspace): ts.Expression[] | undefined {
  const use = site === call.node ? call.use : resultUse(site, undefined, false);
  if (use.kind === 'awaited') {
    if (!use.target) return [use.value];
    return ts.isIdentifier(use.target) && ts.isVariableDeclaration(use.target.parent) ? referencesTo(use.target, checker).map(wrapped) : undefined;
  }
  const fn = call.callback && site === call.node ? unwrap(call.callback) : thenCallback(site);
  const name = fn && isFunctionWithBody(fn) ? fn.parameters[call.callback ? 1 : 0]?.name : undefined;
  return name && ts.isIdentifier(name) ? referencesTo(name, checker).map(wrapped) : undefined;
}

function thenCallback(site: ts.CallExpression): ts.Expression | undefined {
  const access = wrapped(site).parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'then' || !ts.isCallExpression(access.parent)) return undefined;
  const [first] = access.parent.arguments;
  return first && unwrap(first);
}

/** `console.log(…)`, `logger.info(…)`: nothing hangs on it. */
export function isLogging(node: ts.Expression): boolean {
  const call = unwrap(node);
  if (!ts.isCallExpression(call)) return false;
  const method = methodOf(call);
  return method !== undefined && /^(?:log|info|warn|error|debug|trace|verbose)$/.test(method.name);
}
