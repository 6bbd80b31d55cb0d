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
  if (/^\d+$/.test(trimmed)) throw invalid(`“${trimmed}” has no host. For a port of this machine type localhost:${trimmed}`);
  if (trimmed.startsWith('/')) throw invalid(`For a socket type unix://${trimmed.includes('@') ? '/path/to.sock' : trimmed}`);
  // `redis:6379` is a host and its port.
  const slashless = /^(rediss?|valkeys?|unix):(?!\/\/|\d)[^@]*$/i.exec(trimmed)?.[1];
  if (slashless !== undefined) throw invalid(`Behind ${slashless}: come two slashes, as in ${slashless === 'unix' ? 'unix:///run/redis/redis.sock' : `${slashless}://localhost:6379`}`);
  const [, written, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(trimmed) ?? [];
  const scheme = written?.toLowerCase() ?? 'redis';
  const way = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
  if (way === undefined) throw invalid(`“${scheme}://” is not a Redis address. Type redis://host:6379, rediss://host:6379 for TLS, or unix:///path/to.sock`);
  let url: URL;
  try {
    // URL knows no user and password without a host: a socket gets one.
    url = new URL(`${scheme}://${way === 'unix' ? rest.replace(/^([^/]*@)?(?=\/)/, '$1socket') : rest}`);
  } catch {
    throw invalid(way === 'unix' ? CREDENTIALS : wrongPart(rest));
  }
  // Else what follows is dropped, and the wrong host is asked.
  if (url.hash !== '') throw invalid('The address has a #. In a password write it as %23');
  if (url.search.includes('@')) throw invalid('The address has a ? before its @. In a user or a password write it as %3F');
  if (way !== 'unix' && url.pathname.includes('@')) throw invalid('The address has a / before its @. In a user or a password write it as %2F');
  const credentials = { username: decode(url.username, 'user'), password: decode(url.password, 'password') };
  if (way === 'unix') {
    if (!/^([^/]*@)?\//.test(rest)) throw invalid('The path of a socket begins with /, as in unix:///run/redis/redis.sock');
    return clean({ ...credentials, path: decode(url.pathname, 'path'), db: database(url.searchParams.get('db') ?? '', '?db=') });
  }
  return clean({
    ...credentials,
    // An IPv6 address comes in brackets, which a socket does not take.
    host: decode(url.hostname, 'host')?.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? undefined : Number(url.port),
    db: url.searchParams.has('db') ? database(url.searchParams.get('db') ?? '', '?db=') : database(url.pathname.slice(1), 'the path'),
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

const CREDENTIALS = 'The user or the password has a character that an address does not take. There write : / ? @ # % as %3A %2F %3F %40 %23 %25';

/** Of `user:password@host:port/db` that is no URL. Quotes nothing: without its @host, an address ends in a password. */
function wrongPart(rest: string): string {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  if (rest.lastIndexOf('@') > authority.length) return CREDENTIALS;
  const place = authority.slice(authority.lastIndexOf('@') + 1);
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(place) ?? [];
  if (/^[\da-f]*:[\da-f]*:[\da-f:.]*$/i.test(place)) return 'An IPv6 address stands in brackets, as in redis://[::1]:6379';
  if (host === '') return 'The address has no host. It looks like redis://user:password@localhost:6379/0';
  if (port !== '' && !isPort(port)) return `The port of the address is not a number from 1 to 65535, as in redis://localhost:6379${place === authority && !/^\d+$/.test(port) ? '. Where a password is meant, @ and the host come behind it' : ''}`;
  if (host.startsWith('[')) return 'What stands in brackets is no IPv6 address, as in redis://[::1]:6379';
  if (/[\s<>[\]^|\\]/.test(host)) return 'The host has a character that no host name has. It is a name or an IP address, as in redis://localhost:6379';
  return CREDENTIALS;
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

/** @param where it stands in the address */
function database(text: string, where: string): number | undefined {
  if (text === '' || text === '/') return undefined;
  if (!/^\d+$/.test(text)) throw invalid(where === '?db=' ? `What follows ?db= is the number of a database, as in ?db=2; found “${text}”` : `The path of the address is the number of a database, as in redis://host:6379/2; found “${text}”`);
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
