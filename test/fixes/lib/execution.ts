/** What goes to the child process that executes cases, and what comes back; all JSON. */
import type { Argument } from './cases.ts';
import type { KeyspaceEntry } from './keyspace.ts';
import type { Plain } from './plain.ts';

export interface Address {
  host: string;
  port: number;
}

/** One side of one case. */
export interface Run {
  id: string;
  /** The module that exports the calls' functions. */
  file: string;
  type: 'module' | 'commonjs';
  cluster: boolean;
  seed: (string | number)[][];
  /** How many keys to add that nothing asks for, so that walking all of them takes time. */
  noise: number;
  calls: [string, ...Argument[]][];
}

export interface Job {
  server: Address;
  /** The masters; empty where no run needs them. */
  nodes: Address[];
  runs: Run[];
}

export interface Outcome {
  /** One for each call. */
  replies: Plain[];
  /** What was printed, and what the functions made by `$record` were called with. */
  output: Plain[];
  /** Errors that nobody caught. */
  unhandled: string[];
  keyspace: [string, KeyspaceEntry][];
  /** On a cluster those with each master, added up. */
  roundTrips: number;
  /** The program's own, by name. `usec` is the median of server time: a busy machine makes a single call as long as it likes. */
  commands: Record<string, { calls: number; usec: number }>;
}

/** Run id → outcome, or the reason why there is none. */
export type Outcomes = Record<string, Outcome | { failed: string }>;
