/** What is made from the rules' `meta`, so that each thing is said once: the configuration's schema, the index of pages, README's table. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ruleMetas } from '../../src/analyzer/rule-infos.ts';
import type { RuleMeta } from '../../src/analyzer/rules/rule.ts';
import { configSchema } from '../../src/config/schema.ts';

export interface GeneratedFile {
  /** Relative to the repository. */
  file: string;
  /** What it should hold; undefined where the file lacks the markers between which it goes. */
  text: string | undefined;
}

export const markers = { begin: '<!-- rules:begin (npm run generate) -->', end: '<!-- rules:end -->' } as const;

const categories: Readonly<Record<RuleMeta['category'], string>> = {
  latency: 'Round trips and latency',
  memory: 'Memory and data modelling',
  correctness: 'Correctness',
  cluster: 'Cluster',
  security: 'Security',
};

/** README only where it exists: it is written by hand around the table. */
export function generatedFiles(repository: string): GeneratedFile[] {
  const metas = ruleMetas();
  const readme = resolve(repository, 'README.md');
  return [
    { file: 'keyscope.schema.json', text: `${JSON.stringify(configSchema(metas), undefined, 2)}\n` },
    { file: 'docs/rules/README.md', text: indexPage(metas) },
    ...(existsSync(readme) ? [{ file: 'README.md', text: withTable(readFileSync(readme, 'utf8'), metas) }] : []),
  ];
}

function indexPage(metas: readonly RuleMeta[]): string {
  const sections = Object.entries(categories).flatMap(([category, title]) => {
    const rules = metas.filter((meta) => meta.category === category);
    return rules.length > 0 ? [`## ${title}\n\n${table(rules, '')}\n`] : [];
  });
  return `# Rules\n\nA rule is set in [keyscope.config.json](../configuration.md) to \`error\`, \`warning\`, \`information\`, \`hint\` or \`off\`.\n\n${sections.join('\n')}`;
}

function withTable(readme: string, metas: readonly RuleMeta[]): string | undefined {
  const from = readme.indexOf(markers.begin);
  const to = readme.indexOf(markers.end);
  if (from < 0 || to < from) return undefined;
  return `${readme.slice(0, from)}${markers.begin}\n${table(metas, 'docs/rules/')}\n${readme.slice(to)}`;
}

function table(metas: readonly RuleMeta[], folder: string): string {
  const rows = metas.map(({ id, summary, severity, fix }) => `| [${id}](${folder}${id}.md) | ${summary.replaceAll('|', '\\|')} | ${severity} | ${fix === 'none' ? '–' : fix} |`);
  return ['| Rule | What it finds | Default | Fix |', '|---|---|---|---|', ...rows].join('\n');
}
