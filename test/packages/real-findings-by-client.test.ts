/**
 * As real-findings.test.ts, for each client library and major: the code before the fixes that are proven by running them, and code as people
 * write it by every form of import.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ioredisUses, nodeRedisUses, redis3Uses, type Use } from '../analyzer/dialects/client-uses.ts';
import { readCases } from '../fixes/lib/cases.ts';
import { clientVersions, type ClientName } from '../fixes/lib/clients.ts';
import { findingDifferences } from '../support/real-findings.ts';
import { knownInClients } from './real-finding-exceptions.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyscope-by-client-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cases = readCases();
const clients = Object.keys(clientVersions) as ClientName[];

it.each(clients)('%s', async (client) => {
  const { findings, facts, found } = await findingDifferences(layOut(client));
  const known = knownInClients[client] ?? [];
  expect([...findings, ...facts]).toEqual([...known.flatMap(({ findings: lines = [] }) => [...lines]).sort(), ...known.flatMap(({ facts: lines = [] }) => [...lines]).sort()]);
  expect(found).toBeGreaterThan(cases.filter((one) => one.clients.includes(client)).length);
});

it('knows of no difference in a library that is not there', () => {
  expect(Object.keys(knownInClients).filter((name) => !clients.includes(name as ClientName))).toEqual([]);
});

/** @returns the root of a project that has all of it in two folders */
function layOut(client: ClientName): string {
  const root = join(folder, client);
  write(join(root, 'package.json'), JSON.stringify({ dependencies: clientVersions[client].dependency }));
  for (const { name, before } of cases.filter((one) => one.clients.includes(client))) {
    for (const [path, text] of before) write(join(root, 'fixes', name, path), text);
  }
  const [library = '', major] = client.split('@');
  for (const { name, file, text, majors } of usesOf(client)) {
    if (majors === undefined || majors.includes(Number(major))) write(join(root, 'uses', name.replaceAll(/\W+/g, '-') + extname(file ?? '/use.ts')), text.replaceAll('LIBRARY', library).replaceAll('; ', ';\n'));
  }
  return root;
}

function usesOf(client: ClientName): readonly Use[] {
  if (client === 'redis@3') return redis3Uses;
  return client.startsWith('redis') ? nodeRedisUses : ioredisUses;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
