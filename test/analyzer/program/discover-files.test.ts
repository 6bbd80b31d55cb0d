import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discoverFiles, isLeftOut, isSourcePath, largestFile } from '../../../src/analyzer/program/discover-files.ts';
import type { Config } from '../../../src/config/config.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keyscope-discover-')).replaceAll('\\', '/');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

function names(files: readonly string[], from = root): string[] {
  return files.map((file) => file.slice(from.length + 1));
}

function sources(configFor?: (file: string) => Config, from = root): string[] {
  return names(discoverFiles({ root: from, configFor }).sources, from);
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe('discoverFiles', () => {
  it('finds every source extension, in a stable order, declarations and project files apart', () => {
    write({
      'b.ts': '', 'a.tsx': '', 'c.mts': '', 'd.cts': '', 'e.js': '', 'f.jsx': '', 'g.mjs': '', 'h.cjs': '',
      'types.d.ts': '', 'types.d.mts': '', 'style.d.css.ts': '', 'read.me': '', 'data.json': '',
      'package.json': '{}', 'sub/tsconfig.build.json': '{}', 'sub/keyscope.config.json': '{}', 'sub/deep/x.ts': '',
    });
    const found = discoverFiles({ root });
    expect(names(found.sources)).toEqual(['a.tsx', 'b.ts', 'c.mts', 'd.cts', 'e.js', 'f.jsx', 'g.mjs', 'h.cjs', 'sub/deep/x.ts']);
    expect(names(found.declarations)).toEqual(['style.d.css.ts', 'types.d.mts', 'types.d.ts']);
    expect(names(found.projectFiles)).toEqual(['package.json', 'sub/keyscope.config.json', 'sub/tsconfig.build.json']);
  });

  it('leaves out packages, build output, minified and huge files, and symbolic links', () => {
    write({
      'src/app.ts': '', 'node_modules/x/index.js': '', 'packages/p/node_modules/y/i.js': '', 'dist/app.js': '', 'build/app.js': '',
      'out/app.js': '', 'coverage/l.js': '', '.next/s.js': '', 'public/jquery.min.js': '', 'public/app.bundle.js': '',
      'public/huge.js': 'x'.repeat(largestFile + 1), 'public/large.js': 'x'.repeat(largestFile),
      'src/build/index.ts': '', 'src/out/index.ts': '', 'src/dist/index.js': '',
    });
    symlinkSync(path.join(root, 'src'), path.join(root, 'linked'));
    symlinkSync(path.join(root, 'src'), path.join(root, 'src/circle'));
    expect(sources()).toEqual(['public/large.js', 'src/app.ts', 'src/build/index.ts', 'src/out/index.ts']);
  });

  it('honours nested .gitignore files, the innermost deciding', () => {
    write({
      '.gitignore': '*.gen.ts\n/generated/\nlogs\n!keep.gen.ts\n',
      'a.gen.ts': '', 'keep.gen.ts': '', 'generated/x.ts': '', 'lib/generated/x.ts': '', 'lib/logs/x.ts': '',
      'lib/.gitignore': '!b.gen.ts\nsecret.ts\n', 'lib/b.gen.ts': '', 'lib/c.gen.ts': '', 'lib/secret.ts': '', 'secret.ts': '',
    });
    expect(sources()).toEqual(['keep.gen.ts', 'lib/b.gen.ts', 'lib/generated/x.ts', 'secret.ts']);
  });

  it('honours the rules of the repository above the root, unless they ignore the root itself', () => {
    write({
      '.git/info/exclude': 'private.ts\n', '.gitignore': 'tmp/\n*.gen.ts\n',
      'app/a.ts': '', 'app/b.gen.ts': '', 'app/private.ts': '', 'tmp/x.ts': '', 'tmp/y.gen.ts': '',
    });
    expect(sources(undefined, `${root}/app`)).toEqual(['a.ts']);
    expect(sources(undefined, `${root}/tmp`)).toEqual(['x.ts', 'y.gen.ts']);
    expect(sources()).toEqual(['app/a.ts']);
  });

  it('applies include and exclude relative to the configuration of each folder', () => {
    write({ 'src/a.ts': '', 'src/legacy/b.ts': '', 'tools/c.ts': '', 'sub/src/d.ts': '', 'sub/e.stories.ts': '', 'sub/lib/f.ts': '' });
    const outer: Config = { rules: {}, include: ['src/**'], exclude: ['src/legacy'], base: root };
    const inner: Config = { rules: {}, include: [], exclude: ['*.stories.ts', './lib/'], base: `${root}/sub` };
    expect(sources((file) => (file.startsWith(`${root}/sub/`) ? inner : outer))).toEqual(['src/a.ts', 'sub/src/d.ts']);
  });

  it('tells for one path whether it would be passed over, as the walk does', () => {
    write({ '.gitignore': '*.gen.ts\n', 'sub/.gitignore': '!keep.gen.ts\n' });
    const config: Config = { rules: {}, include: [], exclude: ['legacy'], base: root };
    const leftOut = (name: string): boolean => isLeftOut(`${root}/${name}`, { root, configFor: () => config });
    expect(['a.ts', 'sub/keep.gen.ts', 'src/build/a.ts', 'new/folder/a.ts'].map(leftOut)).toEqual([false, false, false, false]);
    expect(['a.gen.ts', 'node_modules/x/a.js', 'build/a.ts', 'legacy/a.ts'].map(leftOut)).toEqual([true, true, true, true]);
    expect(isLeftOut('/elsewhere/a.ts', { root })).toBe(true);
  });

  it('gives nothing for a root that does not exist', () => {
    expect(discoverFiles({ root: `${root}/nowhere` })).toEqual({ sources: [], declarations: [], projectFiles: [] });
  });

  it('costs little more than reading the folders: no file is opened', () => {
    write({ '.gitignore': 'dist\n*.log\n/tmp\n' });
    for (let folder = 0; folder < 30; folder++) {
      mkdirSync(`${root}/f${folder}`);
      for (let file = 0; file < 100; file++) writeFileSync(`${root}/f${folder}/m${file}.ts`, '');
    }
    const plain = timed(() => {
      for (const folder of readdirSync(root)) for (const file of readdirSync(path.join(root, folder.startsWith('f') ? folder : '.'))) statSync(path.join(root, folder.startsWith('f') ? folder : '.', file));
    });
    // Relative, since the machine may be busy; 10 times is generous (measured: 2 to 3 times).
    expect(timed(() => expect(sources()).toHaveLength(3_000))).toBeLessThan(10 * plain + 200);
  });
});

describe('isSourcePath', () => {
  it('tells sources from declarations and others', () => {
    expect(['a.ts', 'a.cjs', 'a.d.ts', 'a.min.js', 'a.json', 'a.vue'].map(isSourcePath)).toEqual([true, true, false, false, false, false]);
  });
});
