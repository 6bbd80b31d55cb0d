/** Why a value has the encoding it has, by the server's own thresholds: one sentence for a tooltip. Pure. */
import { formatCount } from '../redis/format.ts';
import type { EncodingThresholds } from '../server/info.ts';

export interface EncodingFacts {
  type: string | undefined;
  encoding: string | undefined;
  /** Elements; bytes of a string. */
  length: number | undefined;
  /** The longest field, value or member where it is known. */
  largestElementBytes?: number;
}

/** OBJ_ENCODING_EMBSTR_SIZE_LIMIT in object.c since Redis 3.2: header and text fit one allocation of 64 bytes. Valkey 9 embeds longer ones. */
const EMBSTR_LIMIT = 44;

const LIST_NODE_KB: Record<string, number> = { '-1': 4, '-2': 8, '-3': 16, '-4': 32, '-5': 64 };

/** Undefined where nothing is known to say: no encoding, or a module's type. */
export function encodingReason(facts: EncodingFacts, thresholds: EncodingThresholds): string | undefined {
  const { type, encoding } = facts;
  if (encoding === undefined) return undefined;
  const text = reason(type, facts, thresholds);
  return text === undefined ? undefined : `${encoding}: ${text}`;
}

function reason(type: string | undefined, facts: EncodingFacts, thresholds: EncodingThresholds): string | undefined {
  switch (type) {
    case 'string':
      return stringReason(facts);
    case 'hash':
      return collectionReason(facts, {
        unit: 'fields',
        element: 'field or value',
        maxEntries: thresholds.hashMaxListpackEntries,
        maxValue: thresholds.hashMaxListpackValue,
        setting: `hash-max-${thresholds.compactName ?? 'listpack'}`,
      });
    case 'zset':
      return collectionReason(facts, {
        unit: 'members',
        element: 'member',
        maxEntries: thresholds.zsetMaxListpackEntries,
        maxValue: thresholds.zsetMaxListpackValue,
        setting: `zset-max-${thresholds.compactName ?? 'listpack'}`,
      });
    case 'set':
      return setReason(facts, thresholds);
    case 'list':
      return listReason(facts, thresholds);
    case 'stream':
      return 'the only encoding of streams: a radix tree of listpacks';
    default:
      return undefined;
  }
}

function stringReason({ encoding, length }: EncodingFacts): string | undefined {
  switch (encoding) {
    case 'int':
      return 'a whole number of 64 bits, kept without a string';
    case 'embstr':
      return `${amount(length, 'bytes')}${length !== undefined && length > EMBSTR_LIMIT ? '' : ` (limit ${EMBSTR_LIMIT})`}, in one allocation with the header`;
    case 'raw':
      return length !== undefined && length <= EMBSTR_LIMIT
        ? `only ${amount(length, 'bytes')}, but changed in place (APPEND, SETRANGE, SETBIT, PFADD …), which leaves it in an allocation of its own`
        : `${amount(length, 'bytes')}, over the ${EMBSTR_LIMIT} that fit one allocation with the header`;
    default:
      return undefined;
  }
}

interface Limits {
  unit: string;
  element: string;
  maxEntries: number | undefined;
  maxValue: number | undefined;
  /** `hash-max-listpack`; `-entries` and `-value` follow. */
  setting: string;
}

function collectionReason({ encoding, length, largestElementBytes }: EncodingFacts, limits: Limits): string {
  const { unit, element, maxEntries, maxValue, setting } = limits;
  const many = amount(length, unit);
  if (encoding === 'listpack' || encoding === 'ziplist' || encoding === 'listpackex') {
    const ttl = encoding === 'listpackex' ? ', with room for a TTL per field' : '';
    if (maxEntries === undefined || maxValue === undefined) return `${many}, under the limits of this server, which are not known to us (CONFIG is denied)${ttl}`;
    return `${many} (limit ${formatCount(maxEntries)}, ${setting}-entries), no ${element} over ${formatCount(maxValue)} bytes (${setting}-value)${ttl}`;
  }
  if (maxEntries === undefined || maxValue === undefined || length === undefined) {
    return `${many}; it has passed a limit of the compact encoding (${setting}-entries or -value), which we may not read`;
  }
  if (length > maxEntries) return `${many}, over the limit of ${formatCount(maxEntries)} (${setting}-entries)`;
  if (largestElementBytes !== undefined && largestElementBytes > maxValue) {
    return `a ${element} has ${formatCount(largestElementBytes)} bytes, over the limit of ${formatCount(maxValue)} (${setting}-value)`;
  }
  const cause =
    largestElementBytes === undefined
      ? `so a ${element} is or was over ${formatCount(maxValue)} bytes (${setting}-value), or it once had more ${unit}`
      : `but it once was over that, or had a ${element} over ${formatCount(maxValue)} bytes (${setting}-value)`;
  return `${many} ${length === 1 ? 'is' : 'are'} within the limit of ${formatCount(maxEntries)} (${setting}-entries), ${cause}; it does not turn back`;
}

