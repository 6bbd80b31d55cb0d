import { describe, expect, it } from 'vitest';
import { clients, linesOf } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('no-admin-command', `${clients}export async function f(name: string, value: string) {\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['a subcommand in lower case', "await redis.config('set', name, value);"],
    ['upper case', 'await client.CONFIG_SET(name, value);'],
    ['a raw call', "await redis.call('DEBUG', 'RELOAD');"],
    ['MONITOR of node-redis', 'await client.monitor((line) => console.log(line));'],
    ['a subcommand that is a constant', "const verb = 'SET';\nawait redis.config(verb as 'SET', name, value);"],
    ['a duplicate', 'await redis.duplicate().shutdown();'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a subcommand that is not known', "await redis.call('CONFIG', name, value);"],
    ['what only reads', "await redis.config('GET', name);\nawait redis.debug;\nawait client.configGet(name);\nawait redis.call('CONFIG', 'RESETSTAT');"],
    ['BGSAVE', 'await redis.bgsave();'],
    ['a method of another object', "const server = { shutdown: async () => undefined, save() {} };\nawait server.shutdown();\nserver.save();"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});
