/** THIRD-PARTY-NOTICES.txt: the licences of the packages whose code is inside dist/, as esbuild saw them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface PackageNotice {
  name: string;
  version: string;
  license: string;
  homepage: string | undefined;
  text: string | undefined;
}

/** Shipped not as bundled code, but as declarations made from theirs (src/analyzer/dialects/declarations). */
const DECLARED = ['ioredis', 'iovalkey', 'redis', '@redis/client'];

/**
 * @param root the folder that holds node_modules
 * @throws Error for a bundled package without a licence: it may not be shipped.
 */
export function thirdPartyNotices(metafiles: readonly Metafile[], root: string): string {
  const folders = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs).flatMap((input) => packageFolder(input) ?? [])));
  for (const name of DECLARED) if (existsSync(join(root, 'node_modules', name))) folders.add(`node_modules/${name}`);
  const notices = [...folders].map((folder) => noticeOf(join(root, folder))).sort((a, b) => (a.name < b.name ? -1 : 1));
  const head = 'Keyscope contains code of the following packages. Each is under its own licence, given below.\n';
  return [head, ...notices.map(section)].join(`\n${'-'.repeat(80)}\n\n`);
}

/** `node_modules/@a/b/node_modules/c/d.js` → `node_modules/@a/b/node_modules/c`; undefined for files of ours. */
export function packageFolder(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input.replaceAll('\\', '/'))?.[0];
}

function noticeOf(folder: string): PackageNotice {
  const json = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: unknown; homepage?: string };
  if (typeof json.license !== 'string') throw new Error(`${json.name} ${json.version} is bundled, but its package.json names no licence.`);
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return { name: json.name, version: json.version, license: json.license, homepage: json.homepage, text: file && readFileSync(join(folder, file), 'utf8').trim() };
}

function section({ name, version, license, homepage, text }: PackageNotice): string {
  return [`${name} ${version} (${license})`, ...(homepage === undefined ? [] : [homepage]), '', text ?? `Licensed under ${license}; the package holds no text of it.`, ''].join('\n');
}
