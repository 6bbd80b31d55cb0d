/**
 * The catalogue by example: test/cases/<rule>/<case>/ holds small projects whose lines say `// expect: rule` or `// quiet: rule`.
 * Each case runs with its folder as working directory, test files included; only rules that exist are held to it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import { rules } from '../../src/analyzer/rules/index.ts';

const casesFolder = path.resolve('test/cases');

/** Markers that are wrong, and why: `<file below test/cases>:<line> <expect|quiet> <rule>`. */
const wrongMarkers = new Map<string, string>([]);

const implemented = new Set(rules.map((rule) => rule.meta.id));
const emptyConfig = { rules: {}, include: [], exclude: [] };

for (const rule of readdirSync(casesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  const cases = readdirSync(path.join(casesFolder, rule.name));
  const relevant = cases.filter((name) => expectations(path.join(casesFolder, rule.name, name)).some((one) => implemented.has(one.rule)));
  if (relevant.length === 0) continue;
  describe(rule.name, () => {
    for (const name of relevant) {
      it(name, async () => {
        const root = path.join(casesFolder, rule.name, name);
        const analyzer = createAnalyzer({ root, configFor: () => emptyConfig });
        const { findings } = await analyzer.check({ includeTests: true });
        const found = new Set(findings.map((finding) => `${path.relative(root, finding.file)}:${lineOf(readFileSync(finding.file, 'utf8'), finding.start)} ${finding.rule}`));
        const wrong: string[] = [];
        for (const one of expectations(root)) {
          if (!implemented.has(one.rule) || wrongMarkers.has(`${rule.name}/${name}/${one.place} ${one.kind} ${one.rule}`)) continue;
          if (found.has(`${one.place} ${one.rule}`) !== (one.kind === 'expect')) wrong.push(`${one.place} ${one.kind} ${one.rule}`);
        }
        expect(wrong).toEqual([]);
      });
    }
  });
}

it('has no wrong marker that is no longer there', () => {
  const all = new Set(readdirSync(casesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap(({ name }) =>
    readdirSync(path.join(casesFolder, name)).flatMap((one) => expectations(path.join(casesFolder, name, one)).map((each) => `${name}/${one}/${each.place} ${each.kind} ${each.rule}`)),
  ));
  expect([...wrongMarkers.keys()].filter((marker) => !all.has(marker))).toEqual([]);
});

interface Expectation {
  place: string;
  kind: 'expect' | 'quiet';
  rule: string;
}

function expectations(root: string): Expectation[] {
  const found: Expectation[] = [];
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.[cm]?[jt]sx?$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    readFileSync(file, 'utf8').split('\n').forEach((line, index) => {
      for (const match of line.matchAll(/\/\/ (expect|quiet): ([\w-]+(?:, [\w-]+)*)/g)) {
        for (const rule of (match[2] ?? '').split(', ')) {
          found.push({ place: `${path.relative(root, file)}:${index + 1}`, kind: match[1] as 'expect' | 'quiet', rule });
        }
      }
    });
  }
  return found;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
