/** The shared client's name where it is used: a variable that is imported, or a function to call. */
import ts from 'typescript';
import type { TextEdit } from '../../rules/rule.ts';
import { walk } from '../../facts/code/ast.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { addImport } from '../text/imports.ts';
import { identifiersOf, isPropertyName } from '../text/names.ts';
import { Refusal } from './refusal.ts';
import type { SharedClient } from './source.ts';
import { specifierOf } from './specifier.ts';

/** What of the shared client is wanted: itself, with other options, a copy. */
export type Wanted = 'redis' | 'redisWith' | 'duplicate';

export interface ImportedShared {
  /** `name`: a variable; `function`: one that gives it. */
  kind: 'name' | 'function';
  name: string;
  edits: TextEdit[];
}

/**
 * @param local the variable whose place it takes, or that holds what it gives
 * @param at where it is going to be mentioned
 */
export function importShared(sourceFile: ts.SourceFile, shared: SharedClient, wanted: Wanted, local: ts.Identifier | undefined, at: readonly ts.Node[], workspace: Workspace): ImportedShared | Refusal {
  const { checker } = workspace;
  // A copy, and what a function gives, stand beside the variable; a variable takes its place.
  const isBeside = shared.kind === 'template' || wanted === 'duplicate';
  const clash = (name: string): Refusal => new Refusal(`\`${name}\` means something else there`, local ?? at[0]);
  if (shared.kind === 'variable' && shared.exported === undefined) {
    const isFree = at.every((node) => isFreeFor(shared.name, node, local, checker, true)) && !(isBeside && local?.text === shared.name);
    return isFree ? { kind: 'name', name: shared.name, edits: [] } : clash(shared.name);
  }
  const asked = shared.kind === 'variable' ? { name: shared.exported ?? shared.name, as: shared.name } : { name: wanted, as: wanted };
  const taken = isBeside && local?.text === asked.as;
  const exact = !taken && isUnusedAround(asked.as, sourceFile, checker) && at.every((node) => isFreeFor(asked.as, node, local, checker, false));
  const isNumbered = isBeside && !exact && identifiersOf(sourceFile).has(asked.as);
  const as = taken || isNumbered ? `shared${asked.as.charAt(0).toUpperCase()}${asked.as.slice(1)}` : asked.as;
  const { name, edits } = addImport(sourceFile, { from: specifierOf(sourceFile, shared.file, workspace), name: asked.name, as, exact, ...(isBeside && local ? { notAs: local.text } : {}) });
  if ((isBeside && name === local?.text) || !at.every((node) => isFreeFor(name, node, local, checker, true))) return clash(name);
  return { kind: shared.kind === 'variable' ? 'name' : 'function', name, edits };
}

/** Nothing of that name at the module's level, and no global mentioned by it: functions may have their own. */
function isUnusedAround(name: string, sourceFile: ts.SourceFile, checker: ts.TypeChecker): boolean {
  let free = true;
  walk(sourceFile, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name || isPropertyName(node)) return undefined;
    const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
    free &&= declaration !== undefined && ts.findAncestor(declaration, ts.isFunctionLike) !== undefined;
    return undefined;
  });
  return free;
}

function isFreeFor(name: string, at: ts.Node, local: ts.Identifier | undefined, checker: ts.TypeChecker, orOfModule: boolean): boolean {
  const symbol = checker.resolveName(name, at, ts.SymbolFlags.Value, false);
  if (!symbol || (local && symbol === checker.getSymbolAtLocation(local))) return true;
  const declaration = symbol.declarations?.[0];
  return orOfModule && declaration !== undefined && ts.findAncestor(declaration, ts.isFunctionLike) === undefined;
}
