import { readFileSync } from 'node:fs';
import path from 'node:path';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { ruleMetas } from '../../src/analyzer/rule-infos.ts';
import { repository } from './built-cli.ts';
import { runCli } from './project.ts';

const pageOf = (rule: string): string => readFileSync(path.join(repository, 'docs/rules', `${rule}.md`), 'utf8');

describe('rules', () => {
  it('lists each on a line', async () => {
    const { code, out } = await runCli(['rules']);
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(ruleMetas().map(({ id }) => id));
    expect(lines[0]).toMatch(/^no-keys +warning +suggest +KEYS blocks the server/);
    expect(lines.find((line) => line.startsWith('no-flush'))).toMatch(/^no-flush +error +– /);
  });

  it('gives them as JSON', async () => {
    const { rules } = JSON.parse((await runCli(['rules', '--format', 'json'])).out) as { rules: object[] };
    expect(rules).toHaveLength(ruleMetas().length);
    expect(Object.keys(rules[0] ?? {})).toEqual(['id', 'severity', 'fix', 'category', 'summary', 'docs']);
  });
});

describe('explain', () => {
  it('writes the page as it is into a pipe', async () => {
    const { code, out } = await runCli(['explain', 'no-keys']);
    expect([code, out]).toEqual([0, pageOf('no-keys')]);
  });

  it('writes text for a terminal, no wider than it is', async () => {
    for (const { id } of ruleMetas()) {
      const { out } = await runCli(['explain', id], { columns: 80 });
      expect(out.split('\n')[0]).toBe(id);
      const prose = out.split('\n').filter((line) => !/^(?: {4}|\|)/.test(line));
      expect(prose.filter((line) => /^```|\*\*\w|\]\(\w+(?:\.md|:)/.test(line))).toEqual([]);
      expect(prose.filter((line) => line.length > 80 && line.trim().includes(' '))).toEqual([]);
    }
  });

  it('has colours where there are some, which take no room', async () => {
    const { out } = await runCli(['explain', 'no-keys'], { columns: 80, colors: pc.createColors(true) });
    expect(out).toContain('\u001b[1mWhat\u001b[22m \u001b[1mit\u001b[22m');
    // eslint-disable-next-line no-control-regex
    expect(out.replaceAll(/\u001b\[\d+m/g, '')).toBe((await runCli(['explain', 'no-keys'], { columns: 80 })).out);
  });

  it('knows the rule that was meant', async () => {
    const { code, err } = await runCli(['explain', 'no-kees']);
    expect([code, err]).toEqual([2, 'keyscope: There is no rule "no-kees". Did you mean "no-keys"?\n']);
  });
});
