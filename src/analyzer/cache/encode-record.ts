/** The record of a check as text and back: each file's name once, relative to the root, and numbers in its place. */
import type { CheckRecord, FileRecord, PartRecord } from '../check-record.ts';
import type { ProgramRecord } from '../program/program-record.ts';
import type { Trail } from '../workspace/trail.ts';
import { pathsUnder } from './paths-under.ts';

interface Encoded {
  files: string[];
  program: ProgramRecord;
  records: [file: number, calls: number, senders: readonly string[], leads: readonly string[], seek: EncodedTrail, parts: [join: string, keys: readonly string[], trail: EncodedTrail][]][];
  looks: [file: number, trail: EncodedTrail][];
}

type EncodedTrail = [files: number[], sited: number[], callers: number[], searches: [file: number, names: string[]][], words: string[], keys: string[], isOfAll: 0 | 1];

/** Without a line break. */
export function encodeRecord({ program, files, looks }: CheckRecord, root: string): string {
  const { short } = pathsUnder(root);
  const numbers = new Map<string, number>();
  const numberOf = (file: string): number => {
    let known = numbers.get(file);
    if (known === undefined) numbers.set(file, (known = numbers.size));
    return known;
  };
  const trailOf = (trail: Trail): EncodedTrail => [
    [...trail.files].map(numberOf),
    [...trail.sited].map(numberOf),
    [...trail.callers].map(numberOf),
    [...trail.searches].map(([file, names]) => [numberOf(file), [...names]]),
    [...trail.words],
    [...trail.keys],
    trail.isOfAll ? 1 : 0,
  ];
  const records = [...files].map(([file, { calls, senders, leads, seek, parts }]): Encoded['records'][number] => [
    numberOf(file),
    calls,
    senders,
    leads,
    trailOf(seek),
    [...parts].map(([join, { keys, trail }]) => [join, keys, trailOf(trail)]),
  ]);
  const encoded: Encoded = { program, records, looks: [...looks].map(([file, trail]) => [numberOf(file), trailOf(trail)]), files: [] };
  encoded.files = [...numbers.keys()].map(short);
  return JSON.stringify(encoded);
}

/** Throws where the text is not what encodeRecord makes. */
export function decodeRecord(text: string, root: string): CheckRecord {
  const { files: names, program, records, looks } = JSON.parse(text) as Encoded;
  const all = names.map(pathsUnder(root).full);
  const fileOf = (index: number): string => {
    const file = all[index];
    if (file === undefined) throw new Error('not a record');
    return file;
  };
  const trailOf = ([files, sited, callers, searches, words, keys, isOfAll]: EncodedTrail): Trail => ({
    files: new Set(files.map(fileOf)),
    sited: new Set(sited.map(fileOf)),
    callers: new Set(callers.map(fileOf)),
    searches: new Map(searches.map(([file, searched]) => [fileOf(file), new Set(searched)])),
    words: new Set(words),
    keys: new Set(keys),
    isOfAll: isOfAll === 1,
  });
  return {
    program,
    files: new Map(
      records.map(([file, calls, senders, leads, seek, parts]): [string, FileRecord] => [
        fileOf(file),
        { calls, senders, leads, seek: trailOf(seek), parts: new Map(parts.map(([join, keys, trail]): [string, PartRecord] => [join, { keys, trail: trailOf(trail) }])) },
      ]),
    ),
    looks: new Map(looks.map(([file, trail]) => [fileOf(file), trailOf(trail)])),
  };
}
