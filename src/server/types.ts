/** Plain data of the server layer. */
import type { ServerError } from './server-error.ts';

/**
 * `lost`: broken, the next attempt comes in `retryInMs` (undefined: none by itself, as after a refused password).
 * `reconnecting`: an attempt is under way, or the server is there and still loading. `closed`: by us, for good.
 */
export type ConnectionState =
  | { status: 'connecting'; error?: ServerError }
  | { status: 'ready' }
  | { status: 'lost'; error: ServerError; retryInMs: number | undefined }
  | { status: 'reconnecting'; attempt: number; error: ServerError }
  | { status: 'closed' };

/** Command name in upper case and its arguments. */
export type Words = readonly [name: string, ...args: (string | Buffer)[]];

/** Of one command in a pipeline. */
export type Reply = { value: unknown; error?: undefined } | { error: ServerError; value?: undefined };

export interface Timing {
  /** To the first PING; also how long LOADING is waited out at the first connection. Default 10,000. */
  connectTimeoutMs: number;
  /** A server that is silent for so long while replies are due counts as gone. Default 30,000. */
  replyTimeoutMs: number;
  /** Attempts to reconnect come after 100 ms, doubling up to this. Default 5,000. */
  maxRetryDelayMs: number;
}

/** A node that holds data: the server itself, or one master of a cluster. */
export interface ServerNode {
  /** `host:port`, or the socket's path; stable while the node keeps its address. */
  id: string;
  host: string;
  port: number;
  /** Cluster: slot ranges it serves, both ends included. */
  slots: readonly (readonly [from: number, to: number])[];
}

/** Where a command goes. */
export interface Target {
  /** Database; default that of the connection. A cluster has only 0. */
  db?: number;
  /** Id of a node; default: the one that holds the command's keys. */
  node?: string;
}
