/**
 * src/ → dist/: what the .vsix and the npm package run. CommonJS, minified, one file per thing that is loaded at its own time:
 * `extension.js` at activation, `language-client.js` in a workspace that uses Redis, `redis.js` when a connection opens,
 * `shared-client.js` when one is created,
 * `cli.js` as the command line, `analyzer.js` when it has to analyse, `lsp.js` and `lsp-server.js` as the language server, `typescript.js` shared
 * by these. What is large and runs for a short time only is loaded by way of V8's code of earlier runs: `analyzer.js` loads `analyzer-code.js`.
 */
import { build } from 'esbuild';
import type { BuildOptions, Metafile, Plugin } from 'esbuild';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeLanguageLibrary } from './language-library.ts';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const src = join(repository, 'src');
const dist = join(repository, 'dist');

/** What activation may evaluate (issue 2). */
export const ACTIVATION_BUDGET_BYTES = 150 * 1024;

/** A file of dist/ made of one entry of src/. */
interface Bundle {
  entry: string;
  /** Name in dist/. */
  out: string;
  executable?: true;
  /** Loaded by way of the code cache: `out` is the loader, and the code is in a file beside it. */
  cached?: true;
}

/** Loaded by `import()` from extension.js; a bundle of its own each. */
const lazy: readonly Bundle[] = [
  { entry: 'extension/language-client.ts', out: 'language-client.js' },
  { entry: 'keyspace/live.ts', out: 'redis.js' },
  { entry: 'extension/shared-client/create-shared-client.ts', out: 'shared-client.js' },
  { entry: 'analyzer/create-analyzer.ts', out: 'analyzer.js', cached: true },
  { entry: 'lsp/start-server.ts', out: 'lsp-server.js', cached: true },
];
const bundles: readonly Bundle[] = [
  { entry: 'extension/extension.ts', out: 'extension.js' },
  ...lazy,
  { entry: 'lsp/main.ts', out: 'lsp.js' },
  { entry: 'cli/main.ts', out: 'cli.js', executable: true },
];

const cachedScript = 'compiler/cached-script.ts';
const compiler = join(repository, 'node_modules/typescript/lib/typescript.js');

/** Folders that are shipped as they are: from, in dist/, which files (by their path in the folder, with `/`). */
const copies: readonly { from: string; to: string; wanted: (path: string) => boolean }[] = [
  { from: join(src, 'analyzer/dialects/declarations'), to: 'declarations', wanted: (path) => path.endsWith('.d.ts') },
];

export interface BundleResult {
  /** Bytes by file name in dist/. */
  sizes: ReadonlyMap<string, number>;
  /** One per bundle that was built; their inputs say whose code is inside. */
  metafiles: readonly Metafile[];
  /** Entries of src/ that do not exist. */
  missing: readonly string[];
}

/**
 * Builds dist/ anew.
 * @throws Error when a bundle does not compile, or when activation would evaluate more than its budget.
 */
