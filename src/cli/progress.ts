/** One line on standard error that says how far a long run is. */
import type { Terminal } from './terminal.ts';

/** Runs shorter than this show nothing. */
const quietMs = 700;
/** Often enough to look alive, rarely enough to cost nothing. */
const intervalMs = 100;

export interface Progress {
  update(done: number, total: number): void;
  /** Takes the line away. */
  end(): void;
}

export function startProgress(terminal: Terminal, what: string): Progress {
  const started = performance.now();
  let last = 0;
  let shown = false;
  return {
    update(done, total) {
      const now = performance.now();
      if (!terminal.showsProgress || now - started < quietMs || now - last < intervalMs) return;
      last = now;
      shown = true;
      const percent = total > 0 ? Math.floor((done / total) * 100) : 0;
      terminal.err(`\r\x1b[K${what} ${done}/${total} files (${percent} %)`);
    },
    end() {
      if (shown) terminal.err('\r\x1b[K');
      shown = false;
    },
  };
}
