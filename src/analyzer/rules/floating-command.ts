/** A command whose failure nobody hears of: the promise is dropped, or the error is taken for the value. */
import { floating, type Floating } from '../facts/calls/floating.ts';
import { outdatedApi } from '../facts/calls/outdated-api.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { planHeardFailure } from '../fixes/heard-failure.ts';
import type { Rule } from './rule.ts';

export const floatingCommand: Rule = {
  meta: {
    id: 'floating-command',
    summary: 'Nobody waits for a command or hears of its failure.',
    severity: 'warning',
    fix: 'suggest',
    category: 'correctness',
    options: {
      leaveToTypescriptEslint: { kind: 'boolean', default: false, description: 'Whether @typescript-eslint/no-floating-promises is on: what it reports in TypeScript is then left to it.' },
    },
  },
  *check({ calls, sourceFile }, workspace, { leaveToTypescriptEslint }) {
    const isLeft = leaveToTypescriptEslint === true && /\.[mc]?tsx?$/.test(sourceFile.fileName);
    for (const call of calls) {
      const found = floating(call, workspace.checker);
      // It does not look into what callbacks return.
      if (!found || (isLeft && (found.kind === 'statement' || found.kind === 'then'))) continue;
      // What this version does not do need not be waited for: deprecated-client-api.
      if (outdatedApi(call, workspace)) continue;
      yield { node: call.nameNode, message: messageOf(found, call), fixes: () => planHeardFailure(call, found) };
    }
  },
};

function messageOf(found: Floating, { command }: RedisCall): string {
  switch (found.kind) {
    case 'statement':
      return `Nobody waits for this ${found.combinator ? `${found.combinator}: if ${command}` : `${command}: if it`} fails, the unhandled rejection ends the process; await it, or give it a .catch().`;
    case 'then':
      return `A .then() alone does not hear of a failure: if ${command} fails, the unhandled rejection ends the process; add a .catch(), or await it.`;
    case 'callback':
      return `${found.taker} drops the promise of this ${command}: if it fails, the unhandled rejection ends the process; wait for all with Promise.all, or give it a .catch().`;
    case 'resolve':
      return `If ${command} fails, ${found.name.text} is given the error as the value; pass (error, value) and reject.`;
  }
}
