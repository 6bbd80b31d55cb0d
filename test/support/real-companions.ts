/** What else the projects import and what hands clients on (frameworks, queues): the real packages, so that their types say where a client goes. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const packages = [
  'express@5.3.0', '@types/express@5.0.6', 'fastify@5.12.8', '@types/koa@3.0.3', 'hono@4.13.19', '@nestjs/common@12.5.1', 'rxjs@7.8.2', '@hapi/hapi@21.4.10',
  'socket.io@4.8.4', '@socket.io/redis-adapter@8.3.0', 'bullmq@5.81.5', '@upstash/redis@1.39.0', '@types/aws-lambda@8.10.164', '@types/pg@8.23.1', 'node-cache@5.1.2',
];

const home = resolve(import.meta.dirname, '../../.cache/companion-packages').replaceAll('\\', '/');
let isInstalled = false;

/** The folder that holds their `node_modules`; installed at the first call, without running scripts of theirs. */
export function companionHome(): string {
  const manifest = `${home}/package.json`;
  const wanted = packages.join(' ');
  isInstalled ||= existsSync(manifest) && readFileSync(manifest, 'utf8').includes(JSON.stringify(wanted));
  if (!isInstalled) {
    mkdirSync(home, { recursive: true });
    writeFileSync(manifest, '{ "private": true }');
    execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], { cwd: home, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
    // Last, so that an installation which was broken off is made again.
    writeFileSync(manifest, JSON.stringify({ private: true, description: wanted }));
    isInstalled = true;
  }
  return home;
}
