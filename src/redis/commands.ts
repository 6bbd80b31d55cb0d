/**
 * The command table: what Redis and Valkey say of their own commands (data/commands.json, made from their sources),
 * and the commands that are newer than it or come from modules (data/more-commands.json).
 * The tables are 210 KB: load this file where a command is judged, not at activation.
 */
import type { KeySpec } from './key-positions.ts';
import moreTable from './data/more-commands.json' with { type: 'json' };
import table from './data/commands.json' with { type: 'json' };

/** An argument as the server's sources describe it; `type` `oneof` and `block` hold further `arguments`. */
export interface CommandArgument {
  name: string;
  type: 'key' | 'string' | 'integer' | 'double' | 'pattern' | 'unix-time' | 'pure-token' | 'oneof' | 'block' | 'function';
  token?: string;
  optional?: true;
  multiple?: true;
  /** The token is repeated before each value (`SORT … GET a GET b`). */
  multiple_token?: true;
  since?: string;
  deprecatedSince?: string;
  arguments?: readonly CommandArgument[];
}

export interface CommandInfo {
  /** Upper case; a subcommand with its container: `CONFIG SET`. */
  name: string;
  /** `string`, `hash`, `generic`, `server`, `json`, … */
  group: string;
  /** Servers that have it. */
  in: readonly ('redis' | 'valkey')[];
  /** Lower case as in COMMAND INFO, without its plus sign: `readonly`, `write`, `admin`, `blocking`, `denyoom`, `fast`, … */
  flags: readonly string[];
  /** ACL categories named by the sources, beyond those that the flags imply (`write`, `read`, `admin`, `fast`, `slow`). */
  acl: readonly string[];
  /** Counts the command's own words; negative: at least so many. Undefined for most module commands. */
  arity?: number;
  since?: string;
  complexity?: string;
  arguments?: readonly CommandArgument[];
  keys?: readonly KeySpec[];
  /** Kinds of reply: `integer`, `string`, `null`, `array`, `object`, `const:OK`, … */
  reply?: readonly string[];
  deprecatedSince?: string;
  /** What to use instead, in the words of the sources: `SET with the GET argument`. */
  replacedBy?: string;
  /** The module that brings it: `ReJSON`, `search`, `timeseries`, `bf`. */
  module?: string;
}

type Row = Omit<CommandInfo, 'name'>;

const rows = { ...(moreTable as unknown as Record<string, Row>), ...(table as unknown as Record<string, Row>) };
const infos = new Map<string, CommandInfo>();

/** By name in any case, words of a subcommand separated by a space (`config set`); undefined where neither table has it. */
export function commandInfo(name: string): CommandInfo | undefined {
  const upper = name.toUpperCase();
  let info = infos.get(upper);
  if (info === undefined && Object.hasOwn(rows, upper)) {
    info = { name: upper, ...(rows[upper] as Row) };
    infos.set(upper, info);
  }
  return info;
}

/** Every name of both tables, containers and subcommands included, sorted. */
export function commandNames(): string[] {
  return Object.keys(rows).sort();
}

/** Has subcommands: `CONFIG`, `CLIENT`, `XINFO`, … */
export function isContainer(name: string): boolean {
  const prefix = `${name.toUpperCase()} `;
  containers ??= new Set(Object.keys(rows).filter((row) => row.includes(' ')).map((row) => row.slice(0, row.indexOf(' ') + 1)));
  return containers.has(prefix);
}
let containers: Set<string> | undefined;

/**
 * The command that these words are: `['config', 'Set', 'x', 'y']` is `CONFIG SET`. A container's unknown subcommand is undefined;
 * `undefined` words stand for what is not known.
 */
export function resolveCommand(words: readonly (string | undefined)[]): CommandInfo | undefined {
  const [first, second] = words;
  if (first === undefined) return undefined;
  if (!isContainer(first)) return commandInfo(first);
  return second === undefined ? commandInfo(first) : commandInfo(`${first} ${second}`);
}

const hasFlag = (info: CommandInfo | undefined, flag: string): boolean => info?.flags.includes(flag) ?? false;

/** Flagged `readonly`: reads keys and changes none. False for what touches no key (PING) and for unknown names. */
export function isReadOnly(name: string): boolean {
  return hasFlag(commandInfo(name), 'readonly');
}

/** Flagged `write`: may change the keyspace. Scripts carry neither flag. */
export function isWrite(name: string): boolean {
  return hasFlag(commandInfo(name), 'write');
}

/** May hold the connection until something happens (BLPOP, WAIT, XREAD BLOCK). */
export function isBlocking(name: string): boolean {
  return hasFlag(commandInfo(name), 'blocking');
}

/** In the ACL category `dangerous`: named so by the sources (KEYS, SORT, FLUSHALL), or `admin`, which implies it. */
export function isDangerous(name: string): boolean {
  const info = commandInfo(name);
  return info !== undefined && (info.acl.includes('dangerous') || info.flags.includes('admin'));
}
