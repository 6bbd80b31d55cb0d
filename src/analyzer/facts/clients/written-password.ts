/** A password that stands in the code, by itself or in a URL, of a connection to a host that is not this machine. */
import ts from 'typescript';
import { isIP } from 'node:net';
import type { OptionValue } from './connection-options.ts';
import { constantText, keyPattern } from '../code/fold.ts';

export interface WrittenPassword {
  option: OptionValue;
  /** In a URL. */
  inUrl: boolean;
}

const names = new Set(['password', 'auth_pass', 'sentinelPassword']);

export function writtenPassword(options: readonly OptionValue[], checker: ts.TypeChecker): WrittenPassword | undefined {
  const urls = options.filter(isUrlOption).flatMap((option) => {
    const url = urlOf(option.value, checker);
    return url ? [{ option, ...url }] : [];
  });
  const written = urls.find(({ password, host }) => password !== undefined && !isPlaceholder(password) && host !== undefined && !isLocal(host));
  if (written) return { option: written.option, inUrl: true };
  const password = options.find(({ path, value }) => names.has(path.at(-1) ?? '') && isSecret(constantText(value, checker)));
  if (!password || options.some(({ path }) => path.at(-1) === 'path')) return undefined;
  const hosts = options.filter(isHostOption).map(({ value }) => constantText(value, checker));
  const all = [...hosts, ...urls.map(({ host }) => host), ...options.filter((option) => isUrlOption(option) && !ts.isNumericLiteral(option.value) && !urls.some((url) => url.option === option)).map(({ value }) => hostAlone(value, checker))];
  const known = all.filter((host) => host !== undefined);
  if (known.some((host) => !isLocal(host))) return { option: password, inUrl: false };
  // One for development, beside what the environment says; no host at all is this machine.
  if (password.isChoice || known.length > 0 || all.length === 0) return undefined;
  return { option: password, inUrl: false };
}

const isUrlOption = ({ path }: OptionValue): boolean => path.length === 0 || path.at(-1) === 'url' || (path.length === 1 && path[0] === '[]');
const isHostOption = ({ path }: OptionValue): boolean => path.at(-1) === 'host' && path.at(-2) !== 'tls';

/** Of a URL its password and host, as far as they are text. */
function urlOf(value: ts.Expression, checker: ts.TypeChecker): { password: string | undefined; host: string | undefined } | undefined {
  const { parts } = keyPattern(value, checker);
  const [first] = parts;
  const text = first && 'literal' in first ? first.literal : '';
  const match = /^(?:rediss?|valkeys?):\/\/(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)/.exec(text);
  if (!match) return undefined;
  const colon = match[1]?.indexOf(':') ?? -1;
  // A host that goes on in a variable is not known.
  const isCut = parts.length > 1 && match[0].length === text.length;
  return { password: match[1] !== undefined && colon >= 0 ? match[1].slice(colon + 1) : undefined, host: isCut && match[2] === '' ? '*' : match[2] === '' ? 'localhost' : match[2] };
}

/** `createClient(6379, 'cache.example.com')`, or an address in a variable: undefined. */
function hostAlone(value: ts.Expression, checker: ts.TypeChecker): string | undefined {
  const text = constantText(value, checker);
  return text !== undefined && /^\d+$/.test(text) ? 'localhost' : text;
}

const isSecret = (text: string | undefined): boolean => text !== undefined && text !== '' && !isPlaceholder(text);

/** What stands for a password in an example. */
function isPlaceholder(text: string): boolean {
  return text === '' || /^[<[{(%$*].*|^[x.*-]+$|your|change.?me|placeholder|^(?:pass|password|passwd|secret|redacted|todo|null|undefined|none|example)$/i.test(text);
}

/** This machine, a container beside it, or a name without a domain. */
export function isLocal(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (bare === '*') return false;
  if (isIP(bare) !== 0) return /^(?:127\.|0\.0\.0\.0$|::1?$)/.test(bare);
  return !bare.includes('.') || (/\.(?:localhost|local|test|internal)$/.test(bare) && /^(?:host|gateway)\.docker\.internal$|\.(?:localhost|test)$|^[^.]+\.local$/.test(bare));
}
