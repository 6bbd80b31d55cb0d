/** One entry of the setting `keyscope.connections`: where a server is, without user and password. */
import { readFileSync } from 'node:fs';
import { checkSpec, parseRedisUrl } from '../../server/connection-spec.ts';
import type { ConnectionSpec, TlsSpec } from '../../server/connection-spec.ts';
import { defaultName } from './connection-address.ts';
import type { Credentials } from './connection-address.ts';
import { replacePlaceholders, replacePlaceholdersInUrl } from './env-placeholders.ts';

/** Files hold PEM text; the paths are absolute, and may hold `${env:NAME}`. */
export interface TlsConfig {
  caFile?: string;
  certFile?: string;
  keyFile?: string;
  servername?: string;
  rejectUnauthorized?: boolean;
}

export interface ConnectionConfig {
  /** As shown in the tree; one of a kind. */
  name: string;
  url: string;
  tls?: TlsConfig;
  /** true: writes stay refused for good. false: allowed from the start, heeded in user settings alone. Absent: until the person allows them. */
  readOnly?: boolean;
  /** Opened when the Keys view is first shown, heeded in user settings alone; else when the person expands it. */
  autoConnect?: boolean;
}

/** What a person wrote into the settings, with what is wrong with it. */
export type ParsedConfig = { config: ConnectionConfig; problem?: undefined } | { config?: undefined; problem: string };

export function parseConnectionConfig(value: unknown): ParsedConfig {
  // The output shows what is said here: no value, which may be an address with its password.
  if (!isRecord(value)) return { problem: `an entry is ${kindOf(value)}, not an object with "name" and "url"` };
  const { name, url, tls, readOnly, autoConnect } = value;
  if (name !== undefined && typeof name !== 'string') return { problem: `a "name" is ${kindOf(name)}, not text` };
  if (typeof url !== 'string' || url.trim() === '') return { problem: `the entry ${JSON.stringify(name ?? '')} has no "url"` };
  if (tls !== undefined && !isRecord(tls)) return { problem: `"tls" of ${JSON.stringify(name ?? defaultName(url))} is ${kindOf(tls)}, not an object` };
  return {
    config: {
      name: name?.trim() || defaultName(url),
      url: url.trim(),
      ...(tls === undefined ? {} : { tls: pickTls(tls) }),
      ...(typeof readOnly === 'boolean' ? { readOnly } : {}),
      ...(typeof autoConnect === 'boolean' ? { autoConnect } : {}),
    },
  };
}

/**
 * What the connection is made with: placeholders replaced, certificates read, credentials put in.
 * @throws ServerError | MissingVariable | Error (a file that cannot be read), each with a message for people.
 */
export function resolveSpec(config: ConnectionConfig, credentials: Credentials, env: NodeJS.ProcessEnv = process.env): ConnectionSpec {
  const fromUrl = parseRedisUrl(replacePlaceholdersInUrl(config.url, env));
  const spec: ConnectionSpec = { ...fromUrl, name: config.name };
  if (credentials.username) spec.username = replacePlaceholders(credentials.username, env);
  if (credentials.password) spec.password = replacePlaceholders(credentials.password, env);
  if (config.tls !== undefined) spec.tls = { ...spec.tls, ...readTls(config.tls, env) };
  checkSpec(spec);
  return spec;
}

function readTls(tls: TlsConfig, env: NodeJS.ProcessEnv): TlsSpec {
  const read = (file: string | undefined): string | undefined => (file === undefined || file === '' ? undefined : readPem(replacePlaceholders(file, env)));
  return dropUndefined({
    ca: read(tls.caFile),
    cert: read(tls.certFile),
    key: read(tls.keyFile),
    servername: tls.servername,
    rejectUnauthorized: tls.rejectUnauthorized,
  });
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`The certificate file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}). Check the path in the connection's "tls".`, { cause: error });
  }
}

function pickTls(tls: Record<string, unknown>): TlsConfig {
  const text = (key: string): string | undefined => (typeof tls[key] === 'string' ? tls[key] : undefined);
  return dropUndefined({
    caFile: text('caFile'),
    certFile: text('certFile'),
    keyFile: text('keyFile'),
    servername: text('servername'),
    rejectUnauthorized: typeof tls['rejectUnauthorized'] === 'boolean' ? tls['rejectUnauthorized'] : undefined,
  });
}

function dropUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'string' ? 'text' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
