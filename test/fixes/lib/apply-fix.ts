/** What a fix makes of a case: analysed in a folder of its own, where nothing is installed, as an editor would show it. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAnalyzer } from '../../../src/analyzer/create-analyzer.ts';
import type { Analyzer } from '../../../src/analyzer/analyzer.ts';
import type { Fix } from '../../../src/analyzer/finding.ts';
import { applyEdits, editsByFile } from '../../../src/analyzer/fixes/edits.ts';
import type { FixCase } from './cases.ts';
import { moduleType } from './cases.ts';
import { clientVersions } from './clients.ts';
import type { ClientName } from './clients.ts';

/** More findings than a case should hold. */
const mostFixes = 20;

export interface Applied {
  /** The fixes that were applied, in order; none where the rule or the fix was not offered. */
  fixes: Fix[];
  /** Every fix that was on offer at first, for the message. */
  offered: string[];
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
    const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [], tests: 'include' }) });
    const fixes: Fix[] = [];
    const offered: string[] = [];
    for (let next = await nextFix(analyzer, fixCase, offered); next && fixes.length < mostFixes; next = await nextFix(analyzer, fixCase)) {
      fixes.push(next);
      for (const [file, edits] of editsByFile(next.edits)) {
        const text = applyEdits(analyzer.text(file), edits);
        texts.set(file.slice(root.length + 1), text);
        // A file that the fix makes has to be seen on disk; others are laid over it.
        if (edits[0]?.create) write(root, file.slice(root.length + 1), text);
        else analyzer.setText(file, text);
        if (edits[0]?.create) analyzer.filesChanged([file]);
      }
    }
    return { fixes, offered, texts };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function nextFix(analyzer: Analyzer, fixCase: FixCase, offered: string[] = []): Promise<Fix | undefined> {
  const { findings } = await analyzer.check({ includeTests: true });
  for (const finding of findings.filter(({ rule }) => rule === fixCase.rule)) {
    const fixes = analyzer.fixes(finding);
    offered.push(...fixes.map(({ id }) => id));
    const fix = fixes.find(({ id }) => id === fixCase.fix);
    if (fix) return fix;
  }
  return undefined;
}

function write(root: string, path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
