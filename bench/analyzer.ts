/**
 * `npm run build && npm run bench -- analyzer [files…] [--write]`: Keyscope and its peers over the same generated trees and over a published
 * package, in turns, ratios first. The sizes default to 2,000 files with all peers, and 8,000 and 32,000 with oxlint alone.
 * Trees, peers and caches are kept in the system's folder for temporary files; `--write` puts the tables into docs/performance.md.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from './analyzer/compare.ts';
import { generateTree } from './analyzer/generate-tree.ts';
import { installPeers, packagePeers, treePeers } from './analyzer/peers.ts';
import { publishedPackage } from './analyzer/published-package.ts';
import { readArguments, report } from './performance-page.ts';

/** Outside of the repository: linters pass over what git ignores, and over hidden folders. */
const folder = join(tmpdir(), 'keyscope-bench');

export async function run(args: readonly string[]): Promise<void> {
  const { write, rest } = readArguments(args);
  installPeers(folder);
  const sizes = rest.length > 0 ? rest.map(Number) : [2_000, 8_000, 32_000];
  const lines: string[] = [];
  const caches = join(folder, 'caches');
  const growth: Sized[] = [];
  for (const [index, size] of sizes.entries()) {
    const tree = generateTree(join(folder, `tree-${size}`), size);
    const peers = treePeers(folder);
    const compared = { root: tree.root, changeable: { plain: tree.plain, redis: tree.small } };
    // The larger ones are there for their growth, which three rounds show.
    const { table, cold } = await compare(index === 0 ? { ...compared, peers, rounds: 5 } : { ...compared, peers: peers.slice(0, 1), rounds: 3 }, caches);
    lines.push(`**A generated application**, ${described(tree)}:`, '', ...table, '');
    growth.push({ bytes: tree.bytes, cold });
  }
  if (growth.length > 1) lines.push(`Cold, as the text grows: ${growth.map((each) => grown(each, growth[0] ?? each)).join('; ')}.`, '');
  const published = await publishedPackage(join(folder, 'package'));
  const { table } = await compare({ root: published.root, changeable: published.changeable, peers: packagePeers(folder), rounds: 5 }, caches);
  lines.push(`**${published.title}**, compiled JavaScript as published, ${described(published)}:`, '', ...table);
  report('analyzer', lines, write);
}

interface Sized {
  bytes: number;
  /** Seconds. */
  cold: number;
}

function grown({ bytes, cold }: Sized, first: Sized): string {
  return `${(bytes / first.bytes).toFixed(1)} × the text, ${(cold / first.cold).toFixed(1)} × the time`;
}

function described({ files, bytes }: { files: number; bytes: number }): string {
  return `${files.toLocaleString('en')} files, ${(bytes / 1e6).toFixed(1)} MB of text`;
}
