/**
 * Every fix proven by running it. How to add a case: test/fixes/lib/cases.ts. How it is proven, for each version of the
 * client library that the case names:
 *   1. the analyzer is given `before` and the named fix is applied to each finding: the text has to be `after`, to the letter,
 *      and the fix has to be of the kind, and declare to keep, what the case says;
 *   2. both sides are type-checked with the real package's declarations (strict, no unused names);
 *   3. both sides are executed (but for `notExecuted`) against a real Redis, seeded alike: replies, printed values, uncaught errors, the keyspace with
 *      its TTLs, and round trips (or the longest single call) are held against what the fix declares to keep.
 *
 *   KEYSCOPE_FIXES=no-keys/array  npx vitest run --project fixes    only cases whose `<rule>/<case>` contains that
 *   KEYSCOPE_UPDATE_FIXES=1       …                                 only writes `after` where it is missing or differs: read it, then run without
 */
import { afterAll, describe, expect, it } from 'vitest';
import { readCases } from './cases.ts';
import type { ClientName } from './clients.ts';
import { proveByExecution, proveText } from './proof.ts';
import { TestServers } from './servers.ts';

/** Registers the tests for the clients that `isOurs` takes: a test file for each library, so that two run beside each other. */
export function runFixes(isOurs: (client: ClientName) => boolean): void {
  const cases = readCases(undefined, process.env['KEYSCOPE_FIXES']);
  const update = process.env['KEYSCOPE_UPDATE_FIXES'] !== undefined;
  const servers = new TestServers();
  afterAll(() => servers.stop());

  /** All cases of a client are type-checked and executed at once, when the first of them is asked for. */
  const proofs = new Map<ClientName, Promise<Map<string, string[]>>>();
  const executed = (client: ClientName): Promise<Map<string, string[]>> => {
    let proof = proofs.get(client);
    if (!proof) {
      proof = proveByExecution(cases.filter(({ clients, after }) => clients.includes(client) && after !== undefined), client, servers);
      proofs.set(client, proof);
    }
    return proof;
  };

  const clients = [...new Set(cases.flatMap((one) => one.clients))].filter(isOurs).sort();
  // Where KEYSCOPE_FIXES leaves none of this library, vitest still asks for a test.
  if (clients.length === 0) it.skip('no case');
  describe.each(clients)('%s', (client) => {
    it.each(cases.filter((one) => one.clients.includes(client)).map((one) => [one.name, one] as const))('%s', async (name, fixCase) => {
      const failures = await proveText(fixCase, client, { update });
      // What has just been written is read by a person, and then proven by another run.
      if (!update) failures.push(...(fixCase.after ? ((await executed(client)).get(name) ?? []) : ['there is no after.* (see KEYSCOPE_UPDATE_FIXES)']));
      expect(failures).toEqual([]);
    }, 300_000);
  });
}
