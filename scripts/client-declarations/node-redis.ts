/** The frames of node-redis 4 to 6: all that is not a plain command, written by hand. */
import { nodeTypes, type Fill, type Spec } from './common.ts';

interface Variant {
  major: 4 | 5 | 6;
  packages: string[];
}

/** Property of a client → the interface of the module's commands. The analyzer's data (client-declarations.ts) names the same interfaces. */
const modules: Record<string, string> = {
  bf: 'BloomCommands', cf: 'CuckooCommands', cms: 'CountMinSketchCommands', tDigest: 'TDigestCommands', topK: 'TopKCommands',
  ft: 'SearchCommands', json: 'JsonCommands', ts: 'TimeSeriesCommands', graph: 'GraphCommands',
};

const modulesOf = (major: number) => Object.entries(modules).filter(([property]) => property !== 'graph' || major === 4);

function frame({ major }: Variant): string {
  const old = major === 4;
  const P = old ? '<M = any, F = any, S = any>' : '<M = any, F = any, S = any, RESP = any, TYPE_MAPPING = any>';
  const U = old ? '<M, F, S>' : '<M, F, S, RESP, TYPE_MAPPING>';
  const many = (type: string) => (old ? type : `${type}[]`);
  const generator = (type: string) => `AsyncGenerator<${many(type)}, void, unknown>`;
  const kinds = old ? ['client', 'cluster'] : ['client', 'cluster', 'pool', 'sentinel'];
  const iterators = `  scanIterator(options?: any): ${generator('string')};
  hScanIterator(key: any, options?: any): ${generator('{ field: string; value: string }')};
  hScanNoValuesIterator(key: any, options?: any): ${generator('string')};
${old ? '' : `  hScanValuesIterator(key: any, options?: any): ${generator('string')};\n`}  sScanIterator(key: any, options?: any): ${generator('string')};
  zScanIterator(key: any, options?: any): ${generator('{ value: string; score: number }')};`;
  const listeners = `  on(event: 'error', listener: (error: Error) => void): this;
  on(event: string | symbol, listener: Listener): this;
  once(event: 'error', listener: (error: Error) => void): this;
  once(event: string | symbol, listener: Listener): this;`;
  const pubSub = ['subscribe', 'pSubscribe', 'sSubscribe']
    .flatMap((name) => [name, name.toUpperCase()])
    .map((name) => `  ${name}(channels: string | string[], listener: PubSubListener, bufferMode?: boolean): Promise<void>;`)
    .concat(['unsubscribe', 'pUnsubscribe', 'sUnsubscribe'].flatMap((name) => [name, name.toUpperCase()])
      .map((name) => `  ${name}(channels?: string | string[], listener?: PubSubListener, bufferMode?: boolean): Promise<void>;`))
    .join('\n');
  const options = old ? '' : `  withCommandOptions(options: any): this;
  withTypeMapping(typeMapping: any): this;\n`;
  const exec = `  exec(execAsPipeline?: boolean): Promise<any[]>;
  EXEC(execAsPipeline?: boolean): Promise<any[]>;
  execAsPipeline(): Promise<any[]>;
${old ? '' : '  execTyped(execAsPipeline?: boolean): Promise<any[]>;\n  execAsPipelineTyped(): Promise<any[]>;\n'}`;
  return `${nodeTypes}
export type RedisModules = Record<string, any>;
export type RedisFunctions = Record<string, any>;
export type RedisScripts = Record<string, any>;
${old ? '' : 'export type RespVersions = 2 | 3;\nexport type TypeMapping = any;\nexport type RedisArgument = string | Buffer;\n'}type PubSubListener = (message: string, channel: string) => void;

/** What a command gives, by the kind of its receiver. */
interface Replies<T> {
${kinds.map((kind) => `  ${kind}: Promise<T>;`).join('\n')}
  multi: RedisClientMultiCommandType;
  clusterMulti: RedisClusterMultiCommandType;
${old ? '' : '  sentinelMulti: RedisSentinelMultiCommandType;\n'}}
type Kind = keyof Replies<unknown>;
type R<T, K extends Kind> = Replies<T>[K];
type A = any[];
/*+ aliases */

export interface RedisCommands<K extends Kind> {
/*+ commands */
}
/** Commands about one connection: not on a cluster. */
export interface ConnectionCommands<K extends Kind> {
/*+ connection */
}
${modulesOf(major).map(([property, name]) => `export interface ${name}<K extends Kind> {\n/*+ ${property} */\n}`).join('\n')}
interface ModuleCommands<K extends Kind> {
${modulesOf(major).map(([property, name]) => `  ${property}: ${name}<K>;`).join('\n')}
}

export interface RedisClientOptions${old ? '<M = any, F = any, S = any>' : '<M = any, F = any, S = any, RESP = any, TYPE_MAPPING = any, SocketOptions = any>'} {
  url?: string;
  socket?: any;
  username?: string;
  password?: string;
  name?: string;
  database?: number;
  ${major === 6 ? 'keyPrefix?: any;\n  ' : ''}[option: string]: any;
}

export interface RedisClientType${P} extends EventEmitter, RedisCommands<'client'>, ConnectionCommands<'client'>, ModuleCommands<'client'> {
  connect(): Promise<this>;
  duplicate(overrides?: Partial<RedisClientOptions>): this;
  sendCommand<T = any>(args: readonly (string | Buffer)[], options?: any): Promise<T>;
  multi(): RedisClientMultiCommandType;
  MULTI(): RedisClientMultiCommandType;
${listeners}
${iterators}
${pubSub}
${options}${old
    ? '  readonly v4: this;\n  executeIsolated<T>(fn: (client: RedisClientType) => T | Promise<T>): Promise<T>;\n  commandOptions: typeof commandOptions;\n'
    : '  asap(): this;\n  withAbortSignal(signal: any): this;\n  legacy(): any;\n  createPool(options?: any): RedisClientPoolType;\n  monitor(callback: (reply: string) => void): Promise<void>;\n  MONITOR(callback: (reply: string) => void): Promise<void>;\n'}/*+ client */
}

export interface RedisClientMultiCommandType${old ? P : '<isTyped = any, REPLIES = any, M = any, F = any, S = any, RESP = any, TYPE_MAPPING = any>'} extends RedisCommands<'multi'>, ConnectionCommands<'multi'>, ModuleCommands<'multi'> {
${exec}  addCommand(args: any, transformReply?: any): this;
${old ? '' : '  sendCommand(args: readonly (string | Buffer)[]): this;\n'}/*+ multi */
}

export interface RedisClusterOptions${P} { rootNodes: RedisClientOptions[]; defaults?: Partial<RedisClientOptions>; useReplicas?: boolean; [option: string]: any }
interface ShardNode {
  id: string;
  host: string;
  port: number;
  address: string;
  readonly: boolean;
  client?: RedisClientType;
}
export interface RedisClusterType${P} extends EventEmitter, RedisCommands<'cluster'>, ModuleCommands<'cluster'> {
  connect(): Promise<${old ? 'void' : 'this'}>;
  duplicate(overrides?: Partial<RedisClusterOptions>): this;
  sendCommand<T = any>(firstKey: string | Buffer | undefined, isReadonly: boolean | undefined, args: readonly (string | Buffer)[], options?: any): Promise<T>;
  multi(routing?: any): RedisClusterMultiCommandType;
  MULTI(routing?: any): RedisClusterMultiCommandType;
  nodeClient(node: ShardNode): ${old ? 'RedisClientType | Promise<RedisClientType>' : 'Promise<RedisClientType>'};
  readonly masters: ShardNode[];
  readonly replicas: ShardNode[];
  readonly slots: { master: ShardNode; replicas?: ShardNode[] }[];
  ${old ? 'readonly shards: { master: ShardNode; replicas?: ShardNode[] }[];\n  ' : ''}readonly nodeByAddress: Map<string, ShardNode>;
  getMasters(): ShardNode[];
  getRandomNode(): ShardNode;
  getSlotMaster(slot: number): ShardNode;
  getSlotRandomNode(slot: number): ShardNode;
${listeners}
${pubSub}
${options}/*+ cluster */
}
export interface RedisClusterMultiCommandType${old ? P : '<REPLIES = any, M = any, F = any, S = any, RESP = any, TYPE_MAPPING = any>'} extends RedisCommands<'clusterMulti'>, ModuleCommands<'clusterMulti'> {
${exec}  addCommand(...args: any[]): this;
/*+ clusterMulti */
}

${old ? '' : `export interface RedisPoolOptions { minimum: number; maximum: number; acquireTimeout: number; cleanupDelay: number; [option: string]: any }
export interface RedisClientPoolType${P} extends EventEmitter, RedisCommands<'pool'>, ModuleCommands<'pool'> {
  connect(): Promise<this | undefined>;
  execute<T>(task: (client: RedisClientType) => T): Promise<Awaited<T>>;
  sendCommand(args: readonly (string | Buffer)[], options?: any): Promise<any>;
  multi(): RedisClientMultiCommandType;
  MULTI(): RedisClientMultiCommandType;
${listeners}
${options}  asap(): this;
  withAbortSignal(signal: any): this;
/*+ pool */
}

export interface RedisSentinelOptions${P} { name: string; sentinelRootNodes: { host: string; port: number }[]; [option: string]: any }
export interface RedisSentinelType${P} extends EventEmitter, RedisCommands<'sentinel'>, ModuleCommands<'sentinel'> {
  connect(): Promise<this>;
${major === 5 ? '' : '  duplicate(overrides?: Partial<RedisSentinelOptions>): this;\n'}  use<T>(fn: (client: RedisSentinelClientType) => Promise<T>): Promise<T>;
  acquire(): Promise<RedisSentinelClientType>;
  sendCommand<T = any>(isReadonly: boolean | undefined, args: readonly (string | Buffer)[], options?: any): Promise<T>;
  multi(): RedisSentinelMultiCommandType;
  MULTI(): RedisSentinelMultiCommandType;
${listeners}
${pubSub}
${options}/*+ sentinel */
}
export interface RedisSentinelClientType${P} extends RedisCommands<'sentinel'>, ModuleCommands<'sentinel'> {
  sendCommand<T = any>(isReadonly: boolean | undefined, args: readonly (string | Buffer)[], options?: any): Promise<T>;
  multi(): RedisSentinelMultiCommandType;
  MULTI(): RedisSentinelMultiCommandType;
${options}/*+ sentinelClient */
}
export interface RedisSentinelMultiCommandType<REPLIES = any, M = any, F = any, S = any, RESP = any, TYPE_MAPPING = any> extends RedisCommands<'sentinelMulti'>, ModuleCommands<'sentinelMulti'> {
${exec}  addCommand(...args: any[]): this;
/*+ sentinelMulti */
}
export declare function createClientPool${P}(clientOptions?: RedisClientOptions${U}, options?: Partial<RedisPoolOptions>): RedisClientPoolType${U};
export declare function createSentinel${P}(options: RedisSentinelOptions${U}): RedisSentinelType${U};
`}${major === 6 ? `interface Construct<Options, Type> { new (options?: Options): Type; create(options?: Options): Type; factory(config?: any): (options?: Options) => Type; prototype: Type }
export type RedisClient${P} = RedisClientType${U};
export declare const RedisClient: Construct<RedisClientOptions, RedisClientType>;
export type RedisCluster${P} = RedisClusterType${U};
export declare const RedisCluster: Construct<RedisClusterOptions, RedisClusterType>;
export type RedisClientPool${P} = RedisClientPoolType${U};
export declare const RedisClientPool: Construct<RedisClientOptions, RedisClientPoolType>;
export type RedisSentinel${P} = RedisSentinelType${U};
export declare const RedisSentinel: Construct<RedisSentinelOptions, RedisSentinelType>;
` : ''}${old ? 'export declare function commandOptions<T>(options: T): T & { readonly commandOptions: unique symbol };\n' : ''}export declare function createClient${P}(options?: RedisClientOptions${U}): RedisClientType${U};
export declare function createCluster${P}(options: RedisClusterOptions${U}): RedisClusterType${U};
export declare function defineScript<S>(script: S): S & { SHA1: string };
/*+ exports */
`;
}

