/** Commands sent by their words (`call`, `sendCommand`, `send_command`), and with their arguments in arrays. */
import { expect, it } from 'vitest';
import { withProject } from '../support/analyze.ts';

async function keysOf(version: string, code: string): Promise<string[]> {
  const files = { 'package.json': JSON.stringify({ dependencies: { redis: version, ioredis: '^5' } }), 'a.ts': code };
  const { calls } = await withProject(files, (analyzer) => analyzer.calls());
  return calls.filter(({ command }) => !command.startsWith('@')).map(({ command, keyPattern }) => `${command} ${keyPattern}`);
}

it('ioredis: one argument per word', async () => {
  expect(await keysOf('^5', "import Redis from 'ioredis'; const redis = new Redis(); redis.call('SET', 'a', '1'); redis.call('CONFIG', 'GET', 'save'); redis.call('MGET', ['b', 'c']);"))
    .toEqual(['SET a', 'CONFIG GET null', 'MGET b']);
});

it('node-redis 3: the name, then an array', async () => {
  expect(await keysOf('^3', "import { createClient } from 'redis'; const client = createClient(); client.send_command('SET', ['a', '1'], () => undefined); client.sendCommand('GET', ['b']);"))
    .toEqual(['SET a', 'GET b']);
});

it.each(['^4', '^5', '^6'])('node-redis %s: one array, of a cluster behind what routes it', async (version) => {
  const code = `import { createClient, createCluster } from 'redis';
const client = createClient();
const cluster = createCluster({ rootNodes: [] });
client.sendCommand(['SET', 'a', '1'], {});
cluster.sendCommand('b', true, ['GET', 'b']);
cluster.sendCommand(undefined, true, ['DBSIZE']);
client.sendCommand(words);
declare const words: string[];`;
  expect(await keysOf(version, code)).toEqual(['SET a', 'GET b', 'DBSIZE null']);
});

it('node-redis 5: of a sentinel behind what routes it', async () => {
  expect(await keysOf('^5', "import { createSentinel } from 'redis'; const sentinel = createSentinel({ name: 'm', sentinelRootNodes: [] }); sentinel.sendCommand(true, ['GET', 'a']);"))
    .toEqual(['GET a']);
});

const arrays = (client: string): string => `${client}
c.zadd(['a', 1, 'v']);
c.zrangebyscore(['b', '-inf', '+inf', 'LIMIT', '0', '1']);
c.set(['c', 'v', 'EX', 5]);
c.set('d', ['v', 'EX', 5]);
c.sadd('e', ['x', 'y']);
c.hmset('f', ['k', 'v']);
c.hmset(['g', 'k', 'v']);
c.del(['h', 'i']);
c.mset(['j', 'v', 'k', 'v']);
c.blpop(['l', 'm', 5]);
c.eval(['return 1', 1, 'n', 'v']);`;

it.each([
  ['ioredis', "const Redis = require('ioredis'); const c = new Redis();"],
  ['node-redis 3', "const { createClient } = require('redis'); const c = createClient();"],
])('%s: arguments in arrays', async (_, client) => {
  const files = { 'package.json': JSON.stringify({ dependencies: { redis: '^3', ioredis: '^5' } }), 'a.js': arrays(client) };
  const { calls } = await withProject(files, (analyzer) => analyzer.calls());
  expect(calls.filter(({ command }) => !command.startsWith('@')).map(({ command, keyPattern }) => `${command} ${keyPattern}`))
    .toEqual(['ZADD a', 'ZRANGEBYSCORE b', 'SET c', 'SET d', 'SADD e', 'HMSET f', 'HMSET g', 'DEL h', 'MSET j', 'BLPOP l', 'EVAL n']);
});
