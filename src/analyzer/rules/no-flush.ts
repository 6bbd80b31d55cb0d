/** FLUSHALL and FLUSHDB in code that serves people: everything is gone, other applications' keys included. */
import { isBehindEnvironmentCheck } from '../facts/dev-guard.ts';
import { isTestOrScript } from '../test-files.ts';
import type { Rule } from './rule.ts';

const flushes: ReadonlySet<string> = new Set(['FLUSHALL', 'FLUSHDB']);

export const noFlush: Rule = {
  meta: {
    id: 'no-flush',
    summary: 'FLUSHALL or FLUSHDB in application code: every key is gone, those of others too.',
    severity: 'error',
    fix: 'none',
    category: 'security',
    confidence: 'name',
  },
  *check({ calls, sourceFile }, { root }) {
    // By its path alone: what a file imports may change without a thought of this.
    if (calls.length === 0 || isTestOrScript(sourceFile.fileName.slice(root.length + 1), '')) return;
    for (const call of calls) {
      if (!flushes.has(call.command) || isBehindEnvironmentCheck(call.node)) continue;
      const reach = call.command === 'FLUSHALL' ? 'every database of the server' : 'the whole database';
      yield {
        node: call.nameNode,
        message: `${call.command} empties ${reach}, whoever the keys belong to, and cannot be undone; delete your own keys by their prefix (SCAN and UNLINK).`,
      };
    }
  },
};
