/** No input makes the analyzer throw: every labelled case, cut, mangled and torn in a repeatable way, as people's half-typed files are. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import { randomly } from '../support/randomly.ts';

const casesFolder = path.resolve('test/cases');
const rules = ['no-keys', 'no-command-in-loop', 'no-client-per-request', 'range-for-count', 'prefer-hash-over-json', 'set-then-expire'];

// Rules that throw are silenced for users and loud here.
beforeAll(() => void (process.env['KEYSCOPE_DEBUG'] = '1'));
afterAll(() => void delete process.env['KEYSCOPE_DEBUG']);

describe.each(rules)('torn files of %s', (rule) => {
  it('never throws and always gives offsets within the text', () => {
    const random = randomly(rule.length * 7919);
    for (const name of readdirSync(path.join(casesFolder, rule))) {
      const root = path.join(casesFolder, rule, name);
      const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
      const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => /\.[cm]?[jt]s$/.test(entry.name) && !entry.name.endsWith('.d.ts'));
      for (const entry of files) {
        const file = path.join(entry.parentPath, entry.name);
        const whole = readFileSync(file, 'utf8');
        for (const torn of [whole.slice(0, random(whole.length)), tear(whole, random), whole.replace(/[)}\]]/g, (one) => (random(4) === 0 ? '' : one))]) {
          analyzer.setText(file, torn);
          for (const finding of analyzer.checkFile(file)) {
            expect(finding.start).toBeGreaterThanOrEqual(0);
            expect(finding.end).toBeLessThanOrEqual(torn.length);
            analyzer.fixes(finding);
          }
        }
        analyzer.setText(file, undefined);
      }
    }
  }, 120_000);
});

it.each([
  ['nothing', ''],
  ['a byte order mark', '\uFEFFimport Redis from "ioredis"; new Redis().keys("*")'],
  ['NUL and control characters', 'import Redis from "ioredis";\0\u0001 new Redis().keys("*")'],
  ['a class that extends itself', 'import Redis from "ioredis"; class A extends A { keys() { return this.keys() } } new A().keys("*"); class B extends C {} class C extends B {}; new B().get("x"); new Redis()'],
  ['a function that calls itself', 'import Redis from "ioredis"; const r = new Redis(); const k = (id) => k(id) + ":"; async function f(id) { await r.get(k(id)); for (const x of []) await f(x); await f(id) }'],
  ['deep nesting', `import Redis from "ioredis"; const r = new Redis(); const x = ${'('.repeat(400)}r.get("a")${')'.repeat(400)};`],
  ['a long chain', `import Redis from "ioredis"; const r = new Redis(); r.pipeline()${'.get("a")'.repeat(400)}.exec();`],
  ['a constant made of itself', 'import Redis from "ioredis"; const a = b + "x", b = a + "y"; new Redis().get(a)'],
])('takes %s', (_, text) => {
  const root = path.resolve('test/cases/no-keys/own-methods-called-keys');
  const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
  analyzer.setText(`${root}/src/extra.ts`, text);
  expect(() => analyzer.checkFile(`${root}/src/extra.ts`).map((finding) => analyzer.fixes(finding))).not.toThrow();
});

function tear(text: string, random: (below: number) => number): string {
  const from = random(text.length);
  return text.slice(0, from) + text.slice(from + random(60));
}
