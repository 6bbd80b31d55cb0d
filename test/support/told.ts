/** All that the analyzer says of a project, to compare one way of analysing it with another. */
import { expect } from 'vitest';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import type { MakeProgram } from '../../src/analyzer/program/lazy-program.ts';
import { wholeProgram } from './whole-program.ts';

/** Everything that is told of a project, as lines that can be compared. */
export async function told(root: string, whole?: MakeProgram): Promise<string[]> {
  const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }), ...(whole ? { whole } : {}) });
  const { findings } = await analyzer.check({ includeTests: true });
  const { calls } = await analyzer.calls();
  const place = (file: string, start: number): string => `${file.slice(root.length)}:${start}`;
  return [
    ...calls.map(({ file, start, client, ...call }) => `${place(file, start)} ${JSON.stringify({ ...call, client: client.slice(root.length) })}`),
    ...findings.map((finding) => {
      const fixes = analyzer.fixes(finding).map(({ id, edits }) => `${id} ${edits.map((edit) => `${place(edit.file, edit.start)}-${edit.end} ${edit.text}`).join('; ')}`);
      return `${place(finding.file, finding.start)} ${finding.rule} ${finding.severity} ${finding.message} ${finding.related.map((one) => place(one.file, one.start)).join()} ${fixes.join(' | ')}`;
    }),
  ].sort();
}

/** At least something is told, and a program of all files tells the same. */
export async function expectSameFocused(root: string): Promise<void> {
  const focused = await told(root);
  expect(focused).toEqual(await told(root, wholeProgram));
  expect(focused.length).toBeGreaterThan(0);
}
