import { describe, expect, it } from 'vitest';
import { suppressFileEdit, suppressLineEdit } from '../../src/analyzer/add-suppression.ts';
import type { Finding, Fix } from '../../src/analyzer/finding.ts';
import { applyEdits } from '../../src/analyzer/fixes/edits.ts';
import { sha256 } from '../../src/analyzer/text-hash.ts';
import { unusedSuppressionFixes } from '../../src/analyzer/suppression-fixes.ts';
import { applySuppressions, findSuppressions, type KnownRules } from '../../src/analyzer/suppressions.ts';

const known: KnownRules = {
  names: ['no-keys', 'no-command-in-loop', 'range-for-count', 'unused-suppression'],
  severity: () => 'hint',
};

/** A finding on each `keys` and `get` that stands behind a dot. */
function findingsIn(text: string, file = '/p/a.ts'): Finding[] {
  return [...text.matchAll(/(?<=\.)(keys|get)\b/g)].map((match) => ({
    rule: match[0] === 'keys' ? 'no-keys' : 'no-command-in-loop',
    severity: 'warning',
    file,
    start: match.index,
    end: match.index + match[0].length,
    message: '',
    related: [],
  }));
}

/** What is left, as `rule@line` or `unused@line text: message`. */
function left(text: string, file = '/p/a.ts', rules = known): string[] {
  return applySuppressions(file, text, findingsIn(text, file), rules).map((finding) => {
    const line = text.slice(0, finding.start).split('\n').length;
    return finding.rule === 'unused-suppression' ? `unused@${line} ${text.slice(finding.start, finding.end)}: ${finding.message}` : `${finding.rule}@${line}`;
  });
}

describe('keyscope-disable-next-line', () => {
  it('keeps the named rules quiet on the next line of code alone', () => {
    expect(left('// keyscope-disable-next-line no-keys -- five keys at most\nawait r.keys("*"); await r.get(k);\nawait r.keys("*");\n')).toEqual([
      'no-command-in-loop@2',
      'no-keys@3',
    ]);
    expect(left('/* keyscope-disable-next-line no-keys, no-command-in-loop -- both */\nr.keys(await r.get(k));')).toEqual([]);
    expect(left('// keyscope-disable-next-line no-keys no-command-in-loop\nr.keys(await r.get(k));')).toEqual([]);
  });

  it('passes over blank lines and other comments', () => {
    expect(left('// keyscope-disable-next-line no-keys\n// keyscope-disable-next-line no-command-in-loop\n\n// @ts-expect-error\nr.keys(await r.get(k));')).toEqual([]);
  });

  it('holds for the lines that the statement continues on, not for the bodies in it', () => {
    expect(left('// keyscope-disable-next-line no-keys\nconst k = await redis\n  .keys("*");\nredis\n.keys("*");')).toEqual(['no-keys@5']);
    expect(left('// keyscope-disable-next-line no-keys\napp.get("/", async () => {\n  r.keys("*");\n},\n r.keys("*"));').filter((each) => each.startsWith('no-keys'))).toEqual(['no-keys@3']);
    expect(left('class A {\n  // keyscope-disable-next-line no-keys\n  all = () =>\n    this.r.keys("*");\n  other = () => this.r.keys("*");\n}')).toEqual(['no-keys@5']);
    expect(left('f(\n  a,\n  // keyscope-disable-next-line no-keys\n  r\n    .keys("*"),\n  r.keys("*"));')).toEqual(['no-keys@6']);
  });

  it('works in JSX and in JSDoc form', () => {
    const jsx = 'const a = <ul>\n  {/* keyscope-disable-next-line no-keys -- few */}\n  {r.keys("*")}\n  {r.keys("*")}\n</ul>;';
    expect(left(jsx, '/p/a.tsx')).toEqual(['no-keys@4']);
    expect(left('/** keyscope-disable-next-line no-keys */\nr.keys("*");')).toEqual([]);
    expect(left('/**\n * keyscope-disable-next-line no-keys\n */\nfunction f() { r.keys("*"); }')).toEqual([]);
  });

  it('is read at the end of a block, of a list, before a closing bracket', () => {
    expect(findSuppressions('/p/a.ts', 'function f() {\n  a(); // keyscope-disable-next-line no-keys\n}\nr.keys()').map(({ rules }) => rules[0]?.id)).toEqual(['no-keys']);
    expect(findSuppressions('/p/a.ts', 'f([a,\n // keyscope-disable-next-line no-keys -- why\n]);')[0]).toMatchObject({ reason: 'why' });
  });
});

describe('keyscope-disable', () => {
  it('holds from there to the end of the file', () => {
    expect(left('r.keys("*");\n// keyscope-disable no-keys -- a tool for operators\nr.keys("*");\nfunction f() { r.keys("*"); r.get(k) }')).toEqual([
      'no-keys@1',
      'no-command-in-loop@4',
    ]);
    expect(left('#!/usr/bin/env node\n/* keyscope-disable no-keys */\nr.keys("*");\r\nr.keys("*")', '/p/a.js')).toEqual([]);
  });
});

