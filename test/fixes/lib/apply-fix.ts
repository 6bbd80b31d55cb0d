/** What a fix makes of a case: analysed in a folder of its own, where nothing is installed, as an editor would show it. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAnalyzer } from '../../../src/analyzer/create-analyzer.ts';
import type { Fix } from '../../../src/analyzer/finding.ts';
import { applyFixes } from '../../../src/analyzer/fixes/apply.ts';
import type { FixCase } from './cases.ts';
import { moduleType } from './cases.ts';
import { clientVersions } from './clients.ts';
import type { ClientName } from './clients.ts';

export interface Applied {
  /** The fixes that were applied, to each finding of the rule as far as they are offered. */
  fixes: Fix[];
  /** Ids of every fix that was on offer, for the message. */
  offered: string[];
  /** Fixes after which a file would not parse. */
  refused: string[];
  /** Relative path → text. */
  texts: Map<string, string>;
}

export async function applyFix(fixCase: FixCase, client: ClientName): Promise<Applied> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'keyscope-case-')));
  try {
    const manifest = { type: moduleType(fixCase), dependencies: clientVersions[client].dependency };
    const texts = new Map(fixCase.before);
    if (!texts.has('package.json')) write(root, 'package.json', JSON.stringify(manifest));
    for (const [path, text] of texts) write(root, path, text);
    const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [], tests: 'include', ...(fixCase.server ? { server: fixCase.server } : {}) }) });
    const offered: string[] = [];
    const outcome = await applyFixes(analyzer, { includeTests: true }, (finding, fixes) => {
      if (finding.rule !== fixCase.rule) return undefined;
      offered.push(...fixes.map(({ id }) => id));
      return fixes.find(({ id }) => id === fixCase.fix);
    });
    for (const { file, after } of outcome.files) texts.set(file.slice(root.length + 1), after);
    return { fixes: outcome.applied.map(({ fix }) => fix), offered: [...new Set(offered)], refused: outcome.refused, texts };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function write(root: string, path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
