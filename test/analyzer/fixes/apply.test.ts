import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Analyzer, CheckResult } from '../../../src/analyzer/analyzer.ts';
import type { FileEdit, Finding, Fix } from '../../../src/analyzer/finding.ts';
import { applyFixes, safeFix } from '../../../src/analyzer/fixes/apply.ts';
import { applyEdits, conflict, EditError, editsByFile, withoutConflicts } from '../../../src/analyzer/fixes/edits.ts';
import { sha256 } from '../../../src/analyzer/text-hash.ts';
import { unifiedDiff } from '../../../src/analyzer/fixes/unified-diff.ts';
import { withProject } from '../../support/analyze.ts';

const edit = (start: number, end: number, text: string, more: Partial<FileEdit> = {}): FileEdit => ({ file: '/p/a.ts', start, end, text, ...more });

describe('applyEdits', () => {
  it('applies edits in the order of their places, those at one place in the order given', () => {
    expect(applyEdits('abcdef', [edit(4, 5, 'E'), edit(0, 1, 'A'), edit(6, 6, '1'), edit(6, 6, '2'), edit(2, 2, '-')])).toBe('Ab-cdEf12');
  });
  it('checks the text they were made for', () => {
    expect(applyEdits('abc', [edit(0, 1, 'x', { sha256: sha256('abc') })])).toBe('xbc');
    expect(() => applyEdits('abd', [edit(0, 1, 'x', { sha256: sha256('abc') })])).toThrow(/has changed since/);
  });
  it('refuses overlaps, places outside of the text, files gone and files there already', () => {
    expect(() => applyEdits('abc', [edit(0, 2, 'x'), edit(1, 3, 'y')])).toThrow(EditError);
    expect(() => applyEdits('abc', [edit(2, 4, 'x')])).toThrow(EditError);
    expect(() => applyEdits(undefined, [edit(0, 0, 'x')])).toThrow(/is gone/);
    expect(() => applyEdits('abc', [edit(0, 0, 'x', { create: true })])).toThrow(/exists already/);
    expect(applyEdits(undefined, [edit(0, 0, 'new', { create: true })])).toBe('new');
  });
  it('counts in UTF-16 code units and keeps line breaks', () => {
    expect(applyEdits('😀a\r\nb', [edit(2, 3, 'A'), edit(5, 6, 'B')])).toBe('😀A\r\nB');
  });
});

describe('which fixes fit together', () => {
  const fix = (...edits: FileEdit[]): { fix: { edits: FileEdit[] } } => ({ fix: { edits } });
  it('takes edits that overlap, touch an insertion or make the same file for a conflict', () => {
    const conflicts = (a: FileEdit, b: FileEdit): boolean => conflict({ edits: [a] }, { edits: [b] });
    expect(conflicts(edit(0, 3, ''), edit(2, 4, ''))).toBe(true);
    expect(conflicts(edit(0, 3, ''), edit(3, 4, ''))).toBe(false);
    expect(conflicts(edit(3, 3, 'a'), edit(3, 3, 'a'))).toBe(true);
    expect(conflicts(edit(3, 3, 'a'), edit(3, 5, 'a'))).toBe(true);
    expect(conflicts(edit(3, 3, 'a'), edit(4, 5, 'a'))).toBe(false);
    expect(conflicts(edit(0, 3, ''), edit(0, 3, '', { file: '/p/b.ts' }))).toBe(false);
    expect(conflicts(edit(0, 0, 'x', { create: true }), edit(0, 0, 'x', { create: true }))).toBe(true);
  });
  it('chooses in order, skipping what no longer fits, over several files too', () => {
    const first = fix(edit(0, 5, ''), edit(0, 5, '', { file: '/p/b.ts' }));
    const overlapping = fix(edit(4, 6, ''));
    const otherFile = fix(edit(3, 6, '', { file: '/p/b.ts' }), edit(50, 60, ''));
    const apart = fix(edit(6, 7, ''));
    expect(withoutConflicts([first, overlapping, otherFile, apart, fix()])).toEqual([first, apart]);
  });
  it('groups edits by file in their order', () => {
    expect([...editsByFile([edit(5, 6, 'b'), edit(1, 2, 'x', { file: '/p/b.ts' }), edit(0, 1, 'a')])]).toEqual([
      ['/p/a.ts', [edit(0, 1, 'a'), edit(5, 6, 'b')]],
      ['/p/b.ts', [edit(1, 2, 'x', { file: '/p/b.ts' })]],
    ]);
  });
});

