/** Every fix that Keyscope has for the example, applied by the command line: the shop still type-checks, and still sells plants. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pc from 'picocolors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedShop } from '../../examples/shop/seed/seed.ts';
import { exampleShop, installExampleShop } from '../../scripts/lib/example-shop.ts';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { run as cli } from '../../src/cli/run.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { rules } from '../../src/analyzer/rules/index.ts';
import { analyse } from '../packages/analyse.ts';
import { shopAfternoon } from '../support/shop-afternoon.ts';

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'keyscope-shop-'));
const shop = join(folder, 'shop');
let redis: RunningRedis;

beforeAll(async () => {
  await installExampleShop();
  cpSync(exampleShop, shop, { recursive: true, filter: (path) => !path.includes('node_modules') });
  symlinkSync(join(exampleShop, 'node_modules'), join(shop, 'node_modules'), 'junction');
  redis = await startRedis();
}, 300_000);

afterAll(async () => {
  await redis?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** `keyscope fix` in the copy; findings that are left give exit code 1, which is no failure here. */
async function fix(...args: string[]): Promise<void> {
  let said = '';
  const say = (text: string): void => void (said += text);
  const terminal: Terminal = { out: say, err: say, colors: pc.createColors(false), columns: undefined, showsProgress: false, env: {} };
  const code = await cli(['fix', '--cwd', shop, ...args], terminal);
  if (code !== 0 && code !== 1) throw new Error(`keyscope fix ${args.join(' ')} ended with ${code ?? 'nothing'}:\n${said}`);
}

const typeCheck = () => run(process.execPath, [resolve(repository, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', shop]).catch((error: { stdout?: string }) => {
  throw new Error(error.stdout ?? String(error));
});

async function sellPlants(): Promise<void> {
  await seedShop(redis.url);
  const services = await shopAfternoon(shop, redis.url);
  expect(await Promise.all(services.map((service) => service.stop()))).toEqual([0, 0, 0]);
  await redis.stop();
  redis = await startRedis();
}

/** Findings that no fix is right for, each with its reason. */
const notFixed: string[] = [
  // LPOP with COUNT would take mails that a crash of send() then loses.
  "worker/orders.js no-command-in-loop: while ((mail = await redis.lpop('emails:outbox'))) {",
  // Which members are done with, and what a request may name, is the shop's to say.
  "backoffice/stock.ts unbounded-growth: client.zAdd('stock:deliveries', { score: Date.now(), value: sku }),",
  "storefront/app.ts unbounded-growth: const added = await redis.sadd('newsletter:subscribers', String(req.body.email));",
  // In one MULTI with its EXPIRE, as another fix has written it: parts within it would hold the server as long.
  'storefront/favourites.ts unbounded-variadic: .sadd(`share:${link}`, ...all)',
  "storefront/search.ts unbounded-growth: await redis.zincrby('search:terms', 1, query);",
  'storefront/pages.ts tainted-key: for await (const batch of redis.scanStream({ match: `page:${prefix}*`, count: 1000 })) {',
  // A script is defined where its client is made, which is in another file.
  'backoffice/stock.ts dynamic-eval: const left = Number(await client.eval(RESERVE, { keys: [`stock:${sku}`], arguments: [String(quantity)] }));',
].sort();

describe('examples/shop, fixed', () => {
  it('by the safe fixes alone', async () => {
    const before = (await analyse(shop)).findings.length;
    await fix();
    expect((await analyse(shop)).findings.length).toBeLessThan(before - 8);
    await typeCheck();
    await sellPlants();
  }, 180_000);

  it('by the suggestions of every rule as well', async () => {
    for (const { meta } of rules) await fix('--suggest', '--rule', meta.id);
    await typeCheck();
    await sellPlants();
    const left = (await analyse(shop)).findings.map(({ rule, file, text }) => `${file} ${rule}: ${text}`);
    expect(left.sort()).toEqual(notFixed);
  }, 240_000);
});
