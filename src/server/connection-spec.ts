/** Where a server is and how to speak to it: what a person typed, with `${env:…}` already replaced. */
import { ServerError } from './server-error.ts';

export interface TlsSpec {
  /** PEM text. Default: the certificate authorities that Node knows. */
  ca?: string;
  /** Client certificate and its key, PEM text. */
  cert?: string;
  key?: string;
  passphrase?: string;
  /** Name the certificate must have; default the host. */
  servername?: string;
  /** False accepts any certificate: for a self-signed one on a machine of your own. Default true. */
  rejectUnauthorized?: boolean;
}

export interface ConnectionSpec {
  /** As shown to the person; default host:port. */
  name?: string;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 6379. */
  port?: number;
  /** Unix socket; then host and port are not used. */
  path?: string;
  username?: string;
  password?: string;
  /** The database that is shown first; default 0. */
  db?: number;
  /** Present: TLS. */
  tls?: TlsSpec;
}

/** What an address may begin with, by how it leads to the server. Everything that takes an address takes these. */
const SCHEMES: Readonly<Record<string, 'tcp' | 'tls' | 'unix'>> = {
  redis: 'tcp',
  rediss: 'tls',
  valkey: 'tcp',
  valkeys: 'tls',
  unix: 'unix',
  'redis+unix': 'unix',
  'redis+socket': 'unix',
};

/**
 * `redis[s]://[user[:password]@]host[:port][/db]`, the same with `valkey[s]://`, `unix://[user:password@]/path/to.sock[?db=n]`, or `host[:port]`.
 * Throws ServerError `invalid-spec` whose message says what is wrong and what to type instead, never repeating the password.
 */
export function parseRedisUrl(text: string): ConnectionSpec {
  const trimmed = text.trim();
  if (trimmed === '') throw invalid('The address is empty. Type for instance redis://localhost:6379');
  const [, written, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(trimmed) ?? [];
  const scheme = written?.toLowerCase() ?? 'redis';
  const way = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
  if (way === undefined) throw invalid(`“${scheme}://” is not a Redis address. Type redis://host:6379, rediss://host:6379 for TLS, or unix:///path/to.sock`);
  let url: URL;
  try {
    // URL knows no user and password without a host: a socket gets one.
    url = new URL(`${scheme}://${way === 'unix' ? rest.replace(/^([^/]*@)?(?=\/)/, '$1socket') : rest}`);
  } catch {
    throw invalid(
      'The address is not a URL. It looks like redis://user:password@host:6379/0; in the user and the password write : / ? @ # % as %3A %2F %3F %40 %23 %25',
    );
  }
  // Else what follows is dropped, and the wrong host is asked.
  if (url.hash !== '') throw invalid('The address has a #. In a password write it as %23');
  if (url.search.includes('@')) throw invalid('The address has a ? before its @. In a user or a password write it as %3F');
  if (way !== 'unix' && url.pathname.includes('@')) throw invalid('The address has a / before its @. In a user or a password write it as %2F');
  const credentials = { username: decode(url.username, 'user'), password: decode(url.password, 'password') };
  if (way === 'unix') {
    if (!/^([^/]*@)?\//.test(rest)) throw invalid('The path of a socket begins with /, as in unix:///run/redis/redis.sock');
    return clean({ ...credentials, path: decode(url.pathname, 'path'), db: database(url.searchParams.get('db') ?? '') });
  }
  return clean({
    ...credentials,
    // An IPv6 address comes in brackets, which a socket does not take.
    host: decode(url.hostname, 'host')?.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? undefined : Number(url.port),
    db: database(url.searchParams.get('db') ?? url.pathname.slice(1)),
    tls: way === 'tls' ? {} : undefined,
  });
}

/** For people and logs: no password. */
export function describeSpec(spec: ConnectionSpec): string {
  const user = spec.username === undefined ? '' : `${encodeURIComponent(spec.username)}@`;
  if (spec.path !== undefined) return `unix://${user}${encodeURI(spec.path).replace(/[?#]/g, encodeURIComponent)}${spec.db ? `?db=${spec.db}` : ''}`;
  const host = spec.host ?? '127.0.0.1';
  const db = spec.db === undefined || spec.db === 0 ? '' : `/${spec.db}`;
  return `${spec.tls ? 'rediss' : 'redis'}://${user}${host.includes(':') ? `[${host}]` : host}:${spec.port ?? 6379}${db}`;
}

/** Throws ServerError `invalid-spec` for what no socket would take. */
export function checkSpec(spec: ConnectionSpec): void {
  const port = spec.port ?? 6379;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw invalid(`Port ${port} is not between 1 and 65535`);
  const db = spec.db ?? 0;
  if (!Number.isInteger(db) || db < 0) throw invalid(`Database ${db} is not a number from 0 up`);
  // eslint-disable-next-line no-control-regex -- what no name may hold
  if (/[\s/\\\0-\x1f]/.test(spec.host ?? '')) throw invalid(`“${spec.host}” is not a host name. Give the host alone, the port apart`);
}

function database(text: string): number | undefined {
  if (text === '' || text === '/') return undefined;
  if (!/^\d+$/.test(text)) throw invalid(`The path of the address is the number of a database, as in redis://host:6379/2; found “${text}”`);
  return Number(text);
}

function decode(text: string, what: string): string | undefined {
  if (text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(`The ${what} in the address has a % that starts no code. Write % itself as %25`);
  }
}

function clean(spec: ConnectionSpec): ConnectionSpec {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}

function invalid(message: string): ServerError {
  return new ServerError('invalid-spec', `${message}.`);
}
