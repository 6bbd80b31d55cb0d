/** Writes that must agree, in a pipeline: other clients see one without the other, and a crash may leave it so. */
import { agreeingWrites } from '../facts/together/agreeing-writes.ts';
import { transactionInstead } from '../fixes/transaction-instead-of-pipeline.ts';
import type { Rule } from './rule.ts';

export const pipelineNotTransaction: Rule = {
  meta: {
    id: 'pipeline-not-transaction',
    summary: 'Writes of two keys that must agree are sent by a pipeline, which is not atomic.',
    severity: 'hint',
    fix: 'suggest',
    category: 'correctness',
  },
  *check({ calls }, workspace) {
    for (const { queue, like, first, second } of agreeingWrites(calls, workspace.checker)) {
      yield {
        node: first.nameNode,
        message: `A pipeline is not atomic: others may see this ${first.command} without the ${second.command} that belongs to it, and a lost connection leaves it so; send both as MULTI.`,
        related: [{ node: second.nameNode, message: `${second.command} belongs to it` }],
        fixes: () => transactionInstead(queue, like),
      };
    }
  },
};
