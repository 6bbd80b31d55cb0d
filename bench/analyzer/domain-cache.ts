/** The file of a domain that talks to Redis: sound code beside what people get wrong. */
import type { Domain } from './domain.ts';
import { camel, pascal } from './words.ts';

export function cacheFile(domain: Domain): string[] {
  const [entity = ''] = domain.entities;
  const type = pascal(entity);
  const one = camel(entity);
  const namespace = domain.name;
  return [
    "import { redis } from '../../lib/redis.js';",
    "import { logger } from '../../lib/logger.js';",
    `import type { ${type} } from './models/${entity}.js';`,
    '',
    'const ttl = 3600;',
    '',
    `const ${one}${type}Key = (id: string): string => \`${namespace}:${entity}:\${id}\`;`,
    '',
    `export async function load${type}s(ids: readonly string[]): Promise<${type}[]> {`,
    `  const found: ${type}[] = [];`,
    '  for (const id of ids) {',
    `    const raw = await redis.get(${one}${type}Key(id));`,
    '    if (!raw) continue;',
    `    found.push(JSON.parse(raw) as ${type});`,
    '  }',
    '  return found;',
    '}',
    '',
    `export async function save${type}(${one}: ${type}): Promise<void> {`,
    `  await redis.set(${one}${type}Key(${one}.id), JSON.stringify(${one}));`,
    `  await redis.expire(${one}${type}Key(${one}.id), ttl);`,
    `  await redis.sadd('${namespace}:${entity}:all', ${one}.id);`,
    '}',
    '',
    `export async function forget${type}(id: string): Promise<void> {`,
    `  const removed = await redis.unlink(${one}${type}Key(id));`,
    `  await redis.srem('${namespace}:${entity}:all', id);`,
    "  if (removed === 0) logger.info('was not cached', { id });",
    '}',
    '',
    `export async function count${type}s(): Promise<number> {`,
    `  return (await redis.smembers('${namespace}:${entity}:all')).length;`,
    '}',
    '',
    `export async function clear${type}s(): Promise<void> {`,
    `  const keys = await redis.keys('${namespace}:${entity}:*');`,
    '  if (keys.length > 0) await redis.unlink(...keys);',
    '}',
    '',
    `export async function visit${type}(id: string): Promise<number> {`,
    `  const pipeline = redis.pipeline().incr(\`${namespace}:${entity}:\${id}:visits\`).expire(\`${namespace}:${entity}:\${id}:visits\`, 86_400);`,
    '  const replies = await pipeline.exec();',
    '  for (const [error] of replies ?? []) if (error) throw error;',
    '  return Number(replies?.[0]?.[1] ?? 0);',
    '}',
  ];
}