export async function bundleAll(): Promise<BundleResult> {
  // Built beside and moved into place, so that what runs from dist/ never sees half of it.
  mkdirSync(join(repository, '.cache'), { recursive: true });
  const staging = mkdtempSync(join(repository, '.cache/dist-'));
  try {
    const result = await bundleInto(staging);
    rmSync(dist, { recursive: true, force: true });
    renameSync(staging, dist);
    return result;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function bundleInto(dist: string): Promise<BundleResult> {
  const present = bundles.filter(({ entry }) => existsSync(join(src, entry)));
  const results = await Promise.all([
    ...present.map(({ cached, ...bundle }) => build(optionsOf(cached ? { ...bundle, out: codeOf(bundle.out) } : bundle, dist))),
    ...present.flatMap(({ cached, out }) => (cached ? [build(loaderOf(out, dist))] : [])),
    build({ ...common, entryPoints: [compiler], outfile: join(dist, codeOf('typescript.js')), external: ['source-map-support'] }),
    build(loaderOf('typescript.js', dist)),
  ]);
  for (const { out, executable } of present) if (executable) chmodSync(join(dist, out), 0o755);
  for (const { from, to, wanted } of copies) copyFiles(from, join(dist, to), wanted);
  writeLanguageLibrary(join(repository, 'node_modules/typescript/lib'), join(dist, 'lib'));
  const sizes = new Map(readdirSync(dist, { withFileTypes: true }).filter((each) => each.isFile()).map(({ name }) => [name, statSync(join(dist, name)).size]));
  checkActivation(sizes.get('extension.js') ?? 0);
  return { sizes, metafiles: results.flatMap(({ metafile }) => metafile ?? []), missing: bundles.filter((each) => !present.includes(each)).map(({ entry }) => `src/${entry}`) };
}

const common: BuildOptions & { metafile: true } = {
  bundle: true,
  platform: 'node',
  // The extension host of the lowest supported engine, and `engines.node`.
  target: 'node20',
  format: 'cjs',
  // jsonc-parser's `main` is UMD, whose `require` no bundler follows.
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  // `import()` as a deferred `require`: the extension host gives 'vscode' to required files alone.
  supported: { 'dynamic-import': false },
  metafile: true,
  logLevel: 'error',
  absWorkingDir: repository,
};

/** How a file of src/ is bundled: for dist/, and for a benchmark that times a part of it. */
export function optionsOf({ entry, out, executable }: Bundle, dist: string): BuildOptions & { metafile: true } {
  return {
    ...common,
    entryPoints: [join(src, entry)],
    outfile: join(dist, out),
    external: ['vscode'],
    // `import.meta.url` is how src/ finds files beside it; a CommonJS file says that by __filename.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: `${executable ? '#!/usr/bin/env node\n' : ''}var importMetaUrl=require("node:url").pathToFileURL(__filename).href;` },
    plugins: [lazyBundles, sharedTypeScript],
  };
}

const codeOf = (out: string): string => out.replace(/\.js$/, '-code.js');

/** What loads the code of a cached bundle. */
function loaderOf(out: string, dist: string): BuildOptions & { metafile: true } {
  const options = optionsOf({ entry: cachedScript, out }, dist);
  return { ...options, define: { ...options.define, CACHED_SCRIPT: JSON.stringify(codeOf(out).replace(/\.js$/, '')) } };
}

/** `import('./language-client.ts')` becomes a `require` of that bundle at that moment. */
const lazyBundles: Plugin = {
  name: 'lazy bundles',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const target = lazy.find(({ entry }) => join(src, entry) === resolve(resolveDir, path));
      return target && { path: `./${target.out}`, external: true };
    });
  },
};

/**
 * The compiler is one file for the language server and the command line. By way of one module, since esbuild copies a CommonJS module's
 * thousands of names for every file that imports it (105 files: a fifth of a second at start).
 */
const sharedTypeScript: Plugin = {
  name: 'shared typescript.js',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typescript$/ }, () => ({ path: 'typescript', namespace: 'shared' }));
    onResolve({ filter: /^\.\/typescript\.js$/, namespace: 'shared' }, () => ({ path: './typescript.js', external: true }));
    onLoad({ filter: /.*/, namespace: 'shared' }, () => ({ contents: "const ts = require('./typescript.js'); export default ts;" }));
  },
};

function copyFiles(from: string, to: string, wanted: (path: string) => boolean): void {
  if (!existsSync(from)) return;
  for (const path of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!wanted(path.replaceAll('\\', '/')) || !statSync(join(from, path)).isFile()) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    copyFileSync(join(from, path), join(to, path));
  }
}

function checkActivation(bytes: number): void {
  if (bytes <= ACTIVATION_BUDGET_BYTES) return;
  throw new Error(
    `dist/extension.js has ${bytes} bytes, more than the ${ACTIVATION_BUDGET_BYTES} that activation may evaluate. ` +
      'Load what is not needed at activation by import() of one of the lazy bundles (scripts/lib/bundle.ts).',
  );
}