export function nodeRedisSpec(variant: Variant): Spec {
  const { major } = variant;
  const old = major === 4;
  const T = (name: string) => `import('redis').${name}`;
  const client = T('RedisClientType');
  const cluster = T('RedisClusterType');
  const pool = T('RedisClientPoolType');
  const sentinel = T('RedisSentinelType');
  // From version 5 on multi() is generic in a way that ReturnType cannot follow.
  const queue = (module: string, name: string, first: string) =>
    `import('@redis/client/dist/lib/${module}').${name}<${first}[], ${T('RedisDefaultModules')}, {}, {}, ${major === 5 ? 2 : 3}, {}>`;
  const multi = old ? `ReturnType<${client}['multi']>` : queue('client/multi-command', 'RedisClientMultiCommandType', `'typed', `);
  const clusterMulti = old ? `ReturnType<${cluster}['multi']>` : queue('cluster/multi-command', 'RedisClusterMultiCommandType', '');
  const sentinelMulti = queue('sentinel/multi-commands', 'RedisSentinelMultiCommandType', '');
  const member = (marker: string, of: string, name: string): Fill => ({ marker, of: [of], declaredBy: [name], style: 'member' });
  const kinds: [marker: string, real: string, ours: string][] = [
    ['client', client, 'RedisClientType'],
    ['cluster', cluster, 'RedisClusterType'],
    ['multi', multi, 'RedisClientMultiCommandType'],
    ['clusterMulti', clusterMulti, 'RedisClusterMultiCommandType'],
    ...(old ? [] : [
      ['pool', pool, 'RedisClientPoolType'],
      ['sentinel', sentinel, 'RedisSentinelType'],
      ['sentinelClient', `Awaited<ReturnType<${sentinel}['acquire']>>`, 'RedisSentinelClientType'],
      ['sentinelMulti', sentinelMulti, 'RedisSentinelMultiCommandType'],
    ] as [string, string, string][]),
  ];
  return {
    name: `redis-${major}`,
    packages: variant.packages,
    module: 'redis',
    frame: frame(variant),
    exports: 'top',
    command: (name, reply) => `${name}(...a: A): R<${reply}, K>;`,
    aliasReplies: true,
    genericReplies: true,
    fills: [
      { marker: 'commands', of: [client, multi, clusterMulti], declaredBy: ['RedisClientType', 'RedisClientMultiCommandType'], style: 'command' },
      { marker: 'connection', of: [client, multi], declaredBy: ['RedisClientType', 'RedisClientMultiCommandType', 'RedisCommands'], style: 'command' },
      ...modulesOf(major).map(([property, name]): Fill => ({ marker: property, of: [`${client}['${property}']`], declaredBy: [name], style: 'command' })),
      ...kinds.map(([marker, real, ours]) => member(marker, real, ours)),
    ],
    comparisons: [
      // Version 5's default type arguments forget the modules that createClientPool() gives.
      ...kinds.map(([marker, real, ours]) => ({ real, ours: T(ours), extra: marker === 'pool' && major === 5 ? modulesOf(major).map(([property]) => property) : [] })),
      ...modulesOf(major).map(([property]) => ({ real: `${client}['${property}']`, ours: `${T('RedisClientType')}['${property}']` })),
    ],
  };
}
