/** The file of a domain that talks to Redis: sound code beside what people get wrong. */
import type { Domain } from './domain.ts';
import { camel, pascal } from './words.ts';

/** So many kinds of objects are cached in a large file that it has about 1,500 lines. */
const largeRepeats = 48;
/** Every tenth of them by the code that has something to say against it. */
const flawedEvery = 10;

export function cacheFile(domain: Domain, large: boolean): string[] {
  const [subject = ''] = domain.entities;
  const others = large ? Array.from({ length: largeRepeats }, (_, index) => domain.entities[index % domain.entities.length] ?? subject) : [];
  return [
    "import { redis } from '../../lib/redis.js';",
    "import { logger } from '../../lib/logger.js';",
    ...[...new Set([subject, ...others])].map((entity) => `import type { ${pascal(entity)} } from './models/${entity}.js';`),
    '',
    `const ttl = 3600;`,
    '',
    ...flawed(subject, pascal(subject), domain.name),
    ...others.flatMap((entity, index) => ['', ...(index % flawedEvery === 0 ? flawed : sound)(entity, `${pascal(entity)}${index}`, `${domain.name}:${index}`)]),
  ];
}

function flawed(entity: string, suffix: string, namespace: string): string[] {
  const type = pascal(entity);
  const one = camel(entity);
  return [
    `const ${one}${suffix}Key = (id: string): string => \`${namespace}:${entity}:\${id}\`;`,
    '',
    `export async function load${suffix}s(ids: readonly string[]): Promise<${type}[]> {`,
    `  const found: ${type}[] = [];`,
    '  for (const id of ids) {',
    `    const raw = await redis.get(${one}${suffix}Key(id));`,
    '    if (!raw) continue;',
    `    found.push(JSON.parse(raw) as ${type});`,
    '  }',
    '  return found;',
    '}',
    '',
    `export async function save${suffix}(${one}: ${type}): Promise<void> {`,
    `  await redis.set(${one}${suffix}Key(${one}.id), JSON.stringify(${one}));`,
    `  await redis.expire(${one}${suffix}Key(${one}.id), ttl);`,
    `  await redis.sadd('${namespace}:${entity}:all', ${one}.id);`,
    '}',
    '',
    `export async function forget${suffix}(id: string): Promise<void> {`,
    `  const removed = await redis.unlink(${one}${suffix}Key(id));`,
    `  await redis.srem('${namespace}:${entity}:all', id);`,
    "  if (removed === 0) logger.info('was not cached', { id });",
    '}',
    '',
    `export async function count${suffix}s(): Promise<number> {`,
    `  return (await redis.smembers('${namespace}:${entity}:all')).length;`,
    '}',
    '',
    `export async function clear${suffix}s(): Promise<void> {`,
    `  const keys = await redis.keys('${namespace}:${entity}:*');`,
    '  if (keys.length > 0) await redis.unlink(...keys);',
    '}',
    '',
    `export async function visit${suffix}(id: string): Promise<number> {`,
    `  const pipeline = redis.pipeline().incr(\`${namespace}:${entity}:\${id}:visits\`).expire(\`${namespace}:${entity}:\${id}:visits\`, 86_400);`,
    '  const replies = await pipeline.exec();',
    '  for (const [error] of replies ?? []) if (error) throw error;',
    '  return Number(replies?.[0]?.[1] ?? 0);',
    '}',
  ];
}

function sound(entity: string, suffix: string, namespace: string): string[] {
  const type = pascal(entity);
  const one = camel(entity);
  return [
    `const ${one}${suffix}Key = (id: string): string => \`${namespace}:${entity}:\${id}\`;`,
    '',
    `export async function load${suffix}s(ids: readonly string[]): Promise<Pick<${type}, 'id' | 'state'>[]> {`,
    '  if (ids.length === 0) return [];',
    '  const pipeline = redis.pipeline();',
    `  for (const id of ids) pipeline.hmget(${one}${suffix}Key(id), 'id', 'state');`,
    '  const replies = (await pipeline.exec()) ?? [];',
    '  return replies.flatMap(([error, value]) => {',
    '    if (error) throw error;',
    `    const [id, state] = value as [string | null, ${type}['state'] | null];`,
    '    return id === null || state === null ? [] : [{ id, state }];',
    '  });',
    '}',
    '',
    `export async function save${suffix}(${one}: ${type}): Promise<void> {`,
    `  const replies = await redis.multi().hset(${one}${suffix}Key(${one}.id), { id: ${one}.id, state: ${one}.state }).expire(${one}${suffix}Key(${one}.id), ttl).sadd('${namespace}:${entity}:all', ${one}.id).exec();`,
    '  for (const [error] of replies ?? []) if (error) throw error;',
    '}',
    '',
    `export async function forget${suffix}(id: string): Promise<void> {`,
    `  const removed = await redis.unlink(${one}${suffix}Key(id));`,
    `  await redis.srem('${namespace}:${entity}:all', id);`,
    "  if (removed === 0) logger.info('was not cached', { id });",
    '}',
    '',
    `export async function count${suffix}s(): Promise<number> {`,
    `  return redis.scard('${namespace}:${entity}:all');`,
    '}',
  ];
}
