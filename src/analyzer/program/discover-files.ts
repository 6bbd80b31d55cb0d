/**
 * Which files under a root are source code that somebody wrote.
 * Left out: what .gitignore leaves out, installed packages, build output, minified files, files over 1 MB, symbolic links
 * (they lead to a file that is found where it lives, or out of the root, or in a circle).
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '../../config/config.ts';
import { fileFilter, type FileFilter } from '../../config/file-filter.ts';
import { GitIgnore } from './git-ignore.ts';

/** Folders that hold nothing a person wrote, wherever they are. */
const skippedFolders = new Set([
  'node_modules', 'bower_components', 'jspm_packages', '.git', '.hg', '.svn', '.yarn', '.pnpm-store',
  'dist', '.next', '.nuxt', '.output', '.svelte-kit', '.turbo', '.cache', '.parcel-cache', '.vercel', '.netlify', '.serverless',
  '.nyc_output', '.vscode-test', '.angular',
]);

/** Output folders whose names are also ordinary words: kept within a `src` folder, where tools do not write. */
const outputFolders = new Set(['build', 'out', 'coverage']);

const sourceFile = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const declarationFile = /\.d\.(?:[^.]+\.)?[cm]?ts$/;
const minifiedName = /\.(?:min|bundle)\.[cm]?js$/;
const projectFile = /^(?:package\.json|pnpm-lock\.yaml|package-lock\.json|yarn\.lock|[jt]sconfig(?:\..+)?\.json|keyscope\.config\.jsonc?)$/;

/** Larger files are generated: the largest hand-written ones (TypeScript's checker.ts apart) stay under 1 MB. */
export const largestFile = 1_000_000;

export interface DiscoverOptions {
  /** Absolute folder. */
  root: string;
  /** Asked once per folder, for its `include` and `exclude`; without it every source file counts. */
  configFor?: (file: string) => Config;
}

/** Absolute paths with `/`, in a stable order. */
export interface DiscoveredFiles {
  /** .ts .tsx .mts .cts .js .jsx .mjs .cjs */
  sources: string[];
  /** .d.ts and its kin: no code to check, but they may declare modules. */
  declarations: string[];
  /** package.json, lock files, tsconfig*.json, jsconfig*.json, keyscope.config.json. */
  projectFiles: string[];
}

/** Walks the root; folders that cannot be read are passed over. A root that does not exist gives no files. */
export function discoverFiles(options: DiscoverOptions): DiscoveredFiles {
  const root = toSlash(path.resolve(options.root));
  const found: DiscoveredFiles = { sources: [], declarations: [], projectFiles: [] };
  const filters = new Map<Config, FileFilter>();
  walk(root, GitIgnore.above(root));
  return found;

  function filterFor(folder: string): FileFilter | undefined {
    if (!options.configFor) return undefined;
    const config = options.configFor(`${folder}/index.ts`);
    let filter = filters.get(config);
    if (!filter) filters.set(config, (filter = fileFilter(config, root)));
    return filter;
  }

  function walk(folder: string, outer: GitIgnore): void {
    const entries = readFolder(folder);
    const ignore = entries.some((entry) => entry.name === '.gitignore') ? outer.within(folder) : outer;
    const filter = filterFor(folder);
    for (const entry of entries) {
      const full = `${folder === '/' ? '' : folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isSkippedFolder(full, entry.name, root)) continue;
        if (filter?.excludesFolder(full) || ignore.ignores(full, true)) continue;
        walk(full, ignore);
      } else if (entry.isFile()) {
        addFile(full, entry.name, ignore, filter);
      }
    }
  }

  function addFile(file: string, name: string, ignore: GitIgnore, filter: FileFilter | undefined): void {
    if (projectFile.test(name)) {
      found.projectFiles.push(file);
    } else if (sourceFile.test(name) && !minifiedName.test(name)) {
      if (ignore.ignores(file, false) || (filter && !filter.includes(file)) || isTooLarge(file)) return;
      (declarationFile.test(name) ? found.declarations : found.sources).push(file);
    }
  }
}

/** Whether a path names a file that `discoverFiles` would look at: for watchers, before anything is read. */
export function isSourcePath(file: string): boolean {
  return sourceFile.test(file) && !declarationFile.test(file) && !minifiedName.test(file);
}

/**
 * Whether `discoverFiles` would pass a file over for where it is: outside of the root, in a skipped folder, ignored by git, excluded.
 * The file need not exist; its size is not looked at.
 */
export function isLeftOut(file: string, options: DiscoverOptions): boolean {
  const root = toSlash(path.resolve(options.root));
  if (!file.startsWith(`${root === '/' ? '' : root}/`)) return true;
  let folder = root;
  let ignore = GitIgnore.above(root).within(root);
  const names = file.slice(root.length).split('/').filter((name) => name !== '');
  for (const name of names.slice(0, -1)) {
    folder = `${folder === '/' ? '' : folder}/${name}`;
    if (isSkippedFolder(folder, name, root) || ignore.ignores(folder, true)) return true;
    ignore = ignore.within(folder);
  }
  if (ignore.ignores(file, false)) return true;
  return options.configFor !== undefined && !fileFilter(options.configFor(file), root).includes(file);
}

function isSkippedFolder(folder: string, name: string, root: string): boolean {
  if (skippedFolders.has(name)) return true;
  return outputFolders.has(name) && !folder.slice(root.length).includes('/src/');
}

function readFolder(folder: string): fs.Dirent[] {
  try {
    // By code unit, so that the order does not depend on the locale.
    return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function isTooLarge(file: string): boolean {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return !stat || stat.size > largestFile;
}

function toSlash(file: string): string {
  return path.sep === '\\' ? file.replaceAll('\\', '/') : file;
}
