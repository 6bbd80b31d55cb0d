/** Keyscope and its peers over one tree, in turns: each run of Keyscope beside one of the yardstick, round by round. */
import { KeyscopeRuns, type Changeable, type KeyscopeRun } from './keyscope-runs.ts';
import { measure, median, type Measured } from './measure.ts';
import type { Peer } from './peers.ts';
import { tableOf, type Row } from './table.ts';

export interface Compared {
  root: string;
  changeable: Changeable;
  /** The first is the yardstick. */
  peers: readonly Peer[];
  rounds: number;
}

export interface Comparison {
  table: string[];
  /** Seconds that `keyscope check` takes, cold. */
  cold: number;
}

/** Seconds: who takes longer is not asked twice. */
const slow = 10;

const keyscopeNames: Readonly<Record<KeyscopeRun, string>> = {
  'very first': 'keyscope check, the very first run on the machine',
  cold: '**keyscope check, cold**: the first run on this tree',
  unchanged: 'keyscope check, again, nothing changed',
  'changed plain': 'keyscope check, again, one file without Redis changed',
  'changed redis': 'keyscope check, again, one file with Redis changed',
};

/** @param folder for caches */
export async function compare({ root, changeable, peers: [yardstick, ...others], rounds }: Compared, folder: string): Promise<Comparison> {
  if (!yardstick) throw new RangeError('nothing to compare with');
  const keyscope = await KeyscopeRuns.in(folder);
  const rows = new Map<string, { ratios: number[]; seconds: number[]; peaks: number[] }>();
  const take = (name: string, { seconds, peakMb }: Measured, against: number): void => {
    const row = rows.get(name) ?? { ratios: [], seconds: [], peaks: [] };
    rows.set(name, row);
    row.ratios.push(seconds / against);
    row.seconds.push(seconds);
    if (peakMb !== undefined) row.peaks.push(peakMb);
  };
  const left = new Set(others);
  // Once for nothing: whoever comes first would read the tree from the disk for all.
  await run(yardstick, root);
  for (let round = 0; round < rounds; round++) {
    let before = await run(yardstick, root);
    take(yardstick.name, before, before.seconds);
    await keyscope.round(root, changeable, async (name, measured) => {
      const after = await run(yardstick, root);
      take(yardstick.name, after, after.seconds);
      take(keyscopeNames[name], measured, (before.seconds + after.seconds) / 2);
      before = after;
    });
    for (const peer of left) {
      const measured = await run(peer, root);
      const failed = !peer.codes.includes(measured.code ?? -1);
      take(failed ? `${peer.name}: failed (${measured.code})` : peer.name, measured, before.seconds);
      if (measured.seconds > slow || failed) left.delete(peer);
    }
  }
  const order = [...Object.values(keyscopeNames), ...[...rows.keys()].filter((name) => !Object.values(keyscopeNames).includes(name))];
  const found = order.flatMap((name): Row[] => {
    const row = rows.get(name);
    return row ? [{ name, ...row }] : [];
  });
  return { table: tableOf(found, yardstick.short ?? yardstick.name, keyscopeNames.cold), cold: median(rows.get(keyscopeNames.cold)?.seconds ?? []) };
}

async function run(peer: Peer, root: string): Promise<Measured> {
  const measured = await measure(peer.command, root);
  process.stderr.write(`${measured.seconds.toFixed(2).padStart(7)} s  ${peer.name}\n`);
  return measured;
}
