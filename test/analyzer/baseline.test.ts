import { describe, expect, it } from 'vitest';
import { makeBaseline, parseBaseline, subtractBaseline } from '../../src/analyzer/baseline.ts';
import type { Finding } from '../../src/analyzer/finding.ts';

const texts: Record<string, string> = {};
const locate = ({ file }: Finding): { file: string; text: string } => ({ file: file.slice(1), text: texts[file] ?? '' });

/** A finding on each `keys` of a text. */
function findings(file: string, text: string): Finding[] {
  texts[file] = text;
  return [...text.matchAll(/keys/g)].map(({ index }) => ({ rule: 'no-keys', severity: 'warning', file, start: index, end: index + 4, message: '', related: [] }));
}

describe('baseline', () => {
  it('knows findings again when lines move and blanks change, not when the line does', () => {
    const baseline = parseBaseline(JSON.stringify(makeBaseline(findings('/a.ts', 'r.keys();\nr.keys();\n  s.keys(1);'), locate)));
    const moved = findings('/a.ts', '\n\n// new\ns.keys(1);\n\tr.keys();\r\nr.keys(); \n');
    expect(subtractBaseline(moved, baseline, locate)).toEqual({ fresh: [], accepted: 3, stale: 0 });
    const edited = findings('/a.ts', 's.keys(2);\nr.keys();\n');
    expect(subtractBaseline(edited, baseline, locate)).toMatchObject({ fresh: [{ start: 2 }], accepted: 1, stale: 2 });
  });

  it('accepts as many as there were, file by file', () => {
    const baseline = makeBaseline(findings('/a.ts', 'r.keys();'), locate);
    expect(subtractBaseline(findings('/a.ts', 'r.keys();\nr.keys();'), baseline, locate)).toMatchObject({ accepted: 1, fresh: [{}] });
    expect(subtractBaseline(findings('/b.ts', 'r.keys();'), baseline, locate)).toMatchObject({ accepted: 0, stale: 1 });
  });

  it('is the same whatever the order of findings', () => {
    const all = [...findings('/b.ts', 'r.keys(1);\nr.keys(2);'), ...findings('/a.ts', 'r.keys();')];
    expect(JSON.stringify(makeBaseline(all.toReversed(), locate))).toBe(JSON.stringify(makeBaseline(all, locate)));
    expect(Object.keys(makeBaseline(all, locate).findings)).toEqual(['a.ts', 'b.ts']);
  });

  it.each([
    ['', /not JSON/],
    ['[]', /no baseline of version 1/],
    ['{"version":2,"findings":{}}', /no baseline of version 1/],
    ['{"version":1,"findings":{"a.ts":{"no-keys":3}}}', /files → rules → hashes → counts/],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => parseBaseline(text)).toThrow(message);
  });
});
