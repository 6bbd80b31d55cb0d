/** The real client libraries, every supported major side by side, installed at test time into .cache/clients/<name>. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withFolderLock } from '../../../scripts/lib/folder-lock.ts';

/** As a case names it: library, `@`, major. */
export const clientVersions = {
  'ioredis@4': { dependency: { ioredis: '4.31.0' }, also: { '@types/ioredis': '4.28.10' } },
  'ioredis@5': { dependency: { ioredis: '5.11.1' }, also: { bullmq: '5.81.5' } },
  'ioredis@6': { dependency: { ioredis: '6.0.0' }, also: { bullmq: '6.7.0' } },
  'iovalkey@0': { dependency: { iovalkey: '0.4.0' }, also: {} },
  'redis@3': { dependency: { redis: '3.1.2' }, also: { '@types/redis': '2.8.32' } },
  'redis@4': { dependency: { redis: '4.7.1' }, also: {} },
  'redis@5': { dependency: { redis: '5.12.1' }, also: {} },
  'redis@6': { dependency: { redis: '6.3.1' }, also: {} },
} as const;

export type ClientName = keyof typeof clientVersions;

export const isClientName = (name: string): name is ClientName => Object.hasOwn(clientVersions, name);

const cache = fileURLToPath(new URL('../../../.cache/clients/', import.meta.url));

/** The folder from which `import 'ioredis'` finds that version. */
export const clientFolder = (client: ClientName): string => join(cache, client.replace('@', '-'));

/** Installs what is not there yet; safe to call from several processes. Rejects with npm's own words. */
export async function installClients(clients: readonly ClientName[]): Promise<void> {
  for (const client of clients) await install(client);
}

async function install(client: ClientName): Promise<void> {
  const folder = clientFolder(client);
  const { dependency, also } = clientVersions[client];
  const manifest = `${JSON.stringify({ private: true, dependencies: { ...dependency, ...also } }, null, 2)}\n`;
  const done = join(folder, 'installed.json');
  const isDone = (): boolean => existsSync(done) && readFileSync(done, 'utf8') === manifest;
  if (isDone()) return;
  mkdirSync(folder, { recursive: true });
  await withFolderLock(`${folder}.lock`, async () => {
    if (isDone()) return;
    writeFileSync(join(folder, 'package.json'), manifest);
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--prefer-offline'], { cwd: folder });
    writeFileSync(done, manifest);
  });
}
