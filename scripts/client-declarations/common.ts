/** What every generated declaration file needs of Node, declared inside the module: the analyzer loads no @types/node, and a project's own cannot clash. */
export const nodeTypes = `interface Buffer extends Uint8Array {
  toString(encoding?: string, start?: number, end?: number): string;
  toJSON(): { type: 'Buffer'; data: number[] };
  equals(other: Uint8Array): boolean;
  compare(other: Uint8Array): number;
  readUInt8(offset?: number): number;
  readUInt16BE(offset?: number): number;
  readUInt32BE(offset?: number): number;
  readInt32BE(offset?: number): number;
  readDoubleBE(offset?: number): number;
  readBigUInt64BE(offset?: number): bigint;
}
type Listener = (...args: any[]) => void;
declare class EventEmitter {
  addListener(event: string | symbol, listener: Listener): this;
  removeListener(event: string | symbol, listener: Listener): this;
  off(event: string | symbol, listener: Listener): this;
  removeAllListeners(event?: string | symbol): this;
  prependListener(event: string | symbol, listener: Listener): this;
  prependOnceListener(event: string | symbol, listener: Listener): this;
  setMaxListeners(n: number): this;
  getMaxListeners(): number;
  listeners(event: string | symbol): Function[];
  rawListeners(event: string | symbol): Function[];
  listenerCount(event: string | symbol, listener?: Function): number;
  eventNames(): (string | symbol)[];
  emit(event: string | symbol, ...args: any[]): boolean;
}
`;

/** Members that every class has, and those of EventEmitter: never listed. */
export const emitterMembers = new Set([
  'addListener', 'removeListener', 'off', 'removeAllListeners', 'prependListener', 'prependOnceListener', 'setMaxListeners',
  'getMaxListeners', 'listeners', 'rawListeners', 'listenerCount', 'eventNames', 'emit', 'on', 'once',
]);

/** A list of members that the generator writes at the line `/*+ <marker> *\/` of a frame. */
export interface Fill {
  marker: string;
  /** Type expressions over the real package; a member is listed when each of `of` has it and none of `without` has. */
  of: string[];
  without?: string[];
  /** Declarations of the frame whose members are not listed again. */
  declaredBy?: string[];
  /** `command`: the reply goes through the frame's `style` function; `member`: as it is, type cut down. */
  style: 'command' | 'member';
}

/** A check that the finished file has exactly the members of the real type. */
export interface Comparison {
  real: string;
  ours: string;
  /** Members that only ours has: at run time they are there too, the package's types forgot them. */
  extra?: string[];
  /** A type of the package whose members ours may have besides. */
  extraOf?: string;
}

export interface Spec {
  /** `ioredis-5`: the file's name. */
  name: string;
  /** Exact versions, so that the files are the same wherever they are generated. */
  packages: string[];
  /** The module that users import. */
  module: string;
  frame: string;
  /** How a command is written, from its name and the text of its reply's type. */
  command(name: string, reply: string): string;
  /** Replies that are written more than once get a type alias at the frame's line for aliases, to keep the file small. */
  aliasReplies?: true;
  /** Replies of generic commands are those of a call without options; otherwise `any`, where the type parameters choose between shapes. */
  genericReplies?: true;
  /** Where a missing exported name goes: a line of the frame. */
  exports: 'top' | 'namespace';
  fills: Fill[];
  comparisons: Comparison[];
}
