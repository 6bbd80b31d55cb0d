/**
 * The cases: test/fixes/<rule>/<case>/ holds
 *   before.ts after.ts   the code and what the fix makes of it (any extension of source code);
 *                        or folders before/ and after/ where the fix spans several files, entry `index.*`
 *   case.json            see CaseFile
 *   anything else        files that belong to both sides, e.g. redis.ts
 * The code is a module as a person writes it; it makes its client from process.env.REDIS_URL
 * (or process.env.REDIS_NODES, `host:port,host:port`, on a cluster).
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServerConfig } from '../../../src/config/config.ts';
import type { FixKeeps, FixKind } from '../../../src/analyzer/finding.ts';
import { isClientName } from './clients.ts';
import type { ClientName } from './clients.ts';
import type { Plain } from './plain.ts';
import type { ProjectionName } from './projections.ts';

export interface CaseFile {
  /** Id of the fix that is applied to every finding of the rule, one after the other, until none offers it. */
  fix: string;
  kind: FixKind;
  /** What the fix has to declare, and is held to. */
  keeps: FixKeeps;
  /** Library and major, each run for itself: `["ioredis@5", "redis@4"]`. */
  clients: ClientName[];
  /** What the configuration says of the servers; see config.ts. */
  server?: ServerConfig;
  /** Three masters instead of one server. */
  cluster?: true;
  /** Redis commands that make the keyspace before the calls. */
  seed?: (string | number)[][];
  /** Exported functions and their arguments, called one after the other: `["listKeys", "user:*"]`; see `Argument`. */
  calls: [string, ...Argument[]][];
  /** For `keeps.keyspace: "projected"`: how the keyspace of `before` has to be read; see projections.ts. */
  projection?: ProjectionName;
  /** Why the sides are only type-checked: what they need that the server at hand lacks (a module). */
  notExecuted?: string;
  /**
   * How many values the fixed code converts, each the first time it meets it (string → hash): costs round trips once, which are allowed
   * for beyond `keeps.roundTrips`; see `conversionTrips`.
   */
  converts?: number;
  /**
   * A fix that also repairs what the code got wrong (a missing key prefix): the replies pinned on both sides,
   * in place of `keeps.replies`, with the reason. No `before` where it is chance (which node of a cluster answers).
   * `keyspace`: entries that the unfixed code stored wrongly or not at all, as the fixed code has to leave them.
   * `roundTrips`: how many commands more are sent, since the unfixed code failed before it sent them; `any` where that depends on time.
   * `uncaught`: the unfixed code ends in errors that nobody catches.
   */
  repairs?: { reason: string; before?: unknown[]; after: unknown[]; keyspace?: Record<string, { type: string; value: Plain }>; roundTrips?: number | 'any'; uncaught?: true };
  /** `module` (default), or `commonjs` for code that uses `require`. */
  type?: 'module' | 'commonjs';
}

/**
 * JSON, or `{ "$callback": true }`: a node callback, whose arguments count as the call's reply;
 * `{ "$record": true }`: a function whose calls are compared; `{ "$date": "…" }`, `{ "$map": [[k, v]] }`, `{ "$set": [v] }`,
 * `{ "$undefined": true }`.
 */
export type Argument = unknown;

export interface FixCase extends CaseFile {
  rule: string;
  /** `<rule>/<case>` */
  name: string;
  /** Relative path → text. */
  before: Map<string, string>;
  /** Undefined only where the author has not written it yet (`KEYSCOPE_UPDATE_FIXES`). */
  after: Map<string, string> | undefined;
  /** Where the calls' functions are exported. */
  entry: string;
  folder: string;
}

export const casesFolder = fileURLToPath(new URL('..', import.meta.url));

/** @param root a folder of rules; @param filter part of `<rule>/<case>` */
export function readCases(root: string = casesFolder, filter = ''): FixCase[] {
  return folders(root)
    .filter((rule) => rule !== 'lib')
    .flatMap((rule) => folders(join(root, rule)).map((name) => ({ rule, name: `${rule}/${name}`, folder: join(root, rule, name) })))
    .filter(({ name }) => name.includes(filter))
    .map(({ rule, name, folder }) => readCase(rule, name, folder));
}

function readCase(rule: string, name: string, folder: string): FixCase {
  const fail = (what: string): never => {
    throw new Error(`test/fixes/${name}: ${what}`);
  };
  const file = join(folder, 'case.json');
  if (!existsSync(file)) return fail('case.json is missing (see test/fixes/lib/cases.ts)');
  const content = JSON.parse(readFileSync(file, 'utf8')) as CaseFile;
  for (const field of ['fix', 'kind', 'keeps', 'clients', 'calls'] as const) if (content[field] === undefined) fail(`case.json has no "${field}"`);
  for (const client of content.clients) if (!isClientName(client)) fail(`unknown client "${String(client)}" (see test/fixes/lib/clients.ts)`);
  if (content.keeps.keyspace === 'projected' && content.projection === undefined && content.repairs?.keyspace === undefined && content.notExecuted === undefined) fail('keeps.keyspace is "projected": name the "projection", or what the fix repairs');
  const own = textsUnder(folder);
  const extra = [...own].filter(([path]) => path !== 'case.json' && !/^(?:before|after)[./]/.test(path));
  const side = (which: 'before' | 'after'): Map<string, string> | undefined => {
    const texts = [...own].flatMap(([path, text]): [string, string][] => {
      if (path.startsWith(`${which}/`)) return [[path.slice(which.length + 1), text]];
      return path.startsWith(`${which}.`) ? [[`code${path.slice(which.length)}`, text]] : [];
    });
    return texts.length > 0 ? new Map([...extra, ...texts]) : undefined;
  };
  const before = side('before') ?? fail('there is no before.* nor before/');
  const entry = [...before.keys()].find((path) => /^(?:code|index)\.[mc]?[jt]sx?$/.test(path)) ?? fail('before/ has no index.*');
  return { ...content, rule, name, folder, before, after: side('after'), entry };
}

/** Where a file of a side is kept in the case's folder. */
export function pathInCase(fixCase: FixCase, side: 'before' | 'after', path: string): string {
  return existsSync(join(fixCase.folder, 'before')) ? join(fixCase.folder, side, path) : join(fixCase.folder, path.replace(/^code/, side));
}

function folders(root: string): string[] {
  return readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory()).sort();
}

function textsUnder(folder: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    texts.set(full.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(full, 'utf8'));
  }
  return texts;
}

/** How Node runs the case's files: by its `type`, else by whether it uses `require`. */
export function moduleType(fixCase: FixCase): 'module' | 'commonjs' {
  if (fixCase.type) return fixCase.type;
  const entry = fixCase.before.get(fixCase.entry) ?? '';
  return /\.c?js$/.test(basename(fixCase.entry)) && /\brequire\(/.test(entry) ? 'commonjs' : 'module';
}
