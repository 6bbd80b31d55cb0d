import { describe, expect, it } from 'vitest';
import type { Spec } from '../../scripts/client-declarations/common.ts';
import { differences } from '../../scripts/client-declarations/differences.ts';
import { specs } from '../../scripts/client-declarations/specs.ts';

// The packages come from the registry, once, into .cache/client-packages.
describe('our declarations hold every export and public member of the real package, and no other member', () => {
  it.each(specs.map((spec) => [spec.name, spec] as const))('%s', (_name, spec) => {
    expect(differences(spec)).toEqual([]);
  });
});

/** `redis` brings these; in @redis/client they are there where the code gives them to createClient(), and our file is the same for both. */
const modules = ['bf', 'cf', 'cms', 'tDigest', 'topK', 'ft', 'json', 'ts', 'graph'];

/** What is said of `redis`, asked of the package that it is made of. */
function ofClientPackage(spec: Spec): Spec {
  const instead = (type: string): string => type.replaceAll("import('redis').RedisDefaultModules", '{}').replaceAll("import('redis')", "import('@redis/client')");
  const isModule = (type: string): boolean => modules.some((name) => type.endsWith(`['${name}']`));
  return {
    ...spec,
    module: '@redis/client',
    comparisons: spec.comparisons.filter(({ real }) => !isModule(real)).map(({ real, ours }) => ({ real: instead(real), ours: instead(ours), extra: modules })),
  };
}

describe('and of @redis/client, modules apart', () => {
  it.each(specs.filter(({ name }) => /^redis-[4-9]/.test(name)).map((spec) => [spec.name, spec] as const))('as in %s', (_name, spec) => {
    const own = ofClientPackage(spec);
    expect(own.comparisons.length).toBeGreaterThan(3);
    expect(differences(own)).toEqual([]);
  });
});

it('of every supported major', () => {
  expect(specs.map(({ name }) => name)).toEqual(['ioredis-4', 'ioredis-5', 'ioredis-6', 'iovalkey-0', 'redis-3', 'redis-4', 'redis-5', 'redis-6']);
});
