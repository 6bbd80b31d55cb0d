import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { withAwait } from '../../../src/analyzer/program/compiled-async.ts';
import { withProject } from '../../support/analyze.ts';

const read = (text: string): string => withAwait('/a.js', text, ts.ScriptKind.JSX);

describe('withAwait', () => {
  it.each([
    ['TypeScript', '__awaiter(this, void 0, void 0, function* () { yield f(); })', '__awaiter(this, void 0, void 0, async()=> { await f(); })'],
    ['importHelpers', '(0, tslib_1.__awaiter)(this, void 0, void 0, function* () { return (yield f()).a; })', '(0, tslib_1.__awaiter)(this, void 0, void 0, async()=> { return (await f()).a; })'],
    ['esbuild, minified', '__async(this,null,function*(){yield f()})', '__async(this,null,async()=> {await f()})'],
    ['one within another', '__awaiter(this, void 0, void 0, function* () { yield g(() => __awaiter(this, void 0, void 0, function* () { yield f(); })); })', '__awaiter(this, void 0, void 0, async()=> { await g(() => __awaiter(this, void 0, void 0, async()=> { await f(); })); })'],
    ['a generator within', '__awaiter(this, void 0, void 0, function* () { function* g() { yield 1; } yield f("yield"); })', '__awaiter(this, void 0, void 0, async()=> { function* g() { yield 1; } await f("yield"); })'],
  ])('%s', (_, text, awaited) => {
    expect(read(text).replaceAll(/=> +/g, '=> ')).toBe(awaited);
    expect(read(text)).toHaveLength(text.length);
  });

  it.each([
    ['a generator of another', 'co(this, function* () { yield f(); })'],
    ['what an await cannot say', '__awaiter(this, void 0, void 0, function* () { yield a || b; })'],
    ['what hands on', '__awaiter(this, void 0, void 0, function* () { yield* f(); })'],
    ['an own function of that name', 'const text = "__awaiter function*"; __awaiter(function (x) { return x; });'],
  ])('leaves %s', (_, text) => {
    expect(read(text)).toBe(text);
  });
});

it('offers no edit of what a compiler has made', async () => {
  const body = (fn: string): string => `const Redis = require('ioredis');\nconst redis = new Redis();\nexports.f = (id) => ${fn};`;
  const fixes = (text: string): Promise<number[]> => withProject({ 'a.js': text }, async (analyzer) => {
    const { findings } = await analyzer.check();
    return findings.filter(({ rule }) => rule === 'set-then-expire').map((finding) => analyzer.fixes(finding).length);
  });
  expect(await fixes(body('__awaiter(this, void 0, void 0, function* () { yield redis.set(id, 1); yield redis.expire(id, 60); })'))).toEqual([0]);
  expect(await fixes(body('async function () { await redis.set(id, 1); await redis.expire(id, 60); }'))).toEqual([2]);
});
