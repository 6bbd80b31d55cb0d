import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder } from '../../src/compiler/cache-folder.ts';
import { CodeCache } from '../../src/compiler/code-cache.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyscope-code-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const source = '(function () { return 41 + 1; })';
const compiled = (): Buffer => new Script(source).createCachedData();

describe('the code cache', () => {
  it('gives back what V8 takes', () => {
    const cache = new CodeCache(folder, 'script', '1');
    expect(cache.read()).toBeUndefined();
    cache.write(compiled());
    const cachedData = cache.read();
    const script = new Script(source, { cachedData });
    expect(cachedData).toBeDefined();
    expect(script.cachedDataRejected).toBe(false);
  });

  it('never gives back what somebody has changed, and is written anew', () => {
    const cache = new CodeCache(folder, 'script', '1');
    cache.write(compiled());
    const [file = ''] = readdirSync(folder);
    const bytes = readFileSync(join(folder, file));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(join(folder, file), bytes);
    expect(cache.read()).toBeUndefined();
    writeFileSync(join(folder, file), 'short');
    expect(cache.read()).toBeUndefined();
    cache.write(compiled());
    expect(cache.read()).toBeDefined();
  });

  it('keeps one file per script, and none of another text', () => {
    new CodeCache(folder, 'script', '1').write(compiled());
    expect(new CodeCache(folder, 'script', '2').read()).toBeUndefined();
    new CodeCache(folder, 'script', '2').write(compiled());
    new CodeCache(folder, 'other', '1').write(compiled());
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('does without where it may not write', () => {
    writeFileSync(join(folder, 'file'), '');
    const cache = new CodeCache(join(folder, 'file'), 'script', '1');
    cache.write(compiled());
    expect(cache.read()).toBeUndefined();
  });
});

it('stands where the platform keeps caches', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/x/keyscope');
  expect(cacheFolder({}, 'darwin')).toMatch(/Library\/Caches\/keyscope$/);
  expect(cacheFolder({ LOCALAPPDATA: 'C:/L' }, 'win32')).toMatch(/keyscope.Cache$/);
  expect(cacheFolder({ KEYSCOPE_CACHE: '/y', XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/y');
});
