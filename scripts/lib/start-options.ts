/** The arguments of `npm start`, and a server's address without its secrets. */
import { parseArgs } from 'node:util';
import { checkSpec, describeSpec, parseRedisUrl } from '../../src/server/connection-spec.ts';
import type { ConnectionSpec } from '../../src/server/connection-spec.ts';

export interface StartOptions {
  /** A server to browse instead of one of our own. */
  server: ConnectionSpec | undefined;
  /** False: stop after the terminal part. */
  open: boolean;
  help: boolean;
}

export const startUsage = `Usage: npm start [-- options]
  --url <redis://…>  browse this server, read-only, instead of a Redis of our own with example data;
                     also rediss:// (TLS), valkey://, valkeys://, unix:///path/to.sock
  --no-open          stop after the findings in the terminal; open no VS Code
  --help             this text`;

/** Throws an Error that says what is wrong, and never repeats a password. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { url: { type: 'string' }, 'no-open': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    strict: true,
    allowPositionals: false,
  });
  return { server: values.url === undefined ? undefined : serverAt(values.url), open: values['no-open'] !== true, help: values.help === true };
}

/** By the same words as the extension takes them. */
function serverAt(url: string): ConnectionSpec {
  try {
    const spec = parseRedisUrl(url);
    checkSpec(spec);
    return spec;
  } catch (error) {
    throw new Error(`--url: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** The address with user and password left out: fit for a terminal and for a settings file. */
export function addressOf({ username: _, password: __, ...address }: ConnectionSpec): string {
  return describeSpec(address);
}

export interface ConnectionSetting {
  /** An entry of the setting `keyscope.connections`; what is secret stands as `${env:NAME}`. */
  setting: { name: string; url: string; autoConnect: true; readOnly?: true };
  /** The names' values, for the environment of VS Code. */
  env: Record<string, string>;
}

/** How the window learns the server: secrets travel by the environment, never by a file. */
export function connectionSetting(name: string, server: ConnectionSpec, readOnly: boolean): ConnectionSetting {
  const env: Record<string, string> = {};
  const placeholder = (variable: string, value: string | undefined): string => {
    if (value === undefined || value === '') return '';
    env[variable] = value;
    return `\${env:${variable}}`;
  };
  const user = placeholder('KEYSCOPE_START_USER', server.username);
  const password = placeholder('KEYSCOPE_START_PASSWORD', server.password);
  const secret = password !== '' ? `${user}:${password}@` : user !== '' ? `${user}@` : '';
  return { setting: { name, url: addressOf(server).replace('://', `://${secret}`), autoConnect: true, ...(readOnly ? { readOnly: true as const } : {}) }, env };
}
