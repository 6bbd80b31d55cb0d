import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NAMES_PER_PAGE } from '../../src/extension/keys/key-listing.ts';
import { MAX_ELEMENTS } from '../../src/keyspace/value.ts';
import { formatCount } from '../../src/redis/format.ts';

interface Manifest {
  contributes: {
    configuration: { properties: Record<string, { description?: string }> };
    menus: { 'view/item/context': { command: string; when: string }[] };
  };
}
const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as Manifest;

it('tells the limits as the code has them', () => {
  const told = (setting: string): string => contributes.configuration.properties[setting]?.description ?? '';
  expect(told('keyscope.keys.pageSize')).toContain(formatCount(NAMES_PER_PAGE));
  expect(told('keyscope.keys.valueLimit')).toContain(`${formatCount(MAX_ELEMENTS)} elements`);
});

it('offers to allow writes only where they can be allowed', () => {
  const offered = (context: string): boolean[] =>
    contributes.menus['view/item/context'].filter(({ command }) => command === 'keyscope.allowWrites').map(({ when }) => new RegExp(/viewItem =~ \/(.*)\//.exec(when)?.[1] ?? '').test(context));
  expect(offered('connection ready readonly')).toEqual([true, true]);
  expect(offered('connection ready locked')).toEqual([false, false]);
  expect(offered('connection ready writable')).toEqual([false, false]);
});
