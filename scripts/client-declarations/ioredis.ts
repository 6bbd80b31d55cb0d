/** The frames of ioredis 4 to 6 and iovalkey: all that is not a plain command, written by hand. */
import { nodeTypes, type Spec } from './common.ts';

interface Variant {
  name: string;
  module: 'ioredis' | 'iovalkey';
  major: number;
  packages: string[];
}

/** `export =`, so that `require('ioredis')` is the class, as it is at run time; the names of the ES exports are in the merged namespace. */
function frame({ major, module }: Variant): string {
  const old = major === 4;
  const chain = old ? 'Pipeline' : 'ChainableCommander';
  const self = major >= 6 ? 'Redis<ReplyMapping>' : 'Redis';
  const typeParameter = major >= 6 ? "<ReplyMapping extends 'legacy' | 'resp3' = 'legacy'>" : '';
  const mapping = major >= 6 ? "<Mapping extends 'resp2' | 'resp3' = 'resp2'>" : '';
  const callback = old ? 'type Callback<T = any> = (err: Error | null, res: T) => void;' : 'type Callback<T = any> = (err?: Error | null, result?: T) => void;';
  const types = [
    'Callback', 'Result', 'ClientContext', 'RedisCommander', 'ScanStreamOptions', 'RedisOptions', 'CommonRedisOptions', 'ClusterNode', 'ClusterOptions',
    'NodeRole', 'RedisKey', 'RedisValue', 'ChainableCommander', 'MultiCommander',
    ...(old ? ['Commands', 'KeyType', 'ValueType'] : []),
  ];
  return `${nodeTypes}
${callback}
type RedisKey = string | Buffer;
type RedisValue = string | Buffer | number;
${old ? 'type KeyType = RedisKey;\ntype ValueType = string | Buffer | number | any[];\n' : ''}type Arg = string | number | bigint | boolean | null | undefined | Date | Uint8Array | readonly any[] | Map<any, any> | Set<any> | { [field: string]: any };
type Args<T> = (Arg | Callback<T>)[];

/** The kind of a receiver: \`default\` for Redis and Cluster, \`pipeline\` for what pipeline() returns, \`multi\` for what multi() returns. */
interface ResultTypes<Result, Context> {
  default: Promise<Result>;
  pipeline: ${chain};
  multi: MultiCommander;
}
type ClientContext = { type: keyof ResultTypes<unknown, unknown>; mapping?: 'resp2' | 'resp3' };
type Result<T, Context extends ClientContext> = ResultTypes<T, Context>[Context['type']];

interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
  exec(callback?: Callback<[error: Error | null, result: unknown][] | null>): Promise<[error: Error | null, result: unknown][] | null>;
/*+ commands */
}
${old ? 'interface Commands<Context extends ClientContext = { type: \'default\' }> extends RedisCommander<Context> {}\n' : ''}
${old ? 'interface ChainableCommander extends Pipeline {}' : `interface ChainableCommander${mapping} extends RedisCommander<{ type: 'pipeline' }> { length: number }`}
/** Ours alone: what multi() returns, so that the receiver's type says that it is one. */
interface MultiCommander extends ${old ? 'Commands' : 'RedisCommander'}<{ type: 'multi' }> { ${old ? 'readonly redis: Redis | Cluster; readonly isCluster: boolean; readonly options: any; multi(commands?: any): MultiCommander; monitor(callback?: any): Pipeline; readonly ' : ''}length: number }
${old
    ? "interface Pipeline extends Commands<{ type: 'pipeline' }> { readonly redis: Redis | Cluster; readonly isCluster: boolean; readonly options: any; readonly length: number; multi(commands?: any): MultiCommander; monitor(callback?: any): Pipeline }\ndeclare class Pipeline { constructor(redis: Redis | Cluster) }"
    : `declare class Pipeline {
  constructor(redis: Redis | Cluster);
/*+ pipeline */
}
interface Pipeline extends RedisCommander<{ type: 'pipeline' }> { length: number }`}

interface Transaction {
  pipeline(commands?: unknown[][]): ${chain};
  // Ahead of the other, though that is not their order: what has no type takes the first form.
  multi(commandsOrOptions?: unknown[][] | { pipeline: true }): MultiCommander;
  multi(options: { pipeline: false }): Promise<'OK'>;
}

interface ScanStreamOptions { match?: string; type?: string; count?: number; noValues?: boolean; key?: string }
/** A Readable in object mode: each item is one batch of keys. */
declare class ScanStream<T = string[]> extends EventEmitter {
  constructor(options: any);
  on(event: 'data', listener: (batch: T) => void): this;
  on(event: string | symbol, listener: Listener): this;
  once(event: 'data', listener: (batch: T) => void): this;
  once(event: string | symbol, listener: Listener): this;
  [Symbol.asyncIterator](): AsyncIterableIterator<T>;
  close(): void;
  pause(): this;
  resume(): this;
  destroy(error?: Error): this;
  pipe(destination: any, options?: any): any;
  read(size?: number): any;
}

interface CommonRedisOptions {
  keyPrefix?: string;
  connectionName?: string;
  username?: string;
  password?: string;
  db?: number;
  lazyConnect?: boolean;
  readOnly?: boolean;
  enableAutoPipelining?: boolean;
  enableOfflineQueue?: boolean;
  enableReadyCheck?: boolean;
  connectTimeout?: number;
  commandTimeout?: number;
  keepAlive?: number;
  maxRetriesPerRequest?: number | null;
  retryStrategy?: ((times: number) => number | void | null) | null;
  reconnectOnError?: ((err: Error) => boolean | 1 | 2) | null;
  [option: string]: any;
}
interface RedisOptions extends CommonRedisOptions { host?: string; port?: number; path?: string; family?: number; tls?: any; sentinels?: any[]; name?: string }
type ClusterNode = string | number | { host?: string; port?: number };
type NodeRole = 'master' | 'slave' | 'all';
interface ClusterOptions {
  redisOptions?: RedisOptions;
  keyPrefix?: string;
  scaleReads?: any;
  clusterRetryStrategy?: (times: number, reason?: Error) => number | null | void;
  [option: string]: any;
}
type Status = 'wait' | 'reconnecting' | 'connecting' | 'connect' | 'ready' | 'close' | 'end' | 'disconnecting';

declare class Redis${typeParameter} extends EventEmitter {
  static createClient(...args: ConstructorParameters<typeof Redis>): Redis;
  constructor(port: number | string, host: string, options?: RedisOptions);
  constructor(portOrPath: number | string, options?: RedisOptions);
  constructor(options?: RedisOptions);
  options: RedisOptions;
  status: Status;
  connect(callback?: Callback<void>): Promise<void>;
  disconnect(reconnect?: boolean): void;
  duplicate(override?: Partial<RedisOptions>): ${self};
  monitor(callback?: Callback<Redis>): Promise<Redis>;
  defineCommand(name: string, definition: { lua: string; numberOfKeys?: number; readOnly?: boolean }): void;
  sendCommand(command: any, stream?: any): any;
  scanStream(options?: ScanStreamOptions): ScanStream;
  scanBufferStream(options?: ScanStreamOptions): ScanStream<Buffer[]>;
  sscanStream(key: RedisKey, options?: ScanStreamOptions): ScanStream;
  sscanBufferStream(key: RedisKey, options?: ScanStreamOptions): ScanStream<Buffer[]>;
  hscanStream(key: RedisKey, options?: ScanStreamOptions): ScanStream;
  hscanBufferStream(key: RedisKey, options?: ScanStreamOptions): ScanStream<Buffer[]>;
  zscanStream(key: RedisKey, options?: ScanStreamOptions): ScanStream;
  zscanBufferStream(key: RedisKey, options?: ScanStreamOptions): ScanStream<Buffer[]>;
  on(event: 'message', listener: (channel: string, message: string) => void): this;
  on(event: 'messageBuffer', listener: (channel: Buffer, message: Buffer) => void): this;
  on(event: 'pmessage', listener: (pattern: string, channel: string, message: string) => void): this;
  on(event: 'pmessageBuffer', listener: (pattern: string, channel: Buffer, message: Buffer) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: string | symbol, listener: Listener): this;
  once(event: 'message', listener: (channel: string, message: string) => void): this;
  once(event: 'messageBuffer', listener: (channel: Buffer, message: Buffer) => void): this;
  once(event: 'pmessage', listener: (pattern: string, channel: string, message: string) => void): this;
  once(event: 'pmessageBuffer', listener: (pattern: string, channel: Buffer, message: Buffer) => void): this;
  once(event: 'error', listener: (error: Error) => void): this;
  once(event: string | symbol, listener: Listener): this;
/*+ Redis */
}
interface Redis${typeParameter} extends ${old ? 'Commands' : 'RedisCommander'}, Transaction {}

declare class Cluster extends EventEmitter {
  constructor(startupNodes: ClusterNode[], options?: ClusterOptions);
  options: ClusterOptions;
  status: Status;
  connect(): Promise<void>;
  disconnect(reconnect?: boolean): void;
  quit(callback?: Callback<'OK'>): Promise<'OK'>;
  duplicate(overrideStartupNodes?: readonly ClusterNode[], overrideOptions?: ClusterOptions): Cluster;
  nodes(role?: NodeRole): Redis[];
  defineCommand(name: string, definition: { lua: string; numberOfKeys?: number; readOnly?: boolean }): void;
  sendCommand(command: any, stream?: any, node?: any): any;
  sscanStream(key: RedisKey, options?: ScanStreamOptions): ScanStream;
  sscanBufferStream(key: RedisKey, options?: ScanStreamOptions): ScanStream<Buffer[]>;
  hscanStream(key: RedisKey, options?: ScanStreamOptions): ScanStream;
  hscanBufferStream(key: RedisKey, options?: ScanStreamOptions): ScanStream<Buffer[]>;
  zscanStream(key: RedisKey, options?: ScanStreamOptions): ScanStream;
  zscanBufferStream(key: RedisKey, options?: ScanStreamOptions): ScanStream<Buffer[]>;
  on(event: 'message', listener: (channel: string, message: string) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: string | symbol, listener: Listener): this;
  once(event: string | symbol, listener: Listener): this;
/*+ Cluster */
}
interface Cluster extends ${old ? 'Commands' : 'RedisCommander'}, Transaction {}

declare class Command {
  constructor(name: string, args?: any, options?: any, callback?: any);
  name: string;
  args: any[];
  [member: string]: any;
}
declare const ReplyError: { new (message?: string): Error; prototype: Error };
declare function print(err: Error | null, reply?: any): void;
/*+ exports */

/** What \`require()\` gives. A class of its own, so that an augmentation of Redis does not meet the module's own symbol. */
${old ? 'declare function IORedis(port?: number | string, host?: string | RedisOptions, options?: RedisOptions): Redis;\ndeclare function IORedis(options?: RedisOptions): Redis;\n' : ''}declare class IORedis${typeParameter} extends ${self} {}
declare namespace IORedis {
  export { Redis, IORedis as default, ${module === 'iovalkey' ? 'Redis as Valkey, ' : ''}Cluster, Command, ScanStream, Pipeline, ReplyError, print };
  export { ${types.join(', ')} };
/*+ namespace */
}
export = IORedis;
`;
}

