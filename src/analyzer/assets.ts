/**
 * Files that are read while the analyzer or the command line runs: our client declarations, TypeScript's lib.*.d.ts, the rules' pages.
 * In the bundle the first two lie beside it (dist/declarations, dist/lib), the pages above (docs/rules); from source they are where they come from.
 * `__dirname` exists in both: the bundle is CommonJS, and tsx and vitest provide it.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Asset = 'declarations' | 'lib' | 'pages';

/** A file that tells the folder from another one of the same name. */
const witness: Record<Asset, string> = { declarations: 'ioredis-5.d.ts', lib: 'lib.esnext.d.ts', pages: 'no-keys.md' };

const fromSource: Record<Asset, string> = { declarations: 'src/analyzer/dialects/declarations', lib: 'node_modules/typescript/lib', pages: 'docs/rules' };

const found = new Map<Asset, string>();

/** Absolute, with `/` and none at the end. Throws where the installation is incomplete. */
export function assetFolder(asset: Asset): string {
  const known = found.get(asset);
  if (known !== undefined) return known;
  const folder = candidates(asset).find((candidate) => existsSync(join(candidate, witness[asset])));
  if (folder === undefined) throw new Error(`Keyscope's folder ${asset} is missing near ${__dirname}: install Keyscope again, or run npm run build.`);
  const path = folder.replaceAll('\\', '/');
  found.set(asset, path);
  return path;
}

function candidates(asset: Asset): string[] {
  const folders = [join(__dirname, asset)];
  for (let folder = __dirname; ; folder = dirname(folder)) {
    folders.push(join(folder, fromSource[asset]));
    if (dirname(folder) === folder) return folders;
  }
}
