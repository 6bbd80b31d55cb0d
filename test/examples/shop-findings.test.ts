/** What Keyscope says of the example, line by line: every anti-pattern in it, and nothing about the sound code beside it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleShop } from '../../scripts/lib/example-shop.ts';
import { rules } from '../../src/analyzer/rules/index.ts';
import { analyse } from '../packages/analyse.ts';
import type { FoundLine } from '../packages/analyse.ts';

interface Expected {
  findings: { rule: string; file: string; text: string }[];
  quiet: { file: string; text: string; why: string }[];
}

const expected = JSON.parse(readFileSync(resolve(import.meta.dirname, 'shop.expected.json'), 'utf8')) as Expected;
let found: FoundLine[];

/** The rules that the shop has something for. What needs a cluster, other libraries or a careless administrator has its places in test/cases. */
const shown = [
  'check-then-set',
  'deprecated-command',
  'dynamic-eval',
  'empty-variadic',
  'floating-command',
  'incr-then-expire',
  'keys-for-count',
  'missing-error-listener',
  'missing-ttl',
  'no-client-per-request',
  'no-command-in-loop',
  'no-keys',
  'pipeline-not-transaction',
  'prefer-getex',
  'prefer-hash-over-json',
  'range-for-count',
  'read-modify-write',
  'read-then-delete',
  'rebuild-gap',
  'scan-no-dedupe',
  'sequential-commands',
  'set-then-expire',
  'setnx-then-expire',
  'tainted-key',
  'unbounded-growth',
  'unbounded-read',
  'unbounded-variadic',
  'unchecked-pipeline',
  'unsafe-unlock',
];

beforeAll(async () => {
  found = (await analyse(exampleShop)).findings;
}, 60_000);

const place = ({ rule, file, text }: { rule: string; file: string; text: string }): string => `${file} ${rule}: ${text.slice(0, 160)}`;

describe('examples/shop', () => {
  it('has the expected findings and no others', () => {
    expect(found.map(place).sort()).toEqual(expected.findings.map(place).sort());
  });

  it('shows the rules that a shop of its size comes across, and no others', () => {
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(shown);
    expect(shown.filter((id) => !rules.some(({ meta }) => meta.id === id))).toEqual([]);
  });

  it.each(expected.quiet)('is quiet about $text', ({ file, text }) => {
    const lines = readFileSync(resolve(exampleShop, file), 'utf8').split('\n');
    expect(lines.map((line) => line.trim())).toContain(text);
    // By the line's number: the same text may stand elsewhere and be found there.
    const numbers = lines.flatMap((line, index) => (line.trim() === text ? [index + 1] : []));
    expect(found.filter((each) => each.file === file && numbers.includes(each.line))).toEqual([]);
  });
});
