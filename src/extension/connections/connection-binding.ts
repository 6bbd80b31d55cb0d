/**
 * What decides who gets a connection's secret: its address, and how the server has to prove that it is the right one.
 * A stored secret, and the permission to write, hold for these and for no others: settings that come with a workspace may use
 * the same name with another address, without TLS, or with certificates that anybody can make.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { withoutCredentials } from './connection-address.ts';
import type { ConnectionConfig } from './connection-config.ts';
import { replacePlaceholders } from './env-placeholders.ts';

/** What a person calls it → its value. The keys come in one order, so that two of them can be compared as text. */
export type Binding = Readonly<Record<string, string>>;

export function bindingOf({ url, tls }: ConnectionConfig, env: NodeJS.ProcessEnv = process.env): Binding {
  return {
    'the address': withoutCredentials(url),
    '"tls"': tls === undefined ? 'no' : 'yes',
    '"rejectUnauthorized"': String(tls?.rejectUnauthorized ?? true),
    '"servername"': tls?.servername ?? '',
    '"caFile"': tls?.caFile ?? '',
    'the content of "caFile"': tls?.caFile ? digestOf(tls.caFile, env) : '',
    '"certFile"': tls?.certFile ?? '',
    '"keyFile"': tls?.keyFile ?? '',
  };
}

/** What is different between then and now, in words; undefined where nothing is. */
export function whatChanged(bound: unknown, now: Binding): string | undefined {
  const then = typeof bound === 'object' && bound !== null ? (bound as Record<string, unknown>) : {};
  const names = Object.keys(now).filter((name) => then[name] !== now[name]);
  if (names.length === 0) return undefined;
  // Its path says enough, and "tls" as a whole says more than its parts.
  const [first = ''] = names;
  const told = first === '"tls"' ? [first] : names.filter((name) => name !== 'the content of "caFile"' || !names.includes('"caFile"'));
  return told.length > 1 ? `${told.slice(0, -1).join(', ')} and ${told.at(-1)}` : told.join('');
}

function digestOf(file: string, env: NodeJS.ProcessEnv): string {
  try {
    return createHash('sha256').update(readFileSync(replacePlaceholders(file, env))).digest('hex');
  } catch {
    // Nothing is connected without it: resolveSpec says what is wrong.
    return 'unreadable';
  }
}