export function ioredisSpec(variant: Variant): Spec {
  const { module, major } = variant;
  const T = (name: string) => `import('${module}').${name}`;
  const old = major === 4;
  const commander = old ? T('Commands') : T('RedisCommander');
  return {
    name: variant.name,
    packages: variant.packages,
    module,
    frame: frame(variant),
    exports: 'namespace',
    command: (name, reply) => `${name}(...args: Args<${reply}>): Result<${reply}, Context>;`,
    fills: [
      { marker: 'commands', of: [commander], declaredBy: ['RedisCommander', 'Transaction', 'Redis'], style: 'command' },
      { marker: 'Redis', of: [T('Redis')], declaredBy: ['Redis'], style: 'member' },
      { marker: 'Cluster', of: [T('Cluster')], declaredBy: ['Cluster'], style: 'member' },
      ...(old ? [] : [{ marker: 'pipeline', of: [T('Pipeline')], declaredBy: ['Pipeline'], style: 'member' as const }]),
    ],
    comparisons: [
      { real: T('Redis'), ours: T('Redis'), extra: old ? ['exec', 'defineCommand', 'hscanBufferStream', 'scanBufferStream', 'sscanBufferStream', 'zscanBufferStream'] : [] },
      { real: T('Cluster'), ours: T('Cluster'), extra: old ? ['exec', 'defineCommand', 'hscanBufferStream', 'sscanBufferStream', 'zscanBufferStream'] : [] },
      { real: old ? T('Pipeline') : T('ChainableCommander'), ours: T('ChainableCommander'), ...(old ? { extraOf: T('Commands') } : {}) },
      ...(old ? [] : [{ real: T('Pipeline'), ours: T('Pipeline') }]),
    ],
  };
}
