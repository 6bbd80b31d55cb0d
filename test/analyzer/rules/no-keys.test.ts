import { expect, it } from 'vitest';
import type { Finding } from '../../../src/analyzer/finding.ts';
import { clients, withProject } from '../../support/analyze.ts';

const ofRule = (found: readonly Finding[]): Finding[] => found.filter(({ rule }) => rule === 'no-keys');

it.each([
  ['a route', "import express from 'express';\nconst app = express();\napp.get('/x', async (req, res) => res.json(await redis.keys('a*')));", 'error'],
  ['a function that a route calls', "import express from 'express';\nconst app = express();\nconst names = () => redis.keys('a*');\nconst list = async () => names();\napp.get('/x', async (req, res) => res.json(await list()));", 'error'],
  ['a node-redis 3 look-alike of a route', "client.on('connect', async () => { await redis.keys('a*'); });", 'warning'],
  ['module level', "redis.keys('a*');", 'warning'],
])('is as grave as its place: %s', async (_, code, severity) => {
  const found = await withProject({ 'a.ts': clients + code }, async (analyzer) => (await analyzer.check()).findings);
  expect(ofRule(found).map((one) => one.severity)).toEqual([severity]);
});

it('is a hint in tests and scripts unless they are included', async () => {
  await withProject({ 'scripts/clean.ts': `${clients}redis.keys('a*');` }, async (analyzer) => {
    expect(ofRule((await analyzer.check()).findings).map((one) => one.severity)).toEqual(['hint']);
    expect(ofRule((await analyzer.check({ includeTests: true })).findings).map((one) => one.severity)).toEqual(['warning']);
  });
});
