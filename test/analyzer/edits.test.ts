/** After any edit a file's findings are those that an analyzer finds which has never seen another text: what is kept between edits is never wrong. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateTree, type GeneratedTree } from '../../bench/analyzer/generate-tree.ts';
import type { Analyzer, AnalyzerOptions } from '../../src/analyzer/analyzer.ts';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import type { Finding } from '../../src/analyzer/finding.ts';

const repository = resolve(import.meta.dirname, '../..');

function options(root: string): AnalyzerOptions {
  return { root, configFor: () => ({ rules: {}, include: [], exclude: [] }) };
}

/** All of a finding but the objects. @param analyzer where the fixes are wanted too: they are planned anew, and little of what was kept is used again */
function said(findings: readonly Finding[], analyzer?: Analyzer): string[] {
  return findings.map((finding) => {
    const fixes = analyzer?.fixes(finding).map(({ title, edits }) => `${title} ${edits.map(({ start, end, text }) => `${start}-${end} ${text}`).join()}`);
    return `${finding.start}-${finding.end} ${finding.rule} ${finding.severity} ${finding.message} ${finding.related.map(({ file, start }) => `${file}:${start}`).join()} ${fixes?.join('|') ?? ''}`;
  });
}

interface Edit {
  what: string;
  change(text: string): string;
}

/** Statements put where a function's body begins, one after the other, into every so-manieth function. */
const inserted = [
  "await redis.get('probe:1');",
  "for (const one of ['a', 'b']) await redis.set(`probe:${one}`, '1');",
  "const all = await redis.smembers('probe:all'); if (all.length > 3) return undefined as never;",
  "await redis.keys('probe:*');",
  "await redis.set('probe:2', JSON.stringify({ id: '1', name: 'x' }));",
  "await redis.hset('probe:3', 'a', '1'); await redis.expire('probe:3', 60);",
  "// keyscope-disable-next-line no-keys -- asked for\n  await redis.keys('probe:*');",
  'const half = (',
];

function bodies(text: string): number[] {
  return [...text.matchAll(/^ *(?:export )?(?:async )?(?:function )?#?\w+\(.*\).*\{\n/gm)].map(({ 0: line, index }) => index + line.length);
}

/** The same on every run. */
function edits(text: string, count: number): Edit[] {
  const places = bodies(text);
  const list = Array.from({ length: count }, (_, turn): Edit => {
    const statement = inserted[turn % inserted.length] ?? '';
    const at = places[(turn * 5) % places.length] ?? 0;
    return { what: `${statement} at ${at}`, change: (from) => `${from.slice(0, at)}  ${statement}\n${from.slice(at)}` };
  });
  return [
    ...list,
    { what: 'a renamed function', change: (from) => from.replace(/function (\w+)/, 'function renamed$1') },
    { what: 'a new function', change: (from) => `${from}\nexport async function added(): Promise<void> {\n  await redis.keys('added:*');\n}\n` },
    { what: 'a removed import', change: (from) => from.replace(/^import .*\n/m, '') },
    { what: 'a line before everything', change: (from) => `// first\n${from}` },
    { what: 'nothing left', change: () => '' },
  ];
}

async function expectAsNew(root: string, file: string, count: number, keepsEdits: boolean): Promise<void> {
  const analyzer = createAnalyzer(options(root));
  await analyzer.check();
  let text = readFileSync(file, 'utf8');
  const original = text;
  for (const [turn, { what, change }] of edits(original, count).entries()) {
    text = change(keepsEdits ? text : original);
    analyzer.setText(file, text);
    const fresh = createAnalyzer(options(root));
    fresh.setText(file, text);
    const withFixes = turn % 4 === 3;
    expect(said(analyzer.checkFile(file), withFixes ? analyzer : undefined), what).toEqual(said(fresh.checkFile(file), withFixes ? fresh : undefined));
  }
  analyzer.setText(file, original);
  const whole = createAnalyzer(options(root));
  const [after, before] = [await analyzer.check(), await whole.check()];
  expect(said(after.findings, analyzer)).toEqual(said(before.findings, whole));
  expect(after.findings.length).toBeGreaterThan(0);
}

describe('examples/shop', () => {
  const root = join(repository, 'examples/shop');
  it.each(['storefront/catalogue.ts', 'storefront/cart.ts', 'backoffice/orders.ts', 'backoffice/reports.ts', 'worker/worker.js'].map((file) => [file]))('%s', async (file) => {
    await expectAsNew(root, join(root, file), 8, false);
  }, 120_000);
});

describe('a generated tree', () => {
  const root = mkdtempSync(join(tmpdir(), 'keyscope-edits-'));
  let tree: GeneratedTree;
  beforeAll(() => {
    tree = generateTree(root, 50);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('a large file', () => expectAsNew(root, tree.large, 24, false), 240_000);
  it('a small file, edit upon edit', () => expectAsNew(root, tree.small, 6, true), 120_000);
});
