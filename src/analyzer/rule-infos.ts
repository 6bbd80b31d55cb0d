/** What may be said about rules without running them, nor loading them and the compiler: names, defaults, pages. */
import type { RuleMeta } from './rules/rule.ts';
import { generatedMetas } from './rule-metas.ts';

/** Every name that the configuration, `--rule` and suppressions may use, in the catalogue's order. */
export function ruleMetas(): readonly RuleMeta[] {
  return generatedMetas;
}

/** Where the pages of docs/rules are read. */
const pages = 'https://github.com/keyscope/keyscope/blob/main/docs/rules';

export function docsUrl(rule: string): string {
  return `${pages}/${rule}.md`;
}
