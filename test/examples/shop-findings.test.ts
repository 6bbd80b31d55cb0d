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

beforeAll(async () => {
  found = (await analyse(exampleShop)).findings;
}, 60_000);

const place = ({ rule, file, text }: { rule: string; file: string; text: string }): string => `${file} ${rule}: ${text.slice(0, 160)}`;

describe('examples/shop', () => {
  it('has the expected findings and no others', () => {
    expect(found.map(place).sort()).toEqual(expected.findings.map(place).sort());
  });

  it('has something for every rule', () => {
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(rules.map(({ meta }) => meta.id).sort());
  });

  it.each(expected.quiet)('is quiet about $text', ({ file, text }) => {
    const lines = readFileSync(resolve(exampleShop, file), 'utf8').split('\n');
    expect(lines.map((line) => line.trim())).toContain(text);
    // By the line's number: the same text may stand elsewhere and be found there.
    const numbers = lines.flatMap((line, index) => (line.trim() === text ? [index + 1] : []));
    expect(found.filter((each) => each.file === file && numbers.includes(each.line))).toEqual([]);
  });
});
