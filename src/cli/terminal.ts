/** What a command may know of the terminal and write to it. */
import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** For standard output, where the report goes. */
  colors: Colors;
  /** Width of standard output in columns; undefined for a pipe or a file. */
  columns: number | undefined;
  /** Standard error is a terminal that somebody watches. */
  showsProgress: boolean;
  env: NodeJS.ProcessEnv;
}

export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    colors: pc.createColors(wantsColors(stdout.isTTY === true, env)),
    columns: stdout.isTTY ? stdout.columns : undefined,
    showsProgress: stderr.isTTY === true && env['TERM'] !== 'dumb' && !env['CI'],
    env,
  };
}

/** NO_COLOR (https://no-color.org) first, then FORCE_COLOR, then whether it is a terminal. */
export function wantsColors(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