describe('what only looks like a comment', () => {
  it.each([
    ['a string', 'const s = "// keyscope-disable no-keys";\nr.keys("*");'],
    ['a template', 'const s = `\n// keyscope-disable no-keys\n${x}\n// keyscope-disable no-keys\n`;\nr.keys("*");'],
    ['a regular expression', 'const s = /\\/\\/ keyscope-disable no-keys/;\nr.keys("*");'],
    ['a URL-like string', "const s = 'http://keyscope-disable no-keys';\nr.keys(\"*\");"],
    ['prose that mentions it', '// as keyscope-disable no-keys would\nr.keys("*");'],
    ['another word', '// keyscope-baseline no-keys\nr.keys("*");'],
  ])('is none: %s', (_, text) => {
    expect(left(text)).toEqual([`no-keys@${text.split('\n').length}`]);
  });

  it('JSX text is none, a comment inside a template expression is one', () => {
    expect(left('const a = <p>\n// keyscope-disable no-keys\n/* keyscope-disable no-keys */</p>;\nr.keys("*");', '/p/a.tsx')).toEqual(['no-keys@4']);
    expect(left('const s = `${\n// keyscope-disable-next-line no-keys\nr.keys("*")}`;')).toEqual([]);
  });
});

describe('unused and mistaken suppressions', () => {
  it('reports each rule that had nothing to suppress', () => {
    expect(left('// keyscope-disable-next-line no-keys, range-for-count\nr.keys("*");')).toEqual([
      'unused@1 range-for-count: Nothing to suppress: range-for-count reports nothing on the next line.',
    ]);
    expect(left('// keyscope-disable no-keys\nfoo();')).toEqual(['unused@1 no-keys: Nothing to suppress: no-keys reports nothing from here on.']);
  });

  it('names mistakes', () => {
    expect(left('// keyscope-disable-next-line no-kees\nr.keys("*");')).toEqual(['unused@1 no-kees: There is no rule "no-kees". Did you mean "no-keys"?', 'no-keys@2']);
    expect(left('// keyscope-disable-line no-keys\nfoo();')[0]).toContain('There is no keyscope-disable-line. Write keyscope-disable-next-line <rule> -- reason');
    expect(left('// keyscope-disable -- all of it\nfoo();')[0]).toContain('names no rule');
  });

  it('says nothing of rules that are off, nor when it is off itself', () => {
    const text = '// keyscope-disable-next-line no-keys\nfoo();';
    expect(left(text, '/p/a.ts', { ...known, severity: (rule) => (rule === 'no-keys' ? 'off' : 'hint') })).toEqual([]);
    expect(left(text, '/p/a.ts', { ...known, severity: (rule) => (rule === 'unused-suppression' ? 'off' : 'hint') })).toEqual([]);
  });

  it.each([
    ['a line of its own', 'a();\n  // keyscope-disable-next-line no-keys -- why\n  b();\n', 'a();\n  b();\n'],
    ['behind code', 'a(); // keyscope-disable no-keys\nb();', 'a();\nb();'],
    ['one of two', '// keyscope-disable-next-line range-for-count, no-keys -- why\nr.keys();', '// keyscope-disable-next-line no-keys -- why\nr.keys();'],
    ['the second of two', '// keyscope-disable-next-line no-keys, range-for-count -- why\nr.keys();', '// keyscope-disable-next-line no-keys -- why\nr.keys();'],
    ['in JSX', 'const a = <p>\n  {/* keyscope-disable no-keys */}\n  <b/>\n</p>', 'const a = <p>\n  <b/>\n</p>'],
    ['at the end', 'a();\n// keyscope-disable no-keys', 'a();\n'],
  ])('is removed by its fix: %s', (_, text, expected) => {
    const file = '/p/a.tsx';
    const [fix, ...others] = fixesOf(text, file);
    expect(fix).toMatchObject({ id: 'remove', kind: 'safe' });
    expect(fix?.edits[0]?.sha256).toBe(sha256(text));
    expect(applyEdits(text, fix?.edits ?? [])).toBe(expected);
    expect(others).toEqual([]);
  });
});

/** The fixes of the first comment that does nothing. */
function fixesOf(text: string, file = '/p/a.ts'): Fix[] {
  const findings = applySuppressions(file, text, findingsIn(text, file), known);
  const unused = findings.find(({ rule }) => rule === 'unused-suppression');
  if (!unused) throw new Error('nothing is reported');
  return unusedSuppressionFixes(file, text, unused, findings, known.names);
}

