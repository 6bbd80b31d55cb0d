/** The server itself is the oracle. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { matchesGlob } from '../../src/redis/glob.ts';
import { connect } from '../../src/server/index.ts';
import type { ServerConnection } from '../../src/server/index.ts';

let server: RunningRedis;
let connection: ServerConnection;

beforeAll(async () => {
  server = await startRedis();
  connection = await connect({ host: server.host, port: server.port }, { readOnly: false });
});
afterAll(async () => {
  connection.close();
  await server.stop();
});

it('matches what SCAN matches', async () => {
  let seed = 7;
  const next = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  const text = (alphabet: string, length: number) => Array.from({ length }, () => alphabet[next(alphabet.length)]).join('');
  const keys = [...new Set(Array.from({ length: 300 }, () => text('ab-]\\^*é', 1 + next(5))))];
  await connection.pipeline(keys.map((key) => ['SET', key, '1'] as const));
  for (let n = 0; n < 400; n++) {
    const pattern = text('ab-][\\^*?é', 1 + next(6));
    const [, found] = (await connection.command('SCAN', ['0', 'COUNT', '10000', 'MATCH', pattern])) as [unknown, Buffer[]];
    const expected = found.map(String).sort();
    expect({ pattern, found: keys.filter((key) => matchesGlob(pattern, key)).sort() }).toEqual({ pattern, found: expected });
  }
});
