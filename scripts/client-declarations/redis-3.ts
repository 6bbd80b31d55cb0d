/** The frame of node-redis 3: callbacks, lower and upper case. */
import { nodeTypes, type Spec } from './common.ts';

const frame = `${nodeTypes}
export type Callback<T> = (err: Error | null, reply: T) => void;
type Arg = string | number | boolean | null | undefined | Date | Uint8Array | readonly any[] | { [field: string]: any };
type Args<T> = (Arg | Callback<T>)[];

export interface ClientOpts {
  host?: string;
  port?: number;
  path?: string;
  url?: string;
  password?: string;
  user?: string;
  db?: string | number;
  prefix?: string;
  tls?: any;
  retry_strategy?: (options: RetryStrategyOptions) => any;
  [option: string]: any;
}
export interface RetryStrategyOptions { error: any; total_retry_time: number; times_connected: number; attempt: number }

export interface Commands<R> {
/*+ commands */
}

export interface RedisClient extends Commands<boolean>, EventEmitter {
  on(event: 'message' | 'message_buffer', listener: (channel: string, message: string) => void): this;
  on(event: 'pmessage' | 'pmessage_buffer', listener: (pattern: string, channel: string, message: string) => void): this;
  on(event: 'subscribe' | 'unsubscribe', listener: (channel: string, count: number) => void): this;
  on(event: 'psubscribe' | 'punsubscribe', listener: (pattern: string, count: number) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: string | symbol, listener: Listener): this;
  once(event: 'error', listener: (error: Error) => void): this;
  once(event: string | symbol, listener: Listener): this;
  end(flush?: boolean): void;
  duplicate(options?: ClientOpts, callback?: Callback<RedisClient>): RedisClient;
  sendCommand(command: string, ...args: Args<any>): boolean;
  send_command(command: string, ...args: Args<any>): boolean;
  multi(args?: any[][]): Multi;
  MULTI(args?: any[][]): Multi;
  batch(args?: any[][]): Batch;
  BATCH(args?: any[][]): Batch;
/*+ RedisClient */
}
export declare const RedisClient: { new (options?: ClientOpts): RedisClient; prototype: RedisClient };

interface Queue {
  exec(callback?: Callback<any[]>): boolean;
  EXEC(callback?: Callback<any[]>): boolean;
  exec_atomic(callback?: Callback<any[]>): boolean;
  EXEC_ATOMIC(callback?: Callback<any[]>): boolean;
}
export interface Multi extends Commands<Multi>, Queue {}
export declare const Multi: { new (): Multi; prototype: Multi };
/** Ours alone: what batch() returns, queued without MULTI, so that the receiver's type says so. */
export interface Batch extends Commands<Batch>, Queue {}

export declare function createClient(port: number, host?: string, options?: ClientOpts): RedisClient;
export declare function createClient(urlOrSocket: string, options?: ClientOpts): RedisClient;
export declare function createClient(options?: ClientOpts): RedisClient;
export declare class RedisError extends Error {}
export declare class ReplyError extends RedisError { command: string; args?: unknown[]; code: string }
export declare class AbortError extends RedisError { command: string; args?: unknown[]; code?: string }
export declare class ParserError extends RedisError { offset: number; buffer: Buffer }
export declare class AggregateError extends AbortError {}
/*+ exports */
`;

const T = (name: string) => `import('redis').${name}`;

export const redis3Spec: Spec = {
  name: 'redis-3',
  packages: ['redis@3.1.2', '@types/redis@2.8.32', '@types/node@20'],
  module: 'redis',
  frame,
  exports: 'top',
  command: (name, reply) => `${name}(...args: Args<${reply}>): R;`,
  fills: [
    { marker: 'commands', of: [T('Commands<boolean>')], style: 'command' },
    { marker: 'RedisClient', of: [T('RedisClient')], declaredBy: ['RedisClient'], style: 'member' },
  ],
  comparisons: [
    { real: T('RedisClient'), ours: T('RedisClient') },
    { real: T('Multi'), ours: T('Multi') },
  ],
};
