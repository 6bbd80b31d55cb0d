/** SCAN may give a key more than once; an array keeps it as often. */
import { planCollectInSet } from '../fixes/collect-in-set.ts';
import { repeatedNames } from '../facts/replies/repeated-names.ts';
import type { Rule } from './rule.ts';

export const scanNoDedupe: Rule = {
  meta: {
    id: 'scan-no-dedupe',
    summary: 'Names found by SCAN, which may repeat one, are counted or worked on without being made unique.',
    severity: 'information',
    fix: 'suggest',
    category: 'correctness',
  },
  *check(facts, workspace) {
    for (const found of repeatedNames(facts, workspace)) {
      const list = found.list.name.text;
      yield {
        node: found.scan.nameNode,
        message: found.isDerived
          ? `SCAN may give a key twice, and '${list}' then has two entries for it; go through a Set of the names.`
          : `SCAN may give a key twice, and '${list}' then holds it twice where that counts; collect the names in a Set.`,
        related: [{ node: found.felt, message: 'here a name that is there twice makes a difference' }],
        fixes: () => (found.isDerived ? [] : planCollectInSet(found, workspace.checker)),
      };
    }
  },
};
