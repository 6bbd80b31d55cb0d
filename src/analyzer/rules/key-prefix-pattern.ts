/** `keyPrefix` goes before keys, not before the patterns of KEYS and SCAN, nor comes it off the names that they find. */
import ts from 'typescript';
import { methodOf } from '../facts/code/ast.ts';
import { prefixedPatterns, seekPrefixedPatterns } from '../facts/keys/prefixed-patterns.ts';
import { prefixedTwice } from '../facts/keys/prefixed-twice.ts';
import { planPrefixInPattern, planWithoutPrefix } from '../fixes/key-prefix.ts';
import { patternText } from '../../redis/key-pattern.ts';
import type { Rule } from './rule.ts';

export const keyPrefixPattern: Rule = {
  meta: {
    id: 'key-prefix-pattern',
    summary: 'keyPrefix is not added to the patterns of KEYS and SCAN, nor taken off the names they find.',
    severity: 'error',
    fix: 'suggest',
    category: 'correctness',
  },
  seek: seekPrefixedPatterns,
  *check(facts, workspace) {
    for (const found of prefixedPatterns(facts, workspace)) {
      const { scan, site, pattern, prefix } = found;
      const node = site === scan.node ? scan.nameNode : calleeName(site);
      const name = prefix?.parts.every((part) => 'literal' in part) ? `keyPrefix '${patternText(prefix)}'` : 'keyPrefix';
      yield {
        node,
        message: `The client's ${name} is not added to this pattern, which matches ${pattern ? 'other keys than its own' : 'the keys of all'}; put it in front.`,
        ...(node === scan.nameNode ? {} : { related: [{ node: scan.nameNode, message: `the pattern is sent by ${scan.command.replace(/^@/, '')} here` }] }),
        fixes: () => planPrefixInPattern(found, workspace.checker),
      };
    }
    for (const call of facts.calls) {
      const twice = prefixedTwice(call, workspace);
      if (!twice) continue;
      yield {
        node: call.nameNode,
        message: `These names hold the client's keyPrefix already, and ${call.command} puts it before them once more, so that it reaches no such key; take it off first.`,
        related: [{ node: twice.scanned.scan.nameNode, message: 'where the names come from' }],
        fixes: () => planWithoutPrefix(twice, workspace.checker),
      };
    }
  },
};

function calleeName(site: ts.Node): ts.Node {
  return ts.isCallExpression(site) ? (methodOf(site)?.nameNode ?? site.expression) : site;
}
