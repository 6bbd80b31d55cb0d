/** The address of a connection as text: taken apart into what may be shown and saved, and what is secret. */
import { checkSpec, describeSpec, parseRedisUrl } from '../../server/connection-spec.ts';
import { hasPlaceholder } from './env-placeholders.ts';

/** What lives in SecretStorage. Either may hold `${env:NAME}`. */
export interface Credentials {
  username?: string;
  password?: string;
}

interface UserInfo {
  scheme: string;
  username: string;
  password: string;
  /** What follows the last @. */
  rest: string;
}

/** By the text alone, for what is no URL: everything up to the last @ is user and password. A placeholder has a colon of its own. */
function userInfo(url: string): UserInfo | undefined {
  const parts = /^([a-z][a-z0-9+.-]*:\/\/)?((?:\$\{env:[^}]*\}|[^:@])*)(?::(.*))?@([^@]*)$/is.exec(url.trim());
  if (parts === null) return undefined;
  const [, scheme = '', username = '', password = '', rest = ''] = parts;
  return { scheme, username, password, rest };
}

/** True for a password written into the address itself, not by a placeholder. */
export function hasLiteralPassword(url: string): boolean {
  const password = userInfo(url)?.password ?? '';
  return password !== '' && !/^(?:\$\{env:[^}]*\})+$/.test(password);
}

/** The address as it may be shown, whatever was typed: where it makes no sense, all up to the last @ is left out. */
export function withoutCredentials(url: string): string {
  if (!hasPlaceholder(url)) {
    try {
      return splitCredentials(url).url;
    } catch {
      // Shown as it is, but for what may be a password.
    }
  }
  const parts = userInfo(url);
  if (parts !== undefined) return `${parts.scheme}${parts.rest}`;
  return url.includes('@') ? url.slice(url.lastIndexOf('@') + 1) : url;
}

/**
 * The address without user and password, as it may be shown and saved. One with placeholders stays as it is written, but for a password in
 * plain text. A password with characters that no URL takes, as in `redis://:50%@host`, is taken as it was meant.
 * @throws ServerError for what is no address
 */
export function splitCredentials(url: string): { url: string; credentials: Credentials } {
  if (hasPlaceholder(url)) return (hasLiteralPassword(url) ? splitText(url, (address) => address) : undefined) ?? { url: url.trim(), credentials: {} };
  try {
    const { username, password, ...address } = parseRedisUrl(url);
    return { url: describeSpec(address), credentials: filled({ username, password }) };
  } catch (error) {
    const split = hasLiteralPassword(url) ? splitText(url, normalized) : undefined;
    if (split !== undefined) return split;
    throw error;
  }
}

/** Undefined where what is left is no address either. */
function splitText(url: string, check: (address: string) => string | undefined): { url: string; credentials: Credentials } | undefined {
  const parts = userInfo(url);
  const address = parts && check(`${parts.scheme}${parts.rest}`);
  return parts && address !== undefined ? { url: address, credentials: filled({ username: decoded(parts.username), password: decoded(parts.password) }) } : undefined;
}

function normalized(address: string): string | undefined {
  try {
    return describeSpec(parseRedisUrl(address));
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function filled({ username, password }: Credentials): Credentials {
  return { ...(username ? { username } : {}), ...(password ? { password } : {}) };
}

/** Is it meant as an address, right or wrong, rather than as words to search a list by? */
export function looksLikeAddress(text: string): boolean {
  return /:\/\/|@|\$\{env:|^[^\s/]+:\d|^\[[\d:a-f]+\]|^[a-z\d-]+(?:\.[a-z\d-]+)+|^localhost$/i.test(text.trim());
}

/** Why this is no address, in a sentence for people; undefined where it is one, or holds a placeholder. */
export function complaintAboutUrl(text: string): string | undefined {
  if (hasPlaceholder(text)) {
    // The settings would hold it in plain text: an address with a placeholder is kept as it is written.
    return hasLiteralPassword(text) ? 'This address mixes a placeholder with a password in plain text. Write the password as ${env:NAME} too, or leave it out and give it step by step' : undefined;
  }
  try {
    checkSpec(parseRedisUrl(text));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** `host:port`, or the address as written where it holds a placeholder or is no address. */
export function defaultName(url: string): string {
  if (hasPlaceholder(url)) return withoutCredentials(url);
  try {
    const { host, port, path } = parseRedisUrl(url);
    return path ?? `${host ?? '127.0.0.1'}:${port ?? 6379}`;
  } catch {
    return withoutCredentials(url);
  }
}
