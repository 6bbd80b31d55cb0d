/** The table of a comparison, ratios first, as Markdown: it is printed, and docs/performance.md holds the last one. */
import { median } from './measure.ts';

export interface Row {
  name: string;
  /** One per round: wall time over that of the yardstick in the same round, so that a machine that slows down slows both. */
  ratios: readonly number[];
  seconds: readonly number[];
  /** Megabytes; empty where the system does not tell. */
  peaks: readonly number[];
}

/**
 * @param yardstick what the ratios are to, as the column says it
 * @param own the row that the second column of ratios is to
 */
export function tableOf(rows: readonly Row[], yardstick: string, own: string): string[] {
  const ownSeconds = median(rows.find(({ name }) => name === own)?.seconds ?? []);
  return [
    `| ÷ ${yardstick} | ÷ Keyscope cold | seconds | spread | peak MB | |`,
    '|---:|---:|---:|---:|---:|---|',
    ...rows.map(({ name, ratios, seconds, peaks }) => {
      const spread = seconds.length > 1 ? `${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)}` : 'one run';
      return `| ${shown(median(ratios), 2)} | ${shown(median(seconds) / ownSeconds, 2)} | ${shown(median(seconds), 2)} | ${spread} | ${shown(median(peaks), 0)} | ${name} |`;
    }),
  ];
}

function shown(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}
