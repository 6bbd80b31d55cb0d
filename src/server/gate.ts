/**
 * The command gate: what may be sent to a server. Every command passes it; only our own scripts (own-scripts.ts) have a door of their own.
 *
 * Read-only connection: what the command table, or the server's COMMAND INFO, flags `readonly` and nobody flags dangerous,
 * and the server inquiries named below. Writable connection: also what is flagged `write`, and the rest after a question: what is
 * dangerous, unknown, a script, or reaches beyond the keys that it names (FUNCTION FLUSH, SCRIPT KILL, PUBLISH, FT.DROPINDEX).
 * On both: nothing that changes the session, because views share one connection, and nothing that may hold it.
 */
import { commandInfo, isContainer } from '../redis/commands.ts';
import type { CommandInfo } from '../redis/commands.ts';

/** What the server says of a command of its own (COMMAND INFO), lower case. */
export interface ServerCommand {
  flags: readonly string[];
  /** ACL categories with their `@`; empty before Redis 6. */
  acl: readonly string[];
  /** Position of the first key; 0 where it names none, or not at a fixed place. */
  firstKey?: number;
}

export type Verdict =
  | { allow: true }
  /** Allowed once a person has said yes. */
  | { allow: 'ask'; reason: string }
  | { allow: false; reason: string };

/** A command line taken apart: its name as in the table (`CONFIG SET`), and the rest. */
export interface ParsedCommand {
  name: string;
  args: readonly (string | Buffer)[];
}

/**
 * They ask the server about itself and change nothing, though the table flags none of them `readonly`. Not among them, for what they give
 * away: ACL GETUSER and ACL LIST (hashes of passwords), CLIENT LIST (who else is there), MODULE LIST (arguments, with passwords).
 * CONFIG GET passes without its passwords (reply-secrets.ts).
 */
const INQUIRIES = new Set([
  'PING', 'ECHO', 'TIME', 'INFO', 'ROLE', 'LASTSAVE', 'CONFIG GET', 'ACL CAT', 'ACL WHOAMI', 'MEMORY STATS', 'MEMORY DOCTOR', 'MEMORY MALLOC-STATS',
  'COMMAND', 'COMMAND COUNT', 'COMMAND DOCS', 'COMMAND INFO', 'COMMAND LIST', 'COMMAND GETKEYS', 'COMMAND GETKEYSANDFLAGS',
  'CLIENT ID', 'CLIENT INFO', 'CLIENT GETNAME', 'CLIENT GETREDIR', 'CLIENT TRACKINGINFO', 'SLOWLOG GET', 'SLOWLOG LEN',
  'LATENCY LATEST', 'LATENCY HISTORY', 'LATENCY HISTOGRAM', 'FUNCTION LIST', 'FUNCTION STATS', 'SCRIPT EXISTS',
  'CLUSTER INFO', 'CLUSTER NODES', 'CLUSTER SLOTS', 'CLUSTER SHARDS', 'CLUSTER LINKS', 'CLUSTER MYID', 'CLUSTER MYSHARDID', 'CLUSTER KEYSLOT',
  'CLUSTER COUNTKEYSINSLOT', 'CLUSTER SLOT-STATS', 'PUBSUB CHANNELS', 'PUBSUB NUMSUB', 'PUBSUB NUMPAT', 'PUBSUB SHARDCHANNELS', 'PUBSUB SHARDNUMSUB',
]); // prettier-ignore

/** They would change user, database, protocol or mode of the connection under the feet of every view. */
const SESSION = new Set([
  'AUTH', 'HELLO', 'SELECT', 'RESET', 'QUIT', 'MULTI', 'EXEC', 'DISCARD', 'WATCH', 'UNWATCH', 'MONITOR', 'SYNC', 'PSYNC', 'REPLCONF',
  'SUBSCRIBE', 'PSUBSCRIBE', 'SSUBSCRIBE', 'UNSUBSCRIBE', 'PUNSUBSCRIBE', 'SUNSUBSCRIBE', 'ASKING', 'READONLY', 'READWRITE',
  'CLIENT REPLY', 'CLIENT TRACKING', 'CLIENT CACHING', 'CLIENT CAPA', 'CLIENT NO-EVICT', 'CLIENT NO-TOUCH', 'CLIENT SETNAME', 'CLIENT SETINFO',
  'CLIENT IMPORT-SOURCE', 'SCRIPT DEBUG',
]); // prettier-ignore

const SCRIPTS = new Set(['EVAL', 'EVALSHA', 'EVAL_RO', 'EVALSHA_RO', 'FCALL', 'FCALL_RO']);