describe('unifiedDiff', () => {
  it('is what patch reads', () => {
    expect(unifiedDiff('src/a.ts', 'a\nb\nc\n', 'a\nB\nc\n')).toBe('--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n');
    expect(unifiedDiff('n.ts', undefined, 'x\n')).toBe('--- /dev/null\n+++ b/n.ts\n@@ -0,0 +1,1 @@\n+x\n');
    expect(unifiedDiff('n.ts', 'x', 'y')).toContain('\\ No newline at end of file');
  });
});

/**
 * An analyzer of toy rules over real texts: each `[name=>text]` is a finding with the safe fix that writes `text` in its place,
 * `[name=>text@file]` one that edits another file too, `[name=>BREAK]` one that breaks the syntax, `<`…`>` in a text become brackets. Enough to hold applyFixes to its promises without Redis.
 */
function toyAnalyzer(disk: Record<string, string>): Analyzer & { texts: Map<string, string> } {
  const texts = new Map(Object.entries(disk));
  const check = (): CheckResult => ({
    findings: [...texts].flatMap(([file, text]) =>
      [...text.matchAll(/\[(\w+)=>([^\]@]*?)(?:@([^\]]+))?\]/g)].map(
        (match): Finding => ({ rule: 'no-keys', severity: 'warning', file, start: match.index, end: match.index + match[0].length, message: match[0], related: [] }),
      ),
    ),
    stats: { files: texts.size, candidates: 0, programFiles: 0, calls: 0, ms: 0, peakRssMb: 0 },
  });
  return {
    texts,
    setText: (file, text) => void (text === undefined ? texts.delete(file) : texts.set(file, text)),
    filesChanged: () => undefined,
    text: (file) => texts.get(file),
    check: () => Promise.resolve(check()),
    checkFile: () => [],
    calls: () => Promise.reject(new Error('not asked for')),
    fixes: ({ file, start, end, message }): Fix[] => {
      const [, id = '', text = '', other] = /\[(\w+)=>([^\]@]*?)(?:@([^\]]+))?\]/.exec(message) ?? [];
      const written = text.replace('BREAK', '" ((').replace(/<(.*)>/, '[$1]');
      const edits: FileEdit[] = [{ file, start, end, text: written, sha256: sha256(texts.get(file) ?? '') }];
      if (other) edits.push({ file: other, start: 0, end: 0, text: '/* used */ ', sha256: sha256(texts.get(other) ?? '') });
      return [{ id, title: id, kind: id === 'ask' ? 'suggest' : 'safe', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits }];
    },
  };
}

