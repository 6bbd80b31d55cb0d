/**
 * What a piece of work over the workspace looked at, by names of files: plain data that outlives the trees, so that a later run can tell
 * whether the work would come out the same. What the checker read besides lies behind the imports of `files`.
 */
export interface Trail {
  /** Files whose nodes were handed out. */
  files: Set<string>;
  /** Files that were searched for places whose name is that of a unit which leads to Redis. */
  sited: Set<string>;
  /** Searches by name: file of the unit → names that were looked for in whatever can know that file. */
  searches: Map<string, Set<string>>;
  /** Words that were looked for in the texts of all files with facts. */
  words: Set<string>;
  /** What was asked for of the joins (`trailKey`). */
  keys: Set<string>;
  /** Files in which a place was found that runs something. */
  callers: Set<string>;
  /** Every call of the workspace was looked at. */
  isOfAll: boolean;
}

export function emptyTrail(): Trail {
  return { files: new Set(), sited: new Set(), searches: new Map(), words: new Set(), keys: new Set(), callers: new Set(), isOfAll: false };
}

/** Lets a trail hold what another does. */
export function addTrail(to: Trail, from: Trail): void {
  for (const name of ['files', 'sited', 'words', 'keys', 'callers'] as const) for (const one of from[name]) to[name].add(one);
  for (const [file, names] of from.searches) for (const name of names) noteSearch(to, file, name);
  to.isOfAll ||= from.isOfAll;
}

export function noteSearch({ searches }: Trail, file: string, name: string): void {
  const names = searches.get(file);
  if (names) names.add(name);
  else searches.set(file, new Set([name]));
}

/** A key of a join without the numbers of nodes (`place`), which are given anew in each process: keys that differ may come out the same. */
export function stableKey(key: string): string {
  return key.replace(/#\d+/g, '#');
}

/** A key as trails hold it; none: all keys of the join. */
export function trailKey(join: string, key?: string): string {
  return key === undefined ? join : `${join} ${stableKey(key)}`;
}
