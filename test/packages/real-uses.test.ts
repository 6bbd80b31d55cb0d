/** Code as people write it against each library and major, by every form of import: the analyzer sees the calls that the compiler sees through the real declarations. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ioredisUses, nodeRedisUses, redis3Uses, type Use } from '../analyzer/dialects/client-uses.ts';
import { differences } from '../support/real-differences.ts';
import { unlistedInVain } from '../support/real-methods.ts';
import { knownInUses } from './real-exceptions.ts';

const families: [uses: readonly Use[], packages: [library: string, major: number, range: string][]][] = [
  [ioredisUses, [['ioredis', 4, '^4'], ['ioredis', 5, '^5'], ['ioredis', 6, '^6'], ['iovalkey', 0, '^0']]],
  [redis3Uses, [['redis', 3, '^3']]],
  [nodeRedisUses, [['redis', 4, '^4'], ['redis', 5, '^5'], ['redis', 6, '^6'], ['@redis/client', 4, '^1'], ['@redis/client', 5, '^5'], ['@redis/client', 6, '^6']]],
];

const folder = mkdtempSync(join(tmpdir(), 'keyscope-uses-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const each = families.flatMap(([uses, packages]) => packages.map(([library, major, range]) => ({ uses, library, major, range })));

describe('as the real declarations have it', () => {
  it.each(each)('$library $major', async ({ uses, library, major, range }) => {
    const root = join(folder, `${library.replace('/', '+')}-${major}`);
    mkdirSync(root);
    writeFileSync(join(root, 'package.json'), JSON.stringify({ dependencies: { [library]: range } }));
    const chosen = uses.filter(({ majors }) => majors === undefined || majors.includes(major));
    for (const { name, file, text } of chosen) writeFileSync(join(root, `${name.replaceAll(/\W+/g, '-')}${extname(file ?? '/use.ts')}`), text.replaceAll('LIBRARY', library).replaceAll('; ', ';\n'));
    const { lines, calls } = await differences(root);
    expect(lines).toEqual((knownInUses[`${library} ${major}`] ?? []).flatMap((known) => known.lines).sort());
    expect(calls).toBeGreaterThan(chosen.length);
  });
});

it('knows of no difference in a library that is not there', () => {
  const names = new Set(each.map(({ library, major }) => `${library} ${major}`));
  expect(Object.keys(knownInUses).filter((name) => !names.has(name))).toEqual([]);
});

it('leaves out no member of node-redis in vain', () => {
  expect(unlistedInVain('node-redis')).toEqual([]);
});
