import type { Spec } from './common.ts';
import { ioredisSpec } from './ioredis.ts';
import { nodeRedisSpec } from './node-redis.ts';
import { redis3Spec } from './redis-3.ts';

/** One declaration file per library and major. A new release of a library: raise its version here and run the generator. */
export const specs: Spec[] = [
  ioredisSpec({ name: 'ioredis-4', module: 'ioredis', major: 4, packages: ['ioredis@4.31.0', '@types/ioredis@4.28.10', '@types/node@20'] }),
  ioredisSpec({ name: 'ioredis-5', module: 'ioredis', major: 5, packages: ['ioredis@5.11.1', '@types/node@20'] }),
  ioredisSpec({ name: 'ioredis-6', module: 'ioredis', major: 6, packages: ['ioredis@6.0.0', '@types/node@20'] }),
  ioredisSpec({ name: 'iovalkey-0', module: 'iovalkey', major: 5, packages: ['iovalkey@0.4.0', '@types/node@20'] }),
  redis3Spec,
  nodeRedisSpec({ major: 4, packages: ['redis@4.7.1', '@types/node@20'] }),
  nodeRedisSpec({ major: 5, packages: ['redis@5.12.1', '@types/node@20'] }),
  nodeRedisSpec({ major: 6, packages: ['redis@6.3.1', '@types/node@20'] }),
];
