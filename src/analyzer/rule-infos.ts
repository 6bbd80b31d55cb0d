/** What may be said about rules without running them: names, defaults, pages. */
import type { RuleMeta } from './rules/rule.ts';
import { rules } from './rules/index.ts';
import { unusedSuppressionMeta } from './suppressions.ts';

/** Every name that the configuration, `--rule` and suppressions may use, in the catalogue's order. */
export function ruleMetas(): readonly RuleMeta[] {
  return [...rules.map((rule) => rule.meta), unusedSuppressionMeta];
}

/** Where the pages of docs/rules are read. */
const pages = 'https://github.com/keyscope/keyscope/blob/main/docs/rules';

export function docsUrl(rule: string): string {
  return `${pages}/${rule}.md`;
}
