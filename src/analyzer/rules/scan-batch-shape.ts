/** scanStream, and scanIterator from node-redis 5 on, give a batch of keys a step, not a key. */
import { batchesAsKeys } from '../facts/keys/batch-as-key.ts';
import { methodOf } from '../facts/code/ast.ts';
import { planLoopOverBatch } from '../fixes/loop-over-batch.ts';
import type { Rule } from './rule.ts';

export const scanBatchShape: Rule = {
  meta: {
    id: 'scan-batch-shape',
    summary: 'A batch of keys that a scan gives a step is used as if it were one key.',
    severity: 'error',
    fix: 'suggest',
    category: 'correctness',
  },
  *check(facts, workspace) {
    for (const found of batchesAsKeys(facts, workspace)) {
      const { scan, site, command } = found;
      const isHelper = command.node !== site;
      yield {
        node: isHelper ? (methodOf(site)?.nameNode ?? site.expression) : command.nameNode,
        message: `${scan.command.slice(1)} gives a batch of keys a step, and ${command.command} takes one key: it fails ${scan.dialect === 'ioredis' ? 'as soon as a batch holds two' : 'with a TypeError'}; loop over the batch.`,
        related: [{ node: scan.nameNode, message: 'the batches come from here' }, ...(isHelper ? [{ node: command.nameNode, message: `${command.command} is sent here` }] : [])],
        fixes: () => planLoopOverBatch(found, workspace.checker),
      };
    }
  },
};
