import AjvDraft04 from 'ajv-draft-04';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { formatGithub } from '../../src/cli/report/github.ts';
import { formatJson } from '../../src/cli/report/json.ts';
import type { Report, ReportedFinding } from '../../src/cli/report/report.ts';
import { formatSarif } from '../../src/cli/report/sarif.ts';
import { formatStylish } from '../../src/cli/report/stylish.ts';
import { wantsColors } from '../../src/cli/terminal.ts';

const finding: ReportedFinding = {
  rule: 'no-keys',
  severity: 'warning',
  file: 'src/a b/ключ%.ts',
  line: 3,
  column: 8,
  endLine: 3,
  endColumn: 12,
  message: 'KEYS: 100 % of\nthe keys, always.',
  docs: 'https://example.org/no-keys.md',
  related: [{ file: 'src/b.ts', line: 1, column: 2, message: 'called here' }],
  fixes: [
    {
      id: 'scan',
      title: 'Scan',
      kind: 'suggest',
      keeps: { replies: 'same-as-set', keyspace: 'same', roundTrips: 'longest-call-shorter' },
      edits: [
        { file: '/w/src/a b/ключ%.ts', start: 30, end: 34, text: 'scan', sha256: 'ab' },
        { file: '/w/src/c.ts', start: 0, end: 0, text: 'import x;\n', sha256: 'cd' },
      ],
    },
    {
      id: 'scaffold',
      title: 'Create',
      kind: 'scaffold',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits: [{ file: '/w/src/new.ts', start: 0, end: 0, text: 'export {};\n', create: true }],
    },
  ],
  start: 30,
  end: 34,
  sourceLine: 'await r.keys("*");',
};

const report = (findings: ReportedFinding[] = [finding]): Report => ({
  root: '/w',
  findings,
  accepted: 0,
  stats: { files: 1234, candidates: 3, programFiles: 40, calls: 17, ms: 1530, peakRssMb: 120 },
});

describe('json', () => {
  it('is the contract, without edits unless they are asked for', () => {
    const parsed: unknown = JSON.parse(formatJson(report(), false));
    expect(parsed).toEqual({
      version: 1,
      root: '/w',
      findings: [
        {
          rule: 'no-keys',
          severity: 'warning',
          file: 'src/a b/ключ%.ts',
          line: 3,
          column: 8,
          endLine: 3,
          endColumn: 12,
          message: finding.message,
          docs: finding.docs,
          related: finding.related,
          fixes: finding.fixes.map(({ title, kind, keeps }) => ({ title, kind, keeps })),
        },
      ],
      stats: report().stats,
    });
  });
  it('gives edits with relative paths', () => {
    const { findings } = JSON.parse(formatJson(report(), true)) as { findings: { fixes: { edits: unknown[] }[] }[] };
    expect(findings[0]?.fixes.map(({ edits }) => edits)).toEqual([
      [
        { file: 'src/a b/ключ%.ts', sha256: 'ab', start: 30, end: 34, text: 'scan' },
        { file: 'src/c.ts', sha256: 'cd', start: 0, end: 0, text: 'import x;\n' },
      ],
      [{ file: 'src/new.ts', create: true, start: 0, end: 0, text: 'export {};\n' }],
    ]);
  });
});