describe('applyFixes', () => {
  it('goes on until nothing is left to fix, and says what differs', async () => {
    const analyzer = toyAnalyzer({ '/p/a.ts': 'let x = "[a=><b=>1>]"; let y = "[c=>2]";', '/p/b.ts': 'let z = 0;' });
    const outcome = await applyFixes(analyzer, {}, safeFix);
    expect(outcome.files).toEqual([{ file: '/p/a.ts', before: 'let x = "[a=><b=>1>]"; let y = "[c=>2]";', after: 'let x = "1"; let y = "2";' }]);
    expect(outcome.remaining).toEqual([]);
    expect(outcome.refused).toEqual([]);
  });

  it('applies only what is chosen', async () => {
    const analyzer = toyAnalyzer({ '/p/a.ts': 'let x = "[ask=>1]"; let y = "[b=>2]";' });
    const outcome = await applyFixes(analyzer, {}, safeFix);
    expect(analyzer.texts.get('/p/a.ts')).toBe('let x = "[ask=>1]"; let y = "2";');
    expect(outcome.remaining.map(({ message }) => message)).toEqual(['[ask=>1]']);
    expect(outcome.applied.map(({ fix }) => fix.id)).toEqual(['b']);
  });

  it('applies two fixes that bring names into one scope one after the other, and gives no edit that changes nothing', async () => {
    const loop = 'for (const id of ids) { await redis.set(id, 1); }';
    const text = `import Redis from 'ioredis';\nconst redis = new Redis();\nexport async function f(ids: string[]) {\n  ${loop}\n  ${loop}\n}\n`;
    await withProject({ 'a.ts': text }, async (analyzer) => {
      const { findings } = await analyzer.check();
      const edits = findings.flatMap((finding) => analyzer.fixes(finding)).flatMap((fix) => fix.edits);
      expect(edits.length).toBeGreaterThan(0);
      expect(edits.filter(({ start, end, text: by }) => start === end && by === '')).toEqual([]);
      const { files } = await applyFixes(analyzer, {}, ({ rule }, fixes) => (rule === 'no-command-in-loop' ? fixes[0] : undefined));
      expect(files[0]?.after.match(/const \w+ = redis\.pipeline/g)).toEqual(['const pipeline = redis.pipeline', 'const batch = redis.pipeline']);
    });
  });

  it('lets the smaller of two changes go first, so that the larger is made of what it left', async () => {
    const text = [
      "import Redis from 'ioredis';",
      'const redis = new Redis();',
      "redis.on('error', console.error);",
      'interface Session { user: string; ip: string }',
      'export async function create(token: string, session: Session): Promise<void> {',
      "  await redis.set(`session:${token}`, JSON.stringify(session), 'EX', 3600);",
      '}',
      'export async function touch(token: string, ip: string): Promise<void> {',
      '  const raw = await redis.get(`session:${token}`);',
      '  if (raw === null) return;',
      '  const session = JSON.parse(raw) as Session;',
      '  session.ip = ip;',
      '  await redis.set(`session:${token}`, JSON.stringify(session));',
      '}',
      '',
    ].join('\n');
    await withProject({ 'a.ts': text }, async (analyzer) => {
      const { files, applied } = await applyFixes(analyzer, {}, ({ rule }, fixes) => (rule === 'set-drops-ttl' || rule === 'prefer-hash-over-json' ? fixes[0] : undefined));
      expect(applied.map(({ finding }) => finding.rule).sort()).toEqual(['prefer-hash-over-json', 'set-drops-ttl']);
      expect(files[0]?.after).not.toContain('persist');
    });
  });

  it('edits several files at once, conflicting ones in rounds', async () => {
    const analyzer = toyAnalyzer({ '/p/a.ts': 'let x = "[a=>1@/p/c.ts]"; let y = "[b=>2@/p/c.ts]";', '/p/c.ts': 'let c = 1;' });
    const outcome = await applyFixes(analyzer, {}, safeFix);
    expect(outcome.files.map(({ file, after }) => `${file} ${after}`)).toEqual(['/p/a.ts let x = "1"; let y = "2";', '/p/c.ts /* used */ /* used */ let c = 1;']);
  });

  it('leaves out a fix after which the file would not parse, says so, and applies the others', async () => {
    const analyzer = toyAnalyzer({ '/p/a.ts': 'let x = "[bad=>BREAK]"; let y = "[good=>2]";' });
    const outcome = await applyFixes(analyzer, {}, safeFix);
    expect(analyzer.texts.get('/p/a.ts')).toBe('let x = "[bad=>BREAK]"; let y = "2";');
    expect(outcome.refused).toEqual(['/p/a.ts would not parse after the fix of no-keys (bad). That is a defect of Keyscope; the fix was left out.']);
  });

  it('ends when fixes undo each other', async () => {
    const analyzer = toyAnalyzer({ '/p/a.ts': '// [a=>x]' });
    const fixes = analyzer.fixes.bind(analyzer);
    analyzer.fixes = (finding) => fixes(finding).map((fix) => ({ ...fix, edits: fix.edits.map((each) => ({ ...each, text: '[a=>x]' })) }));
    expect((await applyFixes(analyzer, {}, safeFix)).files).toEqual([]);
  });
});

it('takes the MULTI of a rebuild before that of its EXPIRE, which would leave the gap', async () => {
  const text = readFileSync(new URL('../../fixes/rebuild-gap/rename-ioredis/before.ts', import.meta.url), 'utf8');
  await withProject({ 'a.ts': text }, async (analyzer) => {
    const { applied, remaining } = await applyFixes(analyzer, {}, ({ rule }, [fix]) => (/^(?:rebuild-gap|set-then-expire)$/.test(rule) ? fix : undefined));
    expect(applied.map(({ finding }) => finding.rule)).toEqual(['rebuild-gap', 'rebuild-gap']);
    expect(remaining.map(({ rule }) => rule)).not.toContain('rebuild-gap');
  });
});
