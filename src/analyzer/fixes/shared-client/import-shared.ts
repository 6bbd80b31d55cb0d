/** The shared client's name where it is used: a variable that is imported, or a function to call. */
import ts from 'typescript';
import type { TextEdit } from '../../rules/rule.ts';
import { walk } from '../../facts/ast.ts';
import { addImport } from '../text/imports.ts';
import { isPropertyName } from '../text/names.ts';
import type { SharedClient } from './source.ts';

export interface ImportedShared {
  /** `name`: a variable; `function`: one that gives it. */
  kind: 'name' | 'function';
  name: string;
  edits: TextEdit[];
}

/**
 * @param wanted the template's function
 * @param local the variable whose place it takes: its name is free then
 * @param at where it is going to be mentioned
 * @returns undefined where the name means something else there
 */
export function importShared(sourceFile: ts.SourceFile, shared: SharedClient, wanted: 'redis' | 'duplicate', local: ts.Identifier | undefined, at: readonly ts.Node[], checker: ts.TypeChecker): ImportedShared | undefined {
  if (shared.kind === 'variable' && shared.exported === undefined) {
    return at.every((node) => isFreeFor(shared.name, node, local, checker, true)) ? { kind: 'name', name: shared.name, edits: [] } : undefined;
  }
  const asked = shared.kind === 'variable' ? { from: shared.file, name: shared.exported ?? shared.name, as: shared.name } : { from: shared.file, name: wanted, as: wanted };
  const name = asked.as;
  // A function stands beside the variable that holds what it gives; a variable takes its place.
  const taken = shared.kind === 'template' && local?.text === name;
  const exact = !taken && isUnusedAround(name, sourceFile, checker) && at.every((node) => isFreeFor(name, node, local, checker, false));
  const alias = taken ? 'sharedRedis' : undefined;
  const { name: given, edits } = addImport(sourceFile, { from: asked.from, name: asked.name, as: alias ?? name, exact });
  if (!at.every((node) => isFreeFor(given, node, local, checker, true))) return undefined;
  return { kind: shared.kind === 'variable' ? 'name' : 'function', name: given, edits };
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
