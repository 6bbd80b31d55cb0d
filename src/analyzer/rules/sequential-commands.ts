/** Three or more commands in a row, each waited for, though none needs another's reply. */
import { commandRuns } from '../facts/together/command-run.ts';
import { loopedCommands } from '../facts/together/looped-command.ts';
import { planBatchRun } from '../fixes/batch-run.ts';
import { hasPipeline } from '../dialects/write/batch.ts';
import type { Rule } from './rule.ts';

export const sequentialCommands: Rule = {
  meta: {
    id: 'sequential-commands',
    summary: 'Independent commands wait for one another, a round trip each; a batch takes one for all.',
    severity: 'information',
    fix: 'suggest',
    category: 'latency',
  },
  *check({ calls, region }, workspace) {
    for (const run of commandRuns(calls, workspace.checker)) {
      const [first, ...others] = run;
      if (!first) continue;
      // In a loop that sends them per item, the loop is what to batch.
      if (first.call.loop && loopedCommands(calls, region, workspace).some(({ site }) => run.some(({ call }) => call.node === site))) continue;
      const remedy = hasPipeline(first.call) ? 'send them in one pipeline' : 'send them together with Promise.all';
      yield {
        node: first.call.nameNode,
        message: `These ${run.length} commands wait for one another, a round trip each, though none needs another's reply; ${remedy}.`,
        related: others.map(({ call }) => ({ node: call.nameNode, message: `${call.command} is sent when the one before has been answered` })),
        fixes: () => planBatchRun(run, workspace),
      };
    }
  },
};
