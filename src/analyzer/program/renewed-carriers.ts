/** Which files may hold a client, from what an earlier check found out: only changed files are parsed for it where that is enough. */
import type ts from 'typescript';
import type { Carriers, CarrierSearch } from './carriers.ts';
import type { Focus } from './focus.ts';
import { dependentsOf, graphDigest, type EarlierProgram } from './program-record.ts';

/** @returns undefined where imports lead elsewhere than they did */
export function renewedCarriers({ program, changed, isSameScan }: EarlierProgram, search: CarrierSearch, focus: Focus, tree: (file: string) => ts.SourceFile | undefined): { carriers: Carriers; areSame: boolean } | undefined {
  if (!program.carriers || program.graph !== graphDigest(focus)) return undefined;
  const files = [...changed];
  const restored = files.every((file) => isSameScan(file) && !isInCycle(file, focus) && !isBehindStar(file, focus)) ? search.restore(program.carriers, files, tree) : undefined;
  if (restored) return { carriers: restored, areSame: true };
  const carriers = search.all(tree);
  const before = new Map(program.carriers.carriers);
  const areSame = search.record() !== undefined && before.size === carriers.size && [...carriers].every(([file, names]) => isSameList(before.get(file), [...names]));
  return { carriers, areSame };
}

const isSameList = (one: readonly string[] | undefined, other: readonly string[]): boolean => one?.length === other.length && other.every((name) => one.includes(name));

/** What such a file hands out may be said to carry because of what others hand out, who have it from there. */
function isInCycle(file: string, focus: Focus): boolean {
  const dependents = dependentsOf([file], focus);
  return [...(focus.imports.get(file)?.files.values() ?? [])].some((target) => dependents.has(target));
}

/** `export * from` the file: which names come from there is told by its text. */
function isBehindStar(file: string, { imports }: Focus): boolean {
  for (const one of imports.values()) {
    const isImporter = [...one.files.values()].includes(file);
    if (isImporter && one.scan.exports()?.from.some(({ specifier, names }) => names === '*' && one.files.get(specifier) === file)) return true;
  }
  return false;
}
