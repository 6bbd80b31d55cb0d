/** Numbers as people read them; the same in the tree, the command line and reports. */

const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `512 B`, `1.2 KB`, `34 MB`; steps of 1,024 as redis-cli has them. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 1023.95 would be written as 1024.
  while (value >= 1023.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 9.95 ? 0 : 1;
  return `${trimZero(value.toFixed(digits))} ${BYTE_UNITS[unit] ?? 'B'}`;
}

const DURATION_UNITS = [
  ['y', 365 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** The two largest units of a duration in milliseconds: `5m`, `1h 30m`, `2d 3h`, `45s`; under a second `800ms`. Rounded down. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.floor(ms))}ms`;
  let rest = Math.floor(ms);
  for (const [index, [unit, size]] of DURATION_UNITS.entries()) {
    if (rest < size) continue;
    const first = `${Math.floor(rest / size)}${unit}`;
    rest %= size;
    const [smaller, smallerSize] = DURATION_UNITS[index + 1] ?? ['', Infinity];
    const second = Math.floor(rest / smallerSize);
    return second === 0 ? first : `${first} ${second}${smaller}`;
  }
  return `${Math.floor(ms)}ms`;
}

/** `1,234,567`; the same on every machine, whatever its locale. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

function trimZero(text: string): string {
  return text.replace(/\.0$/, '');
}
