/** `npm start` as a person runs it: a process of its own, looked at from outside. */
import { resolve } from 'node:path';
import { Redis } from 'ioredis';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../scripts/lib/chromium.ts';
import { installExampleShop } from '../../scripts/lib/example-shop.ts';
import { answersPing, startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { chromiumArgs } from '../../scripts/lib/vscode-suite.ts';
import { startService } from '../support/service.ts';
import type { Service } from '../support/service.ts';

const repository = resolve(import.meta.dirname, '../..');
const running: Service[] = [];
/** Somebody else's server, which must not be touched. */
let bystander: RunningRedis;

beforeAll(async () => {
  await installExampleShop();
  bystander = await startRedis({ args: ['--requirepass', 's3cret'] });
});

afterAll(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await bystander?.stop();
});

/** No desktop VS Code: a `code` on this machine's PATH would open a window. */
function start(...args: string[]): Service {
  const service = startService([resolve(repository, 'scripts/bootstrap.mjs'), 'scripts/start.ts', ...args], { cwd: repository, env: { VSCODE_IPC_HOOK_CLI: 'none', NO_COLOR: '1' } });
  running.push(service);
  return service;
}

describe('npm start -- --no-open', () => {
  it('prints the findings of the example, and ends with its Redis stopped', async () => {
    const service = start('--no-open');
    expect(await service.ended, service.log()).toBe(0);
    expect(service.log()).toMatch(/Redis with [\d,]+ keys on redis:\/\/127\.0\.0\.1:\d+/);
    expect(service.log()).toMatch(/storefront\/recommendations\.ts:\d+:\d+ .*no-command-in-loop/);
    expect(service.log()).toMatch(/backoffice\/reports\.ts:\d+:\d+ .*no-keys/);
    expect(service.log()).toMatch(/worker\/nightly\.js:\d+:\d+ .*no-keys/);
    expect(await answersPing(portIn(service, /keys on (\S+)/))).toBe(false);
  });

  it('looks at a given server without writing to it or telling its password', async () => {
    const client = new Redis(bystander.url, { password: 's3cret' });
    await client.set('mine', '1');
    await client.config('RESETSTAT');
    const service = start('--no-open', '--url', `redis://:s3cret@127.0.0.1:${bystander.port}?db=3`);
    expect(await service.ended, service.log()).toBe(0);
    expect(service.log()).toContain(`Connecting to redis://127.0.0.1:${bystander.port}/3 (read-only`);
    expect(service.log()).not.toContain('s3cret');
    expect(await client.dbsize()).toBe(1);
    const used = [...(await client.info('commandstats')).matchAll(/^cmdstat_([^:]+):/gm)].map(([, name]) => name);
    const harmless = ['auth', 'hello', 'info', 'ping', 'select', 'client|setinfo', 'client|setname', 'client|no-touch', 'command', 'command|info', 'dbsize', 'scan', 'config|get', 'config|resetstat'];
    expect(used.filter((name) => name !== undefined && !harmless.includes(name))).toEqual([]);
    client.disconnect();
  });

  it.each([
    [['--url', 'redis://:wrong-s3cret@127.0.0.1:PORT'], 1, /refuses this user and password/, 'Check both'],
    [['--url', 'redis://127.0.0.1:1'], 1, /Nothing listens at redis:\/\/127\.0\.0\.1:1\./, 'Is the server running, and is the port right?'],
    [['--url', 'http://127.0.0.1'], 2, /--url: .*Type redis:\/\/host:6379/, 'Usage: npm start'],
    [['--url', 'redis://:s3cret%@127.0.0.1'], 2, /--url: .*Write % itself as %25/, 'Usage: npm start'],
    [['--no-opne'], 2, /--no-opne/, 'Usage: npm start'],
  ] as const)('%s ends with %i and says what to do', async (args, code, reason, advice) => {
    const service = start(...args.map((arg) => arg.replace('PORT', String(bystander.port))));
    expect(await service.ended, service.log()).toBe(code);
    expect(service.log()).toMatch(reason);
    expect(service.log()).toContain(advice);
    expect(service.log()).not.toContain('s3cret');
  });
});

describe('npm start', () => {
  it('opens the example and its Redis in VS Code; Ctrl-C stops what it started and nothing else', async () => {
    const service = start();
    const [, url = ''] = await service.waitFor(/VS Code {2}(http:\S+)/, 280_000);
    const redisPort = portIn(service, /Redis {4}(\S+)/);
    expect(await answersPing(redisPort)).toBe(true);

    const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(url);
      await page.locator('.squiggly-warning, .squiggly-error').first().waitFor({ timeout: 120_000 });
      // Connected by itself, and expanded down to the namespaces.
      const tree = page.getByRole('tree', { name: 'Keys' });
      await tree.getByRole('treeitem', { name: /Example data/ }).waitFor({ timeout: 120_000 });
      const database = tree.getByRole('treeitem', { name: /Database 0/ });
      await database.waitFor({ timeout: 120_000 });
      if ((await database.getAttribute('aria-expanded')) !== 'true') await database.locator('.monaco-tl-twistie').click();
      await tree.getByRole('treeitem', { name: /Namespace cart/ }).waitFor({ timeout: 60_000 });
    } finally {
      await browser.close();
    }

    const vscodePort = Number(new URL(url).port);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(302);
    expect(await service.stop('SIGINT'), service.log()).toBe(0);
    expect(service.log()).toContain('Stopping …');
    expect(await answersPing(redisPort)).toBe(false);
    await expect(fetch(`http://127.0.0.1:${vscodePort}/`)).rejects.toThrow();
    expect(await answersPing(bystander.port)).toBe(true);
  });
});

function portIn(service: Service, pattern: RegExp): number {
  return Number(new URL(pattern.exec(service.log())?.[1] ?? 'redis://none').port);
}