describe('sarif', () => {
  const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif').replace(/lib[\\/].*$/, 'lib/schemas/sarif-2.1.0-rtm.5.json');
  const ajv = new AjvDraft04({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
  const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);

  it.each([
    ['nothing', report([]), false],
    ['findings', report(), false],
    ['findings with fixes', report([finding, { ...finding, rule: 'unused-suppression', severity: 'hint', related: [], fixes: [] }]), true],
  ])('is valid by the schema of 2.1.0: %s', (_, given, withFixes) => {
    validate(JSON.parse(formatSarif(given, withFixes)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('is held by a schema that can refuse', () => {
    const broken = JSON.parse(formatSarif(report(), false)) as { runs: { results: { level: string }[] }[] };
    for (const result of broken.runs[0]?.results ?? []) result.level = 'warn';
    expect(validate(broken)).toBe(false);
  });

  it('names rule, place and fixes as code scanning reads them', () => {
    interface Run {
      tool: { driver: { rules: { id: string }[] } };
      results: { ruleIndex: number; level: string; locations: { physicalLocation: object }[]; fixes?: object[]; relatedLocations: object[] }[];
    }
    const [run] = (JSON.parse(formatSarif(report(), true)) as { runs: Run[] }).runs;
    const [result] = run?.results ?? [];
    expect(run?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe('no-keys');
    expect(result?.level).toBe('warning');
    expect(result?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'src/a%20b/%D0%BA%D0%BB%D1%8E%D1%87%25.ts', uriBaseId: 'SRCROOT' },
      region: { startLine: 3, startColumn: 8, endLine: 3, endColumn: 12, charOffset: 30, charLength: 4 },
    });
    // A file that is made has no form in SARIF.
    expect(result?.fixes).toHaveLength(1);
  });
});

describe('github', () => {
  it('escapes what would end a command, a property or a line', () => {
    expect(formatGithub(report([{ ...finding, file: 'a,b:c.ts' }]), undefined)).toBe(
      '::warning file=a%2Cb%3Ac.ts,line=3,endLine=3,col=8,endColumn=12,title=keyscope no-keys::KEYS: 100 %25 of%0Athe keys, always. (https://example.org/no-keys.md)\n',
    );
  });
  it('gives no columns over several lines, and names files from the checkout', () => {
    expect(formatGithub(report([{ ...finding, file: 'src/a.ts', endLine: 4, severity: 'hint' }]), '/')).toMatch(/^::notice file=w\/src\/a\.ts,line=3,endLine=4,title=/);
    expect(formatGithub({ ...report([{ ...finding, file: 'a.ts' }]), root: '/checkout/app' }, '/checkout')).toContain('file=app/a.ts,');
  });
});

describe('stylish', () => {
  const plain = { colors: pc.createColors(false), columns: 60 };

  it('shows place, severity, rule, message, line, caret, related places and fixes', () => {
    expect(formatStylish(report(), plain, 'information')).toBe(
      [
        'src/a b/ключ%.ts:3:8  warning  no-keys',
        '  KEYS: 100 % of the keys, always.',
        '  3 │ await r.keys("*");',
        '    │        ^^^^',
        '    see src/b.ts:1:2  called here',
        '    suggestion Scan',
        '    suggestion Create',
        '',
        '1 problem (1 warning) in 1 file',
        '  1 with a suggestion to look at: keyscope fix --suggest --rule <rule> --dry-run',
        '  1,234 files, 17 Redis calls, 1.5 s',
        '',
      ].join('\n'),
    );
  });
  it('wraps messages to the terminal', () => {
    const long = { ...finding, message: 'word '.repeat(30).trim() };
    const lines = formatStylish(report([long]), plain, 'hint').split('\n').filter((line) => line.includes('word'));
    expect(lines).toHaveLength(3);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });
  it('counts what it does not show and what the baseline accepts', () => {
    const hints = [finding, { ...finding, severity: 'hint' as const }, { ...finding, severity: 'information' as const }];
    expect(formatStylish({ ...report(hints), accepted: 2 }, plain, 'warning')).toContain(
      '  1 information, 1 hint not shown: keyscope check --min-severity hint\n  2 accepted by the baseline\n',
    );
    expect(formatStylish(report([]), plain, 'hint')).toBe('No problems found\n  1,234 files, 17 Redis calls, 1.5 s\n');
    const none = report([]);
    expect(formatStylish({ ...none, stats: { ...none.stats, files: 0, calls: 0 } }, plain, 'hint')).toBe('Nothing was checked\n  0 files, 0 Redis calls, 1.5 s\n');
  });
  it('has colours only where they are wanted', () => {
    // eslint-disable-next-line no-control-regex
    const escape = /\x1b\[/;
    expect(formatStylish(report(), { ...plain, colors: pc.createColors(true) }, 'hint')).toMatch(escape);
    expect(formatStylish(report(), plain, 'hint')).not.toMatch(escape);
    expect([wantsColors(true, {}), wantsColors(false, {}), wantsColors(true, { NO_COLOR: '1' }), wantsColors(true, { TERM: 'dumb' })]).toEqual([true, false, false, false]);
    expect([wantsColors(false, { FORCE_COLOR: '1' }), wantsColors(true, { FORCE_COLOR: '0' }), wantsColors(false, { FORCE_COLOR: '1', NO_COLOR: '1' })]).toEqual([true, false, false]);
  });
});
