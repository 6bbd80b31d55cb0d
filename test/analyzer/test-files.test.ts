import { expect, it } from 'vitest';
import { isTest, isTestOrScript } from '../../src/analyzer/test-files.ts';

it.each(['test/a.ts', 'src/a.test.ts', 'src/a-spec.js', 'test.js', 'tests.mjs', 'packages/a/test.js', 'test-helper.js', 'src/redis.test-utils.ts', 'lib/testUtils.js', 'src/test_setup.ts', 'lib/test-helpers.cjs'])('is a test by its path: %s', (path) => {
  expect(isTest(path, '')).toBe(true);
});

it.each(['src/test.ts', 'src/latest-utils.ts', 'src/contest.js', 'src/attest-helper.js', 'src/routes/tests.js', 'src/utils.ts', 'scripts/a.ts', 'src/testimony.ts'])('is no test by its path: %s', (path) => {
  expect(isTest(path, '')).toBe(false);
});

it.each([
  ['describe and it', "const redis = require('redis');\ndescribe('cache', function () {\n  it('works', async () => {});\n});"],
  ['hooks of a helper', 'beforeEach(async () => {\n  await redis.flushall();\n});'],
  ['hooks of mocha', 'after(function (done) { client.quit(done); });'],
  ['an import', "import test from 'node:test';"],
])('is a test by %s', (_, text) => {
  expect(isTest('lib/a.js', text)).toBe(true);
});

it.each([
  ['functions of its own', "function describe(x) {}\ndescribe('a');\nconst it = (x) => x;\nit('b');"],
  ["another's import", "import { after } from 'next/server';\nexport function GET() {\n  after(async () => redis.incr('hits'));\n}"],
  ['methods', "cache.before(async () => {});\nthis.describe('a');"],
  ['other arguments', 'before(key);\nit(1);'],
])('is no test by %s', (_, text) => {
  expect(isTest('lib/a.js', text)).toBe(false);
});

it('takes scripts for scripts', () => {
  expect(isTestOrScript('scripts/seed.ts', '')).toBe(true);
  expect(isTestOrScript('src/a.ts', '')).toBe(false);
});
