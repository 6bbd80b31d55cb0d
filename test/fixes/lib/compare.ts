/** Holds what was executed against what the fix declares to keep. Every difference is one message. */
import { isDeepStrictEqual, inspect } from 'node:util';
import type { CaseFile } from './cases.ts';
import type { Outcome } from './execution.ts';
import type { Keyspace, KeyspaceEntry } from './keyspace.ts';
import { asSets } from './plain.ts';
import type { Plain } from './plain.ts';
import { projections, renames } from './projections.ts';

/** Both sides run within some hundred milliseconds of each other; TTLs of cases are tens of seconds at least. */
const ttlToleranceMs = 3_000;
/** What a read pays for a value that is still in its old type: the refused command, MGET, the script, the command again. */
const conversionTrips = 3;

export function differences(declared: Pick<CaseFile, 'keeps' | 'projection' | 'repairs' | 'converts' | 'calls'>, before: Outcome, after: Outcome): string[] {
  const repaired = declared.repairs?.roundTrips ?? 0;
  const found = [...replies(declared, before, after), ...keyspace(declared, before, after)];
  return repaired === 'any' ? found : [...found, ...roundTrips(declared, (declared.converts ?? 0) * conversionTrips + repaired, before, after)];
}

function replies({ keeps, repairs }: Pick<CaseFile, 'keeps' | 'repairs'>, before: Outcome, after: Outcome): string[] {
  const read = keeps.replies === 'same-as-set' ? asSets : (value: Plain): Plain => value;
  const found: string[] = [];
  const hold = (what: string, one: Plain, other: Plain): void => {
    if (!isDeepStrictEqual(read(one), read(other))) found.push(`${what} differ:\n  ${show(one)}\n  ${show(other)}`);
  };
  if (repairs) {
    if (repairs.before) hold('replies before the repair (pinned, got)', repairs.before as Plain, before.replies);
    hold('replies after the repair (pinned, got)', repairs.after as Plain, after.replies);
  } else {
    before.replies.forEach((reply, index) => hold(`replies of call ${index + 1} (before, after)`, reply, after.replies[index] ?? null));
    hold('printed and recorded values (before, after)', before.output, after.output);
  }
  hold('errors that nobody caught (before, after)', repairs?.uncaught ? [] : before.unhandled, after.unhandled);
  return found;
}

function keyspace({ projection, repairs }: Pick<CaseFile, 'projection' | 'repairs'>, before: Outcome, after: Outcome): string[] {
  const project: (entry: KeyspaceEntry) => KeyspaceEntry = projection ? projections[projection] : (entry) => entry;
  const expected: Keyspace = new Map(before.keyspace.map(([key, entry]) => [(projection && renames[projection]?.(key)) ?? key, project(entry)]));
  const got: Keyspace = new Map(after.keyspace);
  for (const [key, entry] of Object.entries(repairs?.keyspace ?? {})) expected.set(key, { ...entry, ttl: got.get(key)?.ttl ?? -1 });
  const found: string[] = [];
  for (const key of new Set([...expected.keys(), ...got.keys()])) {
    const [one, other] = [expected.get(key), got.get(key)];
    if (!one || !other) found.push(`key ${key} is only in the keyspace ${one ? 'before' : 'after'} the fix: ${show(one ?? other)}`);
    else if (one.type !== other.type || !isDeepStrictEqual(one.value, other.value)) found.push(`key ${key} differs (before, after):\n  ${show(one)}\n  ${show(other)}`);
    else if (one.ttl < 0 !== other.ttl < 0 || Math.abs(one.ttl - other.ttl) > ttlToleranceMs) found.push(`TTL of ${key} differs: ${one.ttl} ms before, ${other.ttl} ms after`);
  }
  return found;
}

function roundTrips({ keeps: { roundTrips: declared }, calls }: Pick<CaseFile, 'keeps' | 'calls'>, allowed: number, before: Outcome, after: Outcome): string[] {
  const sent = `${show(before.commands)} before, ${show(after.commands)} after`;
  if (declared === 'longest-call-shorter') {
    // What both sides send alike is not the fix's doing.
    const added = Object.entries(after.commands).filter(([name, { calls }]) => calls > (before.commands[name]?.calls ?? 0));
    const changed = Object.entries(before.commands).filter(([name, { calls }]) => calls !== (after.commands[name]?.calls ?? 0));
    const [one, other] = [longest(changed), longest(added)];
    // Not sent so often, or cut into several of its kind.
    const isLessFrequent = (after.commands[one.name]?.calls ?? 0) < (before.commands[one.name]?.calls ?? 0) || (after.commands[one.name]?.usec ?? 0) < one.usec;
    return isLessFrequent && other.usec < one.usec ? [] : [`the longest call is not shorter: ${one.name} ${one.usec} µs before, ${other.name} ${other.usec} µs after (${sent})`];
  }
  if (declared === 'same-commands') {
    const counts = ({ commands }: Outcome): Record<string, number> => Object.fromEntries(Object.entries(commands).map(([name, { calls }]) => [name, calls]));
    return isDeepStrictEqual(counts(before), counts(after)) ? [] : [`the commands are not the same: ${sent}`];
  }
  const [one, other] = [before.roundTrips, after.roundTrips - allowed];
  const kept = declared === 'fewer' ? other < one : declared === 'one-more' ? other >= one && other <= one + calls.length : other === one;
  return kept ? [] : [`round trips declared ${declared}: ${one} before, ${other} after${allowed > 0 ? ` without ${allowed} for conversions and repairs` : ''} (${sent})`];
}

function longest(commands: [string, { usec: number }][]): { name: string; usec: number } {
  return commands.reduce((found, [name, { usec }]) => (usec > found.usec ? { name, usec } : found), { name: 'nothing', usec: 0 });
}

const show = (value: unknown): string => inspect(value, { depth: 8, breakLength: Infinity, maxArrayLength: 30 }).replaceAll('\n', ' ');