/** Whole numbers have an encoding and a limit of their own; what else there is has another, from Redis 7.2 on. */
function setReason(facts: EncodingFacts, thresholds: EncodingThresholds): string {
  const { encoding, length } = facts;
  const { setMaxIntsetEntries: maxInts, setMaxListpackEntries: maxEntries, setMaxListpackValue: maxValue } = thresholds;
  const many = amount(length, 'members');
  if (encoding === 'intset') {
    return maxInts === undefined ? `${many}, all whole numbers` : `${many}, all whole numbers (limit ${formatCount(maxInts)}, set-max-intset-entries)`;
  }
  if (encoding === 'listpack') return collectionReason(facts, { unit: 'members', element: 'member', maxEntries, maxValue, setting: 'set-max-listpack' });
  if (maxInts === undefined || length === undefined) return `${many}; not all whole numbers, or more than set-max-intset-entries, which we may not read`;
  const intset = `${formatCount(maxInts)} (set-max-intset-entries)`;
  // Which members there are is not known: over the limit of an intset they may be whole numbers or not.
  if (maxEntries === undefined) {
    if (length > maxInts) return `${many}: not all whole numbers, or whole numbers over the limit of ${intset}`;
    return `${many}, not all whole numbers, or once over ${intset}; it does not turn back`;
  }
  const listpack = `${formatCount(maxEntries)} (set-max-listpack-entries)`;
  if (length > Math.max(maxInts, maxEntries)) return `${many}, over the limit of ${listpack}, and of ${intset} if they are all whole numbers`;
  if (length > maxEntries) return `${many}, over the limit of ${listpack}; not all whole numbers, or once over ${intset}`;
  return collectionReason(facts, { unit: 'members', element: 'member', maxEntries, maxValue, setting: 'set-max-listpack' });
}

function listReason({ encoding, length }: EncodingFacts, thresholds: EncodingThresholds): string | undefined {
  const { listMaxListpackSize: size, setMaxListpackEntries, compactName = 'listpack' } = thresholds;
  const many = amount(length, 'elements');
  const setting = `list-max-${compactName}-size`;
  const limit = size === undefined ? `${setting}, which we may not read` : nodeLimit(size, setting);
  if (encoding === 'listpack') return `${many} ${length === 1 ? 'fits' : 'fit'} one node (${limit})`;
  if (encoding === 'ziplist') return `${many}, under the limits of this old server`;
  if (encoding !== 'quicklist') return undefined;
  // Where CONFIG is denied, the version is not known either.
  if (size === undefined) return `nodes of ${compactName}s (${limit})`;
  // Lists of one listpack came with the listpack of sets, in Redis 7.2.
  return setMaxListpackEntries === undefined ? `the only encoding of lists before Redis 7.2: nodes of ${compactName}s (${limit})` : `${many} need or needed more than one node (${limit})`;
}

/** SIZE_SAFETY_LIMIT in quicklist.c: a node limited by its elements has at most 8 KB, too. */
function nodeLimit(size: number, setting: string): string {
  const kilobytes = LIST_NODE_KB[String(size)];
  return kilobytes === undefined ? `limit ${formatCount(size)} elements and 8 KB, ${setting} ${size}` : `limit ${kilobytes} KB, ${setting} ${size}`;
}

function amount(length: number | undefined, unit: string): string {
  if (length === undefined) return `an unknown number of ${unit}`;
  return `${formatCount(length)} ${length === 1 ? unit.slice(0, -1) : unit}`;
}
