import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { whyInstall } from '../../scripts/lib/npm-ci.mjs';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'keyscope-npm-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function lock(file: string, packages: Record<string, object>): void {
  writeFileSync(join(folder, file), JSON.stringify({ packages }));
}

it('installs when packages are missing or other than the lock file says, and only then', () => {
  lock('package-lock.json', { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/other-platform': { version: '1.0.0', optional: true } });
  expect(whyInstall(folder)).toBe('node_modules is missing');
  mkdirSync(join(folder, 'node_modules'));
  expect(whyInstall(folder)).toBe('node_modules is incomplete');
  lock('node_modules/.package-lock.json', { 'node_modules/a': { version: '0.9.0' } });
  expect(whyInstall(folder)).toBe('node_modules/a is not 1.0.0, as package-lock.json says');
  lock('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
  expect(whyInstall(folder)).toBeUndefined();
});
