import { expect, it } from 'vitest';
import { clients, withProject } from '../../support/analyze.ts';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';

/** Each piece within a function of its own, of one file. @returns the names of those in which something is reported */
async function reported(pieces: Record<string, string>): Promise<string[]> {
  const names = Object.keys(pieces);
  const text = names.map((name, index) => `async function f${index}(id: string, other: string, list: string[], n: number) {\n${pieces[name] ?? ''}\n}`).join('\n');
  return withProject({ 'a.ts': clients + text }, async (analyzer) => {
    const { findings } = await analyzer.check();
    return names.filter((_, index) =>
      findings.some(({ rule, file, start }) => rule === 'pipeline-not-transaction' && (analyzer.text(file) ?? '').slice(0, start).match(/async function f\d+/g)?.at(-1) === `async function f${index}`),
    );
  });
}

it('reports', async () => {
  const pieces = {
    'a transfer between fields': "return redis.pipeline().hincrby(`a:${id}`, 'held', -n).hincrby(`a:${other}`, 'held', n).exec();",
    'a move in other words': "const batch = redis.pipeline();\nbatch.zrem('waiting', id);\nbatch.get('x');\nbatch.rpush('ready', id);\nreturn batch.exec();",
    'an entity and its index, by a key in a variable': "const key = 'user:' + id;\nreturn client.multi().hSet(key, { id }).zAdd('users:by-age', { score: n, value: id }).execAsPipeline();",
    'an entity and its index, both removed': "const batch = redis.pipeline();\nbatch.srem('users', id);\nbatch.del(`user:${id}`);\nreturn batch.exec();",
    'a lookup of another key': "const batch = redis.pipeline();\nbatch.set(`user:${id}`, other);\nbatch.set(`user-by-mail:${other}`, id);\nreturn batch.exec();",
    'an entity and its index, both of one owner': 'return redis.pipeline().hset(`${other}:message:${id}`, { id }).zadd(`${other}:queue`, n, id).exec();',
    'an entity and its index, both under a prefix that is the kind': "const meta = JSON.parse(other);\nreturn redis.pipeline().set(meta.prefix + id, other).lpush(meta.prefix + 'stack', id).exec();",
    'the two sides of one relation': 'return redis.pipeline().sadd(`topic:${id}`, other).sadd(`subs:${other}`, id).exec();',
    'the two sides of one relation, both removed': 'return redis.pipeline().srem(`topic:${id}`, other).srem(`subs:${other}`, id).exec();',
    'a list of commands that names MULTI nowhere': "return redis.pipeline([['lrem', 'todo', '1', id], ['lpush', 'done', id]]).exec();",
  };
  expect(await reported(pieces)).toEqual(Object.keys(pieces));
});

it('keeps quiet about', async () => {
  const pieces = {
    'MULTI': "return redis.multi().srem('todo', id).sadd('done', id).exec();",
    'MULTI in a list': "return redis.pipeline([['multi'], ['srem', 'todo', id], ['sadd', 'done', id], ['exec']]).exec();",
    'other members': "return redis.pipeline().srem('todo', id).sadd('done', other).exec();",
    'other amounts': "return redis.pipeline().decrby('a', n).incrby('b', 1).exec();",
    'counters of one event': "return redis.pipeline().incr('visits').incr(`visits:${id}`).exec();",
    'one key': "return redis.pipeline().hset(`user:${id}`, { id }).expire(`user:${id}`, 60).exec();",
    'entries of a cache': "return redis.pipeline().set(`user:${id}`, other, 'EX', 60).sadd('users', id).exec();",
    'what has nothing to do with each other': "return redis.pipeline().hset(`user:${id}`, { id }).zadd('logins', n, id).exec();",
    'what has nothing to do with each other but the prefix of all keys': "const keyPrefix = process.env.P;\nreturn redis.pipeline().hset(`${keyPrefix}user:${id}`, { id }).zadd(`${keyPrefix}logins`, n, id).exec();",
    'what its owner is a member of': 'return redis.pipeline().hset(`${id}:profile`, { other }).sadd(`${id}:seen`, id).exec();',
    'one side of a relation, and something else': 'return redis.pipeline().sadd(`topic:${id}`, other).sadd(`subs:${other}`, n).exec();',
    'two branches': "const batch = redis.pipeline();\nif (n > 0) batch.srem('todo', id);\nelse batch.sadd('done', id);\nreturn batch.exec();",
    'very many': "const batch = redis.pipeline();\nfor (const one of list) {\n batch.hset(`user:${one}`, { one });\n batch.sadd('users', one);\n}\nreturn batch.exec();",
    'two pipelines': "await redis.pipeline().srem('todo', id).exec();\nawait redis.pipeline().sadd('done', id).exec();",
    'a pipeline that is handed in': 'const add = (batch: ReturnType<typeof redis.pipeline>) => batch.srem("todo", id).sadd("done", id);\nreturn add;',
  };
  expect(await reported(pieces)).toEqual([]);
});

it('keeps the spelling around the fix, and offers none on what may be a cluster', async () => {
  const fixes = (type: string): Promise<string[]> => {
    const text = `import type { Cluster, Redis } from 'ioredis'\r\nexport const move = (redis: ${type}, id: string) => {\r\n\tconst batch = redis.pipeline() /* both */\r\n\tbatch.srem('todo', id).sadd('done', id)\r\n\treturn batch.exec()\r\n}\r\n`;
    return withProject({ 'a.ts': text }, async (analyzer) => {
      const { findings } = await analyzer.check();
      return findings.filter(({ rule }) => rule === 'pipeline-not-transaction').flatMap((finding) => analyzer.fixes(finding).map(({ edits }) => applyEdits(text, edits).split('\r\n')[2] ?? ''));
    });
  };
  expect(await fixes('Redis')).toEqual(['\tconst batch = redis.multi() /* both */']);
  expect(await fixes('Redis | Cluster')).toEqual([]);
});
