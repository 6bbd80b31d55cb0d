import { describe, expect, it } from 'vitest';
import { differences } from '../../scripts/client-declarations/differences.ts';
import { specs } from '../../scripts/client-declarations/specs.ts';

// The packages come from the registry, once, into .cache/client-packages.
describe('our declarations hold every public member and export of the real package, and no other', () => {
  it.each(specs.map((spec) => [spec.name, spec] as const))('%s', (_name, spec) => {
    expect(differences(spec)).toEqual([]);
  });
});
