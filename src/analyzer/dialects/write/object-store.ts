/** What the functions that keep an object have in common, whatever they keep it as: their parameters, the TTL, the transaction. */
import type { DialectName } from '../../facts/calls/redis-call.ts';
import type { Lines } from '../../fixes/text/lines.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { Style } from '../../fixes/text/style.ts';

/** By which command, and in which unit, a TTL is given: EX is EXPIRE with seconds. */
export type TtlForm = 'EX' | 'PX' | 'EXAT' | 'PXAT';

export interface TtlParameter {
  form: TtlForm;
  given: 'always' | 'sometimes' | 'never';
  /** Some calls, or all, leave the one that the key has: KEEPTTL. */
  kept: 'always' | 'sometimes' | 'never';
  /** Refuses what SET refuses: EXPIRE with a TTL that is not positive deletes the key. */
  checked: boolean;
}

export interface ObjectStore {
  dialect: DialectName;
  style: Style;
  /** What the object is called: `session`. */
  noun: string;
  names: { toHash: string; write: string; update: string; read: string; clientInterface: string };
  /** Type of the client (ioredis): `Redis`. node-redis's own client types do not fit each other: an interface is written for it. */
  clientType: string;
  /** What a read gives where its caller does not say. */
  valueType: string | undefined;
  /** Functions that are called from other files. */
  exported: ReadonlySet<string>;
  write: TtlParameter | undefined;
  update: TtlParameter | undefined;
  read: boolean;
}

const expiry: Record<TtlForm, { name: string; ioredis: string; 'node-redis': string }> = {
  EX: { name: 'seconds', ioredis: 'expire', 'node-redis': 'expire' },
  PX: { name: 'milliseconds', ioredis: 'pexpire', 'node-redis': 'pExpire' },
  EXAT: { name: 'expireAt', ioredis: 'expireat', 'node-redis': 'expireAt' },
  PXAT: { name: 'expireAt', ioredis: 'pexpireat', 'node-redis': 'pExpireAt' },
};

/** `expire`, `pExpire`, … */
export const expiryMethod = (dialect: DialectName, form: TtlForm): string => expiry[form][dialect];

/** The member of a client's interface that sets the TTL. */
export function expiryMember(ttl: TtlParameter | undefined): string[] {
  return ttl && ttl.given !== 'never' ? [`${expiryMethod('node-redis', ttl.form)}(key: string, ${expiry[ttl.form].name}: number): unknown;`] : [];
}

export function parameters(store: ObjectStore, value: string, ttl: TtlParameter): string {
  const name = expiry[ttl.form].name;
  const isMixed = ttl.kept === 'sometimes';
  const optional = (ttl.given === 'sometimes' || (isMixed && ttl.given === 'never')) && store.style.typescript ? '?' : '';
  const type = [...(ttl.given === 'never' ? [] : ['number']), ...(isMixed ? [quote('KEEPTTL', store.style)] : [])].join(' | ');
  const last = type === '' ? '' : `, ${name}${optional}${typed(store, `: ${type}`)}`;
  return `client${clientAnnotation(store)}, key${typed(store, ': string')}, ${value}${last}`;
}

export function checkLines({ style }: ObjectStore, { form, given, kept, checked }: TtlParameter): Lines {
  if (!checked || given === 'never') return [];
  const name = expiry[form].name;
  const isGiven = [...(given === 'sometimes' ? [`${name} !== undefined`] : []), ...(kept === 'sometimes' ? [`${name} !== ${quote('KEEPTTL', style)}`] : [])];
  const condition = [...isGiven, `!(${name} > 0)`].join(' && ');
  return [`if (${condition}) throw new RangeError(\`invalid expire time: \${${name}}\`);`];
}

export function expire({ dialect }: ObjectStore, { form, given }: TtlParameter): string[] {
  if (given === 'never') return [];
  const name = expiry[form].name;
  const call = `multi.${expiryMethod(dialect, form)}(key, ${name});`;
  return [given === 'sometimes' ? `if (${name} !== undefined) ${call}` : call];
}

/** What SET does to the time to live of a key that there is already. */
export function replaceTtl(store: ObjectStore, { form, given, kept }: TtlParameter): string[] {
  const name = expiry[form].name;
  if (kept === 'always') return [];
  const expires = `multi.${expiryMethod(store.dialect, form)}(key, ${name});`;
  const unlessKept = kept === 'sometimes' ? `if (${name} !== ${quote('KEEPTTL', store.style)}) ` : '';
  if (given === 'sometimes') return [`if (${name} === undefined) multi.persist(key);`, `else ${unlessKept}${expires}`];
  return [unlessKept + (given === 'never' ? 'multi.persist(key);' : expires)];
}

export function execute({ dialect, style }: ObjectStore): Lines {
  const run = dialect === 'ioredis' ? ['for (const [error] of (await multi.exec()) ?? []) if (error) throw error;'] : ['await multi.exec();'];
  return [...run, `return ${quote('OK', style)};`];
}

export const head = (store: ObjectStore, name: string, async = true): string => `${store.exported.has(name) ? 'export ' : ''}${async ? 'async ' : ''}function ${name}`;
export const typed = ({ style }: ObjectStore, text: string): string => (style.typescript ? text : '');
export const clientAnnotation = (store: ObjectStore): string => typed(store, `: ${store.dialect === 'ioredis' ? store.clientType : store.names.clientInterface}`);
/** `cartSummary` → `a cart summary` */
export const article = (noun: string): string => `${/^(?:[aeio]|u(?!s|ni|ti))/i.test(noun) ? 'an' : 'a'} ${noun.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;
