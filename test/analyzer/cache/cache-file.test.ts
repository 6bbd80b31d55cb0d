import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CacheFile, folderBytes, largestBytes } from '../../../src/analyzer/cache/cache-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyscope-cache-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const textsOf = (file: CacheFile): string[] | undefined => file.read()?.map((text) => text());

describe('a cache file', () => {
  it('gives back what was written for the same place by the same maker', () => {
    const file = new CacheFile(folder, { root: '/a' }, { version: '1' });
    expect(textsOf(file)).toBeUndefined();
    file.write(['state', 'ü\u2028x']);
    expect(textsOf(file)).toEqual(['state', 'ü\u2028x']);
    expect(textsOf(new CacheFile(folder, { root: '/b' }, { version: '1' }))).toBeUndefined();
    const [name = ''] = readdirSync(folder);
    expect(readdirSync(folder)).toHaveLength(1);
    if (process.platform !== 'win32') expect(statSync(join(folder, name)).mode & 0o77).toBe(0);
  });

  it('is none to another version or build, which replaces it', () => {
    new CacheFile(folder, { root: '/a' }, { version: '1', build: 'x' }).write(['old']);
    const newer = new CacheFile(folder, { root: '/a' }, { version: '1', build: 'y' });
    expect(textsOf(newer)).toBeUndefined();
    newer.write(['new']);
    expect(textsOf(newer)).toEqual(['new']);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('is none under the name of another place, whatever its checksum', () => {
    const [a, b] = ['/a', '/b'].map((root) => new CacheFile(folder, { root }, {}));
    a?.write(['of a']);
    const [nameOfA = ''] = readdirSync(folder);
    b?.write(['of b']);
    const nameOfB = readdirSync(folder).find((name) => name !== nameOfA) ?? '';
    writeFileSync(join(folder, nameOfB), readFileSync(join(folder, nameOfA)));
    expect(b && textsOf(b)).toBeUndefined();
  });

  it('is none where the checksum holds and the header says nothing', () => {
    const file = new CacheFile(folder, {}, {});
    file.write(['x']);
    const [name = ''] = readdirSync(folder);
    const data = Buffer.from('no header');
    writeFileSync(join(folder, name), Buffer.concat([createHash('sha256').update(data).digest(), data]));
    expect(textsOf(file)).toBeUndefined();
  });

  it('is not written beyond its bound, and what is there stays', () => {
    const file = new CacheFile(folder, {}, {});
    file.write(['small']);
    file.write(['x'.repeat(largestBytes)]);
    expect(textsOf(file)).toEqual(['small']);
  });

  it('makes room by removing those not used for longest, its own kind alone', () => {
    const place = (name: string): string => join(folder, name);
    const sparse = (name: string, bytes: number, ageSeconds: number): void => {
      writeFileSync(place(name), '');
      truncateSync(place(name), bytes);
      const at = new Date(Date.now() - ageSeconds * 1000);
      utimesSync(place(name), at, at);
    };
    sparse('analysis-new.cache', folderBytes / 2, 10);
    sparse('analysis-old.cache', folderBytes / 2, 20);
    sparse('analysis-oldest.cache', 10, 30);
    sparse('analysis-left.cache.1-x.tmp', 10, 7200);
    sparse('typescript-x64.bin', folderBytes, 100);
    const file = new CacheFile(folder, {}, {});
    file.write(['mine']);
    expect(['analysis-new.cache', 'analysis-old.cache', 'analysis-oldest.cache', 'analysis-left.cache.1-x.tmp', 'typescript-x64.bin'].map((name) => existsSync(place(name)))).toEqual([true, false, false, false, true]);
    expect(textsOf(file)).toEqual(['mine']);
  });

  it('counts as used when it is touched', () => {
    const file = new CacheFile(folder, {}, {});
    file.touch();
    file.write(['x']);
    const [name = ''] = readdirSync(folder);
    utimesSync(join(folder, name), new Date(0), new Date(0));
    file.touch();
    expect(Date.now() - statSync(join(folder, name)).mtimeMs).toBeLessThan(60_000);
  });
});
