/**
 * The files that may run code which sends commands: by the names of functions, searched in the texts of those who import them, up to
 * as many calls away as are followed. Generous, as names are; the checker tells later who really calls whom (workspace/call-index.ts).
 */
import ts from 'typescript';
import { mayBeCommand } from '../dialects/read-command.ts';
import { methodOf, walk } from '../facts/ast.ts';
import { deepest, isDefaultExport, sitesByName, unitName, unitOf } from '../workspace/call-index.ts';
import { furthest, type Focus } from './focus.ts';

type Names = Map<string, Set<string>>;

/** @param carriers files that may hold a client @returns those and everybody who may call into them */
export function withCallers(carriers: ReadonlySet<string>, focus: Focus, tree: (file: string) => ts.SourceFile | undefined): Set<string> {
  const found = new Set(carriers);
  const reach = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  let wanted: Names = new Map();
  for (const file of carriers) {
    const sourceFile = tree(file);
    const names = sourceFile && namesOfSenders(sourceFile);
    if (names && names.size > 0) wanted.set(file, names);
  }
  // One step more than calls are followed: where the last of them is registered as a handler.
  for (let step = 0; step <= deepest + 1 && wanted.size > 0; step++) {
    const next: Names = new Map();
    for (const [file, names] of wanted) {
      for (const importer of reachOf(file)) {
        const text = focus.imports.get(importer)?.text ?? '';
        const here = [...names].filter((name) => (name === 'default' ? focus.importers.get(file)?.includes(importer) : text.includes(name)));
        if (here.length === 0) continue;
        found.add(importer);
        if (step <= deepest) addCallers(importer, here, next);
      }
    }
    wanted = next;
  }
  return found;

  function addCallers(file: string, names: readonly string[], next: Names): void {
    const sourceFile = tree(file);
    if (!sourceFile) return;
    const sites = sitesByName(sourceFile);
    for (const name of names.includes('default') ? sites.keys() : names) {
      for (const site of sites.get(name) ?? []) {
        const unit = unitOf(site);
        const own = unit && unitName(unit);
        if (!unit || own === undefined || seen.has(`${file}\0${own}`)) continue;
        seen.add(`${file}\0${own}`);
        const list = next.get(file) ?? new Set();
        next.set(file, list.add(own));
        if (isDefaultExport(unit)) list.add('default');
      }
    }
  }

  /** The file itself, and all that import something of it, directly or not. */
  function reachOf(file: string): readonly string[] {
    let known = reach.get(file);
    if (!known) {
      const all = new Set([file]);
      for (const one of all) {
        for (const importer of focus.importers.get(one) ?? []) if ((focus.distance.get(importer) ?? Infinity) <= furthest) all.add(importer);
      }
      reach.set(file, (known = [...all]));
    }
    return known;
  }
}

/** Names of the functions and classes of a file in which something may be sent, or a client made. */
function namesOfSenders(sourceFile: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  walk(sourceFile, (node) => {
    if (!ts.isNewExpression(node) && !(ts.isCallExpression(node) && maySend(node))) return undefined;
    const unit = unitOf(node);
    const name = unit && unitName(unit);
    if (!unit || name === undefined || names.has(name)) return undefined;
    names.add(name);
    if (isDefaultExport(unit)) names.add('default');
    return undefined;
  });
  return names;
}

function maySend(call: ts.CallExpression): boolean {
  const method = methodOf(call);
  return method ? mayBeCommand(method.name) || /create|promisify/i.test(method.name) : true;
}
