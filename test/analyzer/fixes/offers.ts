/** Which fixes the analyzer offers for pieces of code: a project of one file for each piece, analysed at once. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnalyzer } from '../../../src/analyzer/create-analyzer.ts';

/** @param pieces code by name; @returns by name what is offered, as `rule: id (kind), id (kind)` for each finding in order */
export async function offers(pieces: Readonly<Record<string, string>>, dependencies: Readonly<Record<string, string>>): Promise<Record<string, string[]>> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'keyscope-offers-')));
  try {
    writeFileSync(join(root, 'package.json'), JSON.stringify({ type: 'module', dependencies }));
    const names = Object.keys(pieces);
    const fileOf = (name: string): string => join(root, `piece${names.indexOf(name)}.ts`);
    for (const name of names) writeFileSync(fileOf(name), pieces[name] ?? '');
    const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
    const { findings } = await analyzer.check();
    return Object.fromEntries(
      names.map((name) => [
        name,
        findings
          .filter(({ file }) => file === fileOf(name))
          .map((finding) => `${finding.rule}: ${analyzer.fixes(finding).map(({ id, kind }) => `${id} (${kind})`).join(', ')}`.trim()),
      ]),
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
