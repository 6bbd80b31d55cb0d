/** What is made from the rules' `meta` and from package.json, so that each thing is said once: the list for who does not load the rules, the configuration's schema, the index of pages, README's tables. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rules } from '../../src/analyzer/rules/index.ts';
import type { RuleMeta } from '../../src/analyzer/rules/rule.ts';
import { unusedSuppressionMeta } from '../../src/analyzer/suppressions.ts';
import { configSchema } from '../../src/config/schema.ts';
import { settingsTable } from './settings-table.ts';
import type { Manifest } from './settings-table.ts';

export interface GeneratedFile {
  /** Relative to the repository. */
  file: string;
  /** What it should hold; undefined where the file lacks the markers between which it goes. */
  text: string | undefined;
}

/** README.md is written by hand but for what stands between these. */
export const markers = (table: 'rules' | 'settings'): { begin: string; end: string } => ({ begin: `<!-- ${table}:begin (npm run generate) -->`, end: `<!-- ${table}:end -->` });

const categories: Readonly<Record<RuleMeta['category'], string>> = {
  latency: 'Round trips and latency',
  memory: 'Memory and data modelling',
  correctness: 'Correctness',
  cluster: 'Cluster',
  security: 'Security',
};

/** README only where it exists: it is written by hand around the table. */
export function generatedFiles(repository: string): GeneratedFile[] {
  const metas = [...rules.map((rule) => rule.meta), unusedSuppressionMeta];
  const readme = resolve(repository, 'README.md');
  return [
    { file: 'src/analyzer/rule-metas.ts', text: metasModule(metas) },
    { file: 'keyscope.schema.json', text: `${JSON.stringify(configSchema(metas), undefined, 2)}\n` },
    { file: 'docs/rules/README.md', text: indexPage(metas) },
    ...(existsSync(readme) ? [{ file: 'README.md', text: withTables(readFileSync(readme, 'utf8'), repository, metas) }] : []),
  ];
}

function metasModule(metas: readonly RuleMeta[]): string {
  return [
    "/** The `meta` of each rule, in the catalogue's order. Made by npm run generate: the rules themselves need the compiler. */",
    "import type { RuleMeta } from './rules/rule.ts';",
    '',
    `export const generatedMetas: readonly RuleMeta[] = ${JSON.stringify(metas, undefined, 2)};`,
    '',
  ].join('\n');
}

function indexPage(metas: readonly RuleMeta[]): string {
  const sections = Object.entries(categories).flatMap(([category, title]) => {
    const rules = metas.filter((meta) => meta.category === category);
    return rules.length > 0 ? [`## ${title}\n\n${table(rules, '')}\n`] : [];
  });
  const byName = metas.filter(({ confidence }) => confidence === 'name').map(({ id }) => `[${id}](${id}.md)`);
  return [
    '# Rules\n',
    'A rule is set in [keyscope.config.json](../configuration.md) to `error`, `warning`, `information`, `hint` or `off`.\n',
    `In untyped code, a client that is only handed in is known by its name alone (\`redis\`, \`this.redisClient\`). Of such a one these rules speak, which are right whatever else it is: ${byName.join(', ')}.\n`,
    sections.join('\n'),
  ].join('\n');
}

function withTables(readme: string, repository: string, metas: readonly RuleMeta[]): string | undefined {
  const manifest = JSON.parse(readFileSync(resolve(repository, 'package.json'), 'utf8')) as Manifest;
  const withRules = between('rules', readme, table(metas, 'docs/rules/'));
  return withRules === undefined ? undefined : between('settings', withRules, settingsTable(manifest));
}

function between(name: 'rules' | 'settings', text: string, generated: string): string | undefined {
  const { begin, end } = markers(name);
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  return from < 0 || to < from ? undefined : `${text.slice(0, from)}${begin}\n${generated}\n${text.slice(to)}`;
}

function table(metas: readonly RuleMeta[], folder: string): string {
  const rows = metas.map(({ id, summary, severity, fix }) => `| [${id}](${folder}${id}.md) | ${summary.replaceAll('|', '\\|')} | ${severity} | ${fix === 'none' ? '–' : fix} |`);
  return ['| Rule | What it finds | Default | Fix |', '|---|---|---|---|', ...rows].join('\n');
}
