/** `npm run package`: builds dist/ and packs keyscope-<version>.vsix, then looks at what is inside. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleAll, repository } from './lib/bundle.ts';
import { runProcess } from './lib/run-process.ts';
import { thirdPartyNotices } from './lib/third-party-notices.ts';
import { entriesOfZip } from './lib/zip.ts';

/** Issue 2. */
const LIMIT_BYTES = 6 * 1024 * 1024;
const PACK_LIMIT_MS = 120_000;
/** What the .vsix must hold, and what it must not. */
const NEEDED = ['extension/dist/extension.js', 'extension/dist/language-client.js', 'extension/dist/redis.js', 'extension/dist/lsp.js', 'extension/dist/lsp-server-code.js', 'extension/dist/typescript-code.js', 'extension/media/icon.png', 'extension/syntaxes/redis.tmLanguage.json', 'extension/THIRD-PARTY-NOTICES.txt'];
const FORBIDDEN = /^extension\/(src|test|scripts|bench|examples|node_modules|\.)|(?<!\.d)\.ts$|\.map$|\.tsbuildinfo$/;

async function main(): Promise<void> {
  const { metafiles, missing } = await bundleAll();
  if (missing.length > 0) throw new Error(`Not built, because they do not exist: ${missing.join(', ')}.`);
  writeFileSync(join(repository, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(metafiles, repository));
  const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest;
  const vsix = join(repository, `${manifest.name}-${manifest.version}.vsix`);
  const staging = mkdtempSync(join(tmpdir(), 'keyscope-package-'));
  try {
    stage(manifest, staging);
    await pack(staging, vsix);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  checkVsix(vsix);
}

interface Manifest {
  name: string;
  version: string;
  files: string[];
  [other: string]: unknown;
}

/** A folder with what is packed and nothing else: vsce walks over all that lies around, node_modules and test beds included. */
function stage({ files, scripts: _, devDependencies: __, ...manifest }: Manifest, to: string): void {
  writeFileSync(join(to, 'package.json'), JSON.stringify(manifest, null, 2));
  const left = files.filter((path) => path.startsWith('!')).map((path) => join(repository, path.slice(1)));
  for (const path of files.filter((each) => !each.startsWith('!'))) {
    const from = join(repository, path);
    if (existsSync(from)) cpSync(from, join(to, path), { recursive: true, filter: (file) => !left.includes(file) });
  }
}

async function pack(folder: string, vsix: string): Promise<void> {
  rmSync(vsix, { force: true });
  // The address of the repository, which links in README.md would be rewritten to, is not part of the manifest yet.
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
  const packed = await runProcess(process.execPath, [join(repository, 'node_modules/@vscode/vsce/vsce'), 'package', ...options], { cwd: folder, limitMs: PACK_LIMIT_MS });
  if (packed.code !== 0) throw new Error(`vsce could not pack the extension:\n${packed.output.trim()}`);
}

function checkVsix(vsix: string): void {
  const { size } = statSync(vsix);
  const entries = entriesOfZip(readFileSync(vsix));
  const absent = NEEDED.filter((file) => !entries.includes(file));
  const extra = entries.filter((file) => FORBIDDEN.test(file));
  if (absent.length > 0) throw new Error(`Missing in ${vsix}: ${absent.join(', ')}.`);
  if (extra.length > 0) throw new Error(`${vsix} holds what it should not: ${extra.slice(0, 10).join(', ')}.`);
  if (size > LIMIT_BYTES) throw new Error(`${vsix} has ${(size / 1024 / 1024).toFixed(1)} MB, more than ${LIMIT_BYTES / 1024 / 1024}.`);
  console.log(`${vsix}  ${(size / 1024 / 1024).toFixed(2)} MB, ${entries.length} files`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
