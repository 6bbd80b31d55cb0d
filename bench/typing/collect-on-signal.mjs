/**
 * Loaded before the server that is measured (with --expose-gc): on SIGUSR2 it collects, and says on standard error what is left. At once,
 * since in the pause after the last key the server begins anew with the whole tree.
 */
import { writeSync } from 'node:fs';
import process from 'node:process';

process.on('SIGUSR2', () => {
  // What a first collection finalizes, a later one frees.
  for (let times = 0; times < 3; times++) globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  writeSync(2, `collected ${rss} ${heapUsed}\n`);
});