describe('a mistaken suppression', () => {
  const outcomes = (text: string, file?: string): string[] => fixesOf(text, file).map(({ id, kind, edits }) => `${kind} ${id}: ${applyEdits(text, edits)}`);

  it.each([
    ['a rule that reports there', '// keyscope-disable-next-line no-keyz -- few\nr.keys();', '// keyscope-disable-next-line no-keys -- few\nr.keys();'],
    ['one rule of two', '// keyscope-disable-next-line no-command-in-loop, no-keyz -- few\nr.keys(r.get());', '// keyscope-disable-next-line no-command-in-loop, no-keys -- few\nr.keys(r.get());'],
    ['disable-line behind code', 'a();\n\tr.keys(); // keyscope-disable-line no-keys -- few\nb();', 'a();\n\t// keyscope-disable-next-line no-keys -- few\n\tr.keys();\nb();'],
    ['disable-line behind a part of a statement', 'const k = r\n  .keys(); /* keyscope-disable-line no-keys */\n', 'const k = r\n  // keyscope-disable-next-line no-keys\n  .keys();\n'],
    ['disable-line on a line of its own', '// keyscope-disable-line no-keys -- few\nr.keys();', '// keyscope-disable-next-line no-keys -- few\nr.keys();'],
    ['ignore-next-line', '/* keyscope-ignore-next-line no-keys */\nr.keys();', '/* keyscope-disable-next-line no-keys */\nr.keys();'],
    ['a letter too few', '// keyscope-disable-next-lin no-keys\nr.keys();', '// keyscope-disable-next-line no-keys\nr.keys();'],
  ])('is put right by itself where the findings show what was meant: %s', (_, text, expected) => {
    const [first, ...others] = fixesOf(text);
    expect(first?.kind).toBe('safe');
    expect(applyEdits(text, first?.edits ?? [])).toBe(expected);
    expect(others.map(({ id, kind }) => `${kind} ${id}`)).toContain('suggest remove');
    expect(left(expected)).toEqual([]);
  });

  it('is never taken away, nor changed on a guess, by itself', () => {
    expect(outcomes('// keyscope-disable-next-line no-keyz -- few\nfoo();')).toEqual(['suggest rename: // keyscope-disable-next-line no-keys -- few\nfoo();', 'suggest remove: foo();']);
    expect(outcomes('// keyscope-disable-next-line quiet -- few\nr.keys();')).toEqual(['suggest remove: r.keys();']);
    expect(outcomes('foo(); // keyscope-disable-line no-keys')).toEqual(['suggest remove: foo();']);
    expect(outcomes('// keyscope-disable-file no-keys\nr.keys();')).toEqual(['suggest convert: // keyscope-disable no-keys\nr.keys();', 'suggest remove: r.keys();']);
    expect(outcomes('// keyscope-enable no-keys\nr.keys();')).toEqual(['suggest remove: r.keys();']);
    expect(outcomes('// keyscope-disable-next-line\nfoo();')).toEqual(['suggest remove: foo();']);
    expect(outcomes('// keyscope-disable\nr.keys();')).toEqual(['suggest remove: r.keys();']);
  });

  it('is not moved into a template', () => {
    expect(outcomes('x = `\n${r.keys() /* keyscope-disable-line no-keys */}`;').filter((each) => each.includes('convert'))).toEqual([]);
  });

  it('that is half typed is offered the rules to name', () => {
    expect(outcomes('// keyscope-disable-next-line -- few\nr.keys(r.get());')[0]).toBe('suggest name-rules: // keyscope-disable-next-line no-keys, no-command-in-loop -- few\nr.keys(r.get());');
  });
});

describe('adding a suppression', () => {
  function suppressed(text: string, edit: 'line' | 'file', file = '/p/a.ts'): string | undefined {
    const [finding] = findingsIn(text, file);
    if (!finding) throw new Error('no finding');
    const made = edit === 'line' ? suppressLineEdit(text, finding) : suppressFileEdit(text, finding);
    if (!made) return undefined;
    const after = text.slice(0, made.start) + made.text + text.slice(made.end);
    expect(left(after, file)).toEqual([]);
    return after;
  }

  it('stands above the statement, in its indentation and line breaks', () => {
    expect(suppressed('function f() {\r\n\tconst k = await r\r\n\t\t.keys("*");\r\n}', 'line')).toBe(
      'function f() {\r\n\t// keyscope-disable-next-line no-keys\r\n\tconst k = await r\r\n\t\t.keys("*");\r\n}',
    );
    expect(suppressed('for (const a of b)\n  await r.get(a);', 'line')).toBe('for (const a of b)\n  // keyscope-disable-next-line no-command-in-loop\n  await r.get(a);');
    expect(suppressed('return <p>\n  {r.keys("*")}\n</p>;', 'line', '/p/a.tsx')).toBe('// keyscope-disable-next-line no-keys\nreturn <p>\n  {r.keys("*")}\n</p>;');
  });

  it('is not offered where a comment would become text', () => {
    expect(suppressed('const a = `one\ntwo`; r.keys("*");', 'line')).toBeUndefined();
  });

  it('for the file stands on top, below a shebang', () => {
    expect(suppressed('r.keys("*");', 'file')).toBe('// keyscope-disable no-keys\nr.keys("*");');
    expect(suppressed('#!/usr/bin/env node\nr.keys("*");', 'file')).toBe('#!/usr/bin/env node\n// keyscope-disable no-keys\nr.keys("*");');
  });
});
