/**
 * Which files can have anything to do with Redis: a search backwards along imports from the files that import a client library.
 * Files that call commands of what only its name says to be a client count as such.
 * A file's distance is the least number of imports between it and such a file (0: it imports one itself); a barrel on the way does
 * not count for those who take something else from it.
 */
import type { FileImports, ImportGraph } from './import-graph.ts';

/** A loop or handler this many imports away from the client is still followed: three calls, and the module that holds the client. */
const furthest = 4;

export interface Focus {
  imports: Map<string, FileImports>;
  distance: ReadonlyMap<string, number>;
  /** Who imports something that comes from a file, among the files that have a distance. */
  importers: ReadonlyMap<string, readonly string[]>;
  /** Files that declare something for everybody. */
  ambient: readonly string[];
}

export function focus(sources: readonly string[], graph: ImportGraph): Focus {
  graph.setHosts(sources);
  const imports = new Map<string, FileImports>();
  const importers = new Map<string, string[]>();
  const distance = new Map<string, number>();
  for (const file of sources) {
    const one = graph.of(file);
    if (!one) continue;
    imports.set(file, one);
    if (one.clients.size > 0 || one.named.length > 0) distance.set(file, 0);
  }
  for (const [file, one] of imports) {
    for (const target of graph.targets(one)) {
      const list = importers.get(target);
      if (list) list.push(file);
      else importers.set(target, [file]);
    }
  }
  const queue = [...distance.keys()];
  for (const file of queue) {
    const next = (distance.get(file) ?? 0) + 1;
    for (const importer of importers.get(file) ?? []) {
      if (distance.has(importer)) continue;
      distance.set(importer, next);
      queue.push(importer);
    }
  }
  const ambient = [...imports].flatMap(([file, { isAmbient }]) => (isAmbient ? [file] : []));
  return { imports, distance, importers, ambient };
}

const reaches = new WeakMap<Focus, Map<string, readonly string[]>>();

/** A file, and all that import something of it, directly or not, as far from a client as is followed; by name. */
export function reachOf(file: string, current: Focus): readonly string[] {
  let known = reaches.get(current);
  if (!known) reaches.set(current, (known = new Map()));
  let reach = known.get(file);
  if (!reach) known.set(file, (reach = findReach(file, current)));
  return reach;
}

function findReach(file: string, { importers, distance }: Focus): string[] {
  const all = new Set([file]);
  for (const one of all) {
    for (const importer of importers.get(one) ?? []) if ((distance.get(importer) ?? Infinity) <= furthest) all.add(importer);
  }
  return [...all].sort();
}
