/** The arguments of `npm start`, and a server's address without its secrets. */
import { parseArgs } from 'node:util';

export interface StartOptions {
  /** A server to browse instead of one of our own. */
  url: string | undefined;
  /** False: stop after the terminal part. */
  open: boolean;
  help: boolean;
}

export const startUsage = `Usage: npm start [-- options]
  --url <redis://…>  browse this server, read-only, instead of a Redis of our own with example data
  --no-open          stop after the findings in the terminal; open no VS Code
  --help             this text`;

const SCHEMES = ['redis:', 'rediss:'];

/** Throws an Error that says what is wrong, and never repeats a password. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { url: { type: 'string' }, 'no-open': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    strict: true,
    allowPositionals: false,
  });
  if (values.url !== undefined) {
    const parsed = URL.canParse(values.url) ? new URL(values.url) : undefined;
    if (parsed === undefined || !SCHEMES.includes(parsed.protocol) || parsed.hostname === '') {
      throw new Error('--url needs an address like redis://127.0.0.1:6379/0, or rediss://… for TLS.');
    }
  }
  return { url: values.url, open: values['no-open'] !== true, help: values.help === true };
}

/** The address with user, password and query left out: fit for a terminal and for a settings file. */
export function withoutCredentials(url: string): string {
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  parsed.search = '';
  parsed.hash = '';
  return parsed.href;
}

export interface ConnectionSetting {
  /** An entry of the setting `keyscope.connections`; what is secret stands as `${env:NAME}`. */
  setting: { name: string; url: string; autoConnect: true; readOnly?: true };
  /** The names' values, for the environment of VS Code. */
  env: Record<string, string>;
}

/** How the window learns the server: secrets travel by the environment, never by a file. */
export function connectionSetting(name: string, url: string, readOnly: boolean): ConnectionSetting {
  const parsed = new URL(url);
  const env: Record<string, string> = {};
  const placeholder = (variable: string, value: string): string => {
    if (value === '') return '';
    env[variable] = decodeURIComponent(value);
    return `\${env:${variable}}`;
  };
  const user = placeholder('KEYSCOPE_START_USER', parsed.username);
  const password = placeholder('KEYSCOPE_START_PASSWORD', parsed.password);
  const plain = withoutCredentials(url);
  const secret = password !== '' ? `${user}:${password}@` : user !== '' ? `${user}@` : '';
  return { setting: { name, url: plain.replace('://', `://${secret}`), autoConnect: true, ...(readOnly ? { readOnly: true as const } : {}) }, env };
}
