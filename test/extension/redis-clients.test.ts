import { describe, expect, it } from 'vitest';
import { dependsOnRedis, importsRedis } from '../../src/extension/language/redis-clients.ts';

describe('dependsOnRedis', () => {
  it.each([
    ['a dependency', { dependencies: { ioredis: '^5.0.0' } }],
    ['a development dependency', { devDependencies: { '@redis/client': '1' } }],
    ['a peer dependency', { peerDependencies: { redis: '*' } }],
    ['a package that takes a client', { dependencies: { bullmq: '5' } }],
    ['an alias', { dependencies: { cache: 'npm:ioredis@^5' } }],
    ['a scoped alias', { dependencies: { cache: 'npm:@redis/client@1' } }],
  ])('sees %s', (_, json) => expect(dependsOnRedis(JSON.stringify(json))).toBe(true));

  it.each([
    ['other packages', JSON.stringify({ dependencies: { redisson: '1', 'my-ioredis': '2', cache: 'npm:lru-cache@11' } })],
    ['a broken file', '{ "dependencies": {'],
    ['no object', '42'],
    ['fields of another shape', '{ "dependencies": "ioredis", "devDependencies": null }'],
  ])('is quiet for %s', (_, text) => expect(dependsOnRedis(text)).toBe(false));
});

describe('importsRedis', () => {
  it.each([
    `import Redis from 'ioredis';`,
    `import { createClient } from "redis"`,
    `const { createClient } = require('redis');`,
    `const redis = await import( 'redis' );`,
    `export { Redis } from 'ioredis/built/Redis';`,
    `import 'ioredis'`,
    `import type { RedisClientType } from '@redis/client';`,
  ])('sees %s', (text) => expect(importsRedis(text)).toBe(true));

  it.each([`import Redis from './ioredis';`, `const url = 'redis';`, `import { x } from 'redis-mock';`, `require("@upstash/redis")`])('is quiet for %s', (text) =>
    expect(importsRedis(text)).toBe(false),
  );
});
