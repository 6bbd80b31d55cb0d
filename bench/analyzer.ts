/**
 * `npm run build && npm run bench -- analyzer [files…]`: Keyscope and its peers over the same generated trees, one run after the other, ratios first.
 * Trees and peers are kept in the system's folder for temporary files. The sizes default to 2,000 files with all peers, and 8,000 and 32,000 with oxlint alone.
 */
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generateTree, type GeneratedTree } from './analyzer/generate-tree.ts';
import { measure, median, type Measured } from './analyzer/measure.ts';
import { installPeers, peers, type Peer } from './analyzer/peers.ts';

/** Outside of the repository: linters pass over what git ignores, and over hidden folders. */
const folder = join(tmpdir(), 'keyscope-bench');
const cli = resolve(import.meta.dirname, '../dist/cli.js');
const rounds = 5;

export async function run(args: readonly string[]): Promise<void> {
  installPeers(folder);
  const sizes = args.length > 0 ? args.map(Number) : [2_000, 8_000, 32_000];
  for (const [index, size] of sizes.entries()) {
    const tree = generateTree(join(folder, `tree-${size}`), size);
    await compare(tree, index === 0 ? peers(folder) : peers(folder).slice(0, 1));
  }
}

async function compare(tree: GeneratedTree, against: readonly Peer[]): Promise<void> {
  const keyscope: Peer = { name: 'keyscope check', command: [process.execPath, cli, 'check', '--format', 'json'] };
  const rows: { name: string; seconds: number; peakMb: number }[] = [];
  for (const peer of [keyscope, ...against]) {
    const measured: Measured[] = [];
    for (let round = 0; round < rounds; round++) {
      const one = await measure(peer.command, tree.root);
      measured.push(one);
      // The slow ones do not need to be asked twice.
      if (one.seconds > 20) break;
    }
    rows.push({ name: peer.name, seconds: median(measured.map(({ seconds }) => seconds)), peakMb: median(measured.flatMap(({ peakMb }) => peakMb ?? [])) });
  }
  const own = rows[0]?.seconds ?? Number.NaN;
  console.log(`\n${tree.files.toLocaleString('en')} files, ${(tree.bytes / 1e6).toFixed(1)} MB of text`);
  for (const { name, seconds, peakMb } of rows) console.log(`${(seconds / own).toFixed(2).padStart(8)} ×  ${seconds.toFixed(2).padStart(7)} s  ${(Number.isNaN(peakMb) ? '–' : String(peakMb)).padStart(6)} MB  ${name}`);
}
