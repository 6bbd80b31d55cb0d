/** One line on standard error that says how far a long run is. */
import type { Terminal } from './terminal.ts';

/** Runs shorter than this show nothing. */
const quietMs = 700;
/** Often enough to look alive, rarely enough to cost nothing. */
const intervalMs = 100;

export interface Progress {
  /** A file is read, or asked about: how many there will be is not known yet. */
  reading(): void;
  /** The commands in the code are collected. */
  collecting(done: number, total: number): void;
  /** What the command is about. */
  update(done: number, total: number): void;
  /** Takes the line away. */
  end(): void;
}

/** @param what the command does with each one, once all are read: `Checking` @param unit what `update` counts */
export function startProgress(terminal: Terminal, what: string, unit = 'files'): Progress {
  const started = performance.now();
  let last = 0;
  let read = 0;
  let shown = false;
  const show = (text: () => string): void => {
    if (!terminal.showsProgress) return;
    const now = performance.now();
    if (now - started < quietMs || now - last < intervalMs) return;
    last = now;
    shown = true;
    terminal.err(`\r\x1b[K${text()}`);
  };
  const part = (verb: string, done: number, total: number): string => `${verb} ${done.toLocaleString('en')}/${total.toLocaleString('en')} ${unit} (${total > 0 ? Math.floor((done / total) * 100) : 0} %)`;
  return {
    reading() {
      read++;
      show(() => `Reading files: ${read.toLocaleString('en')}`);
    },
    collecting: (done, total) => show(() => part('Looking for Redis calls in', done, total)),
    update: (done, total) => show(() => part(what, done, total)),
    end() {
      if (shown) terminal.err('\r\x1b[K');
      shown = false;
    },
  };
}
