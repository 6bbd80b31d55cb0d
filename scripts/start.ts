/** `npm start`: a Redis with example data, the findings of examples/shop, and both of them in VS Code. See `startUsage`. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedShop } from '../examples/shop/seed/seed.ts';
import { parseRedisUrl } from '../src/server/index.ts';
import type { ConnectionSpec } from '../src/server/index.ts';
import { bundleAll, repository } from './lib/bundle.ts';
import { exampleShop, installExampleShop } from './lib/example-shop.ts';
import { openVSCode } from './lib/open-vscode.ts';
import { reachServer } from './lib/reach-server.ts';
import { startRedis } from './lib/redis-server.ts';
import { runProcess } from './lib/run-process.ts';
import { addressOf, connectionSetting, parseStartOptions, startUsage } from './lib/start-options.ts';
import type { StartOptions } from './lib/start-options.ts';

const PACKAGE_LIMIT_MS = 180_000;
/** A file of the example with several findings, to begin with. */
const FIRST_FILE = join(exampleShop, 'storefront', 'recommendations.ts');

/** What has been started, ended in reverse order. */
const started: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of started.reverse()) await stop().catch((error: unknown) => console.error(messageOf(error)));
  })();
  return stopping;
}

async function main(): Promise<void> {
  const options = optionsOrExit();
  const { server, name } = await aServer(options);
  await step('Building Keyscope', async () => {
    await bundleAll();
  }, 'If a file of src/ does not compile, npm run types says where.');
  await printFindings();
  if (!options.open) return;

  await step('', () => installExampleShop(), 'Without its packages, TypeScript reports missing modules in the window.');
  const vsix = await step('Packaging the extension', packageExtension, 'npm run package shows more.');
  const { setting, env } = connectionSetting(name, server, options.server !== undefined);
  const vscode = await step(
    'Opening examples/shop in VS Code',
    () => openVSCode({ vsix, folder: exampleShop, file: FIRST_FILE, settings: { 'keyscope.connections': [setting] }, env: { ...env, KEYSCOPE_SHOW: 'keys' } }),
    'The findings above need no VS Code: npm start -- --no-open stops after them.',
  );
  started.push(() => vscode.stop());
  console.log(`\nVS Code  ${vscode.where}\nRedis    ${addressOf(server)}\nCtrl-C stops what this command has started.`);
  await vscode.closed;
}

function optionsOrExit(): StartOptions {
  try {
    const options = parseStartOptions(process.argv.slice(2));
    if (!options.help) return options;
    console.log(startUsage);
    process.exit(0);
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${startUsage}`);
    process.exit(2);
  }
}

/** Ours, seeded; or the person's, looked at and left as it is. */
async function aServer(options: StartOptions): Promise<{ server: ConnectionSpec; name: string }> {
  const given = options.server;
  if (given !== undefined) {
    await step(`Connecting to ${addressOf(given)} (read-only, nothing is written to it)`, () => reachServer(given), '');
    return { server: given, name: given.path ?? `${given.host ?? '127.0.0.1'}:${given.port ?? 6379}` };
  }
  const redis = await step('Starting a Redis of our own, without persistence', () => startRedis(), 'Or browse one that you have: npm start -- --url redis://…');
  started.push(() => redis.stop());
  const { keys } = await step('Seeding it with the example data', () => seedShop(redis.url), 'This is our own mistake: please report it.');
  console.log(`Redis with ${keys} keys on ${redis.url}`);
  return { server: parseRedisUrl(redis.url), name: 'Example data' };
}

/** By the built command line, as anybody would run it. Findings are no failure here. */
function printFindings(): Promise<void> {
  const args = [join(repository, 'dist', 'cli.js'), 'check', '--cwd', exampleShop];
  console.log('\n$ keyscope check --cwd examples/shop');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: repository, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0 || code === 1) resolve();
      else reject(new Error(`keyscope check ended with ${code ?? 'a signal'}: see above. npm run build, then node dist/cli.js check --cwd examples/shop, shows it alone.`));
    });
  });
}

async function packageExtension(): Promise<string> {
  const packed = await runProcess(process.execPath, [join(repository, 'scripts/bootstrap.mjs'), 'scripts/package.ts'], { cwd: repository, limitMs: PACKAGE_LIMIT_MS });
  const { name, version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { name: string; version: string };
  const file = join(repository, `${name}-${version}.vsix`);
  if (packed.code !== 0 || !existsSync(file)) throw new Error(`npm run package failed:\n${packed.output.trim()}`);
  return file;
}

/** One line before; when it fails, what to do beside what went wrong, where that does not say it itself. */
async function step<T>(what: string, run: () => Promise<T>, advice: string): Promise<T> {
  if (what !== '') console.log(`${what} …`);
  try {
    return await run();
  } catch (error) {
    throw new Error([messageOf(error), advice].filter(Boolean).join('\n'), { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping !== undefined) return;
    console.log('\nStopping …');
    void stopAll().then(() => process.exit(0));
  });
}

main()
  .then(stopAll)
  .then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(`\n${messageOf(error)}`);
      void stopAll().then(() => process.exit(1));
    },
  );