/** XREAD blocks only with its option; every other blocking command always may. */
const BLOCKS_ONLY_WITH_BLOCK = new Set(['XREAD', 'XREADGROUP']);

const SUBCOMMAND = /^[A-Z][A-Z0-9._|-]*$/;

/** `('config', ['Set', …])`, `('CONFIG SET', […])`: both are CONFIG SET. Words of a name that are no words stay in it, so that nothing knows them. */
export function parseCommand(name: string, args: readonly (string | Buffer)[]): ParsedCommand {
  const upper = name.toUpperCase();
  const [first] = args;
  if (first !== undefined && !upper.includes(' ') && isContainer(upper)) {
    const word = (typeof first === 'string' ? first : first.toString('latin1')).toUpperCase();
    if (SUBCOMMAND.test(word)) return { name: `${upper} ${word}`, args: args.slice(1) };
  }
  return { name: upper, args };
}

/** @param server undefined where the server could not be asked; null where it does not know the command */
export function judge(command: ParsedCommand, readOnly: boolean, server: ServerCommand | null | undefined): Verdict {
  const { name } = command;
  if (!name.split(' ').every((word) => SUBCOMMAND.test(word))) return refuse(`“${printable(name)}” is not a command`);
  const info = commandInfo(name);
  if (SESSION.has(name)) return refuse(`${name} changes the session that all views share`);
  if (mayBlock(command, info, server)) return refuse(`${name} may hold the connection that all views share`);
  return readOnly ? judgeReadOnly(name, info, server) : judgeWritable(name, info, server);
}

function judgeReadOnly(name: string, info: CommandInfo | undefined, server: ServerCommand | null | undefined): Verdict {
  if (SCRIPTS.has(name)) return refuse(`${name} runs a script, and no script but Keyscope's own runs on a read-only connection`);
  if (info === undefined && !server) return refuse(`${name} is not known to be harmless: neither Keyscope nor the server flags it read-only`);
  // PFCOUNT is flagged readonly, yet it may rewrite the value's cached count; the flag for that is may_replicate.
  const mayWrite = hasFlag(info, server, 'write') || hasFlag(info, server, 'may_replicate');
  if (INQUIRIES.has(name) && !mayWrite) return { allow: true };
  if (isDangerous(info, server)) return refuse(`${name} is dangerous on a live server`);
  if (mayWrite) return refuse(`${name} may change data`);
  const readonly = info === undefined ? server?.flags.includes('readonly') : info.flags.includes('readonly');
  return readonly ? { allow: true } : refuse(`${name} is not flagged read-only`);
}

function judgeWritable(name: string, info: CommandInfo | undefined, server: ServerCommand | null | undefined): Verdict {
  if (SCRIPTS.has(name)) return ask(`${name} runs a script, which may do anything`);
  if (info === undefined && !server) return ask(`${name} is not known to Keyscope`);
  if (INQUIRIES.has(name) && !hasFlag(info, server, 'write')) return { allow: true };
  if (isDangerous(info, server)) return ask(`${name} is dangerous on a live server`);
  const harmless = hasFlag(info, server, 'write') ? namesKeys(info, server) : hasFlag(info, server, 'readonly') || (info !== undefined && name.endsWith(' HELP'));
  return harmless ? { allow: true } : ask(`${name} reaches beyond the keys that it names`);
}

/** It changes what it is given, and nothing else. */
function namesKeys(info: CommandInfo | undefined, server: ServerCommand | null | undefined): boolean {
  return info === undefined ? (server?.firstKey ?? 0) > 0 : (info.keys?.length ?? 0) > 0;
}

function mayBlock({ name, args }: ParsedCommand, info: CommandInfo | undefined, server: ServerCommand | null | undefined): boolean {
  if (!hasFlag(info, server, 'blocking')) return false;
  if (!BLOCKS_ONLY_WITH_BLOCK.has(name)) return true;
  return args.some((arg) => (typeof arg === 'string' ? arg : arg.toString('latin1')).toUpperCase() === 'BLOCK');
}

function isDangerous(info: CommandInfo | undefined, server: ServerCommand | null | undefined): boolean {
  return hasFlag(info, server, 'admin') || info?.acl.includes('dangerous') === true || server?.acl.includes('@dangerous') === true;
}

function hasFlag(info: CommandInfo | undefined, server: ServerCommand | null | undefined, flag: string): boolean {
  return info?.flags.includes(flag) === true || server?.flags.includes(flag) === true;
}

function refuse(reason: string): Verdict {
  return { allow: false, reason };
}

function ask(reason: string): Verdict {
  return { allow: 'ask', reason };
}

function printable(text: string): string {
  return JSON.stringify(text.slice(0, 40)).slice(1, -1);
}
