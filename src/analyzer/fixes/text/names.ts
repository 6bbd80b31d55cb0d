/** Names for what a fix adds. */
import ts from 'typescript';
import type { TextEdit } from '../../rules/rule.ts';
import { enclosingFunction, walk } from '../../facts/code/ast.ts';

const known = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

export interface FreshOptions {
  /** Names that the same plan has given away. */
  taken?: ReadonlySet<string>;
  /** With it, only what is visible at the node counts, and what its statement mentions; without it, every name of the file. */
  checker?: ts.TypeChecker;
  /** For a variable of a block of its own: the only nodes that go into that block, instead of the whole statement. */
  beside?: readonly ts.Node[];
}

/**
 * The first of the wanted names that clashes with nothing, else the first one numbered: for a variable that is declared right before
 * the statement around `at` (with a checker), or for one of the file (without).
 */
export function freshName(at: ts.Node, wanted: readonly string[], options: FreshOptions = {}): string {
  const { checker, taken, beside } = options;
  const used = beside ? new Set(beside.flatMap((node) => [...identifiersIn(node)])) : checker ? identifiersIn(enclosingOf(at)) : identifiersOf(at.getSourceFile());
  const isFree = (name: string): boolean => !used.has(name) && !taken?.has(name) && checker?.resolveName(name, at, ts.SymbolFlags.Value, false) === undefined;
  const free = wanted.find(isFree);
  if (free !== undefined) return free;
  const base = wanted[0] ?? 'value';
  for (let number = 2; ; number++) if (isFree(base + number)) return base + number;
}

function enclosingOf(at: ts.Node): ts.Node {
  // A block may stand by itself in the file.
  return ts.findAncestor(at, (node) => ts.isSourceFile(node) || (ts.isStatement(node) && !ts.isBlock(node))) ?? at.getSourceFile();
}

/** Every identifier within a node, or that it is, that could be a variable. */
export function variablesIn(node: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const look = (one: ts.Node): undefined => {
    if (ts.isIdentifier(one) && !isPropertyName(one)) found.push(one);
    return undefined;
  };
  look(node);
  walk(node, look);
  return found;
}

/** Their names. */
export const identifiersIn = (node: ts.Node): ReadonlySet<string> => new Set(variablesIn(node).map(({ text }) => text));

/** Every identifier of a file that could be a variable: property names are not. */
export function identifiersOf(sourceFile: ts.SourceFile): ReadonlySet<string> {
  let names = known.get(sourceFile);
  if (!names) {
    names = identifiersIn(sourceFile);
    known.set(sourceFile, names);
  }
  return names;
}

/** Names a property, not a variable: `a.name`, `{ name: 1 }`, a class member. */
export function isPropertyName(node: ts.Identifier): boolean {
  const parent = node.parent;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    ((ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isMethodSignature(parent) || ts.isPropertySignature(parent)) && parent.name === node)
  );
}

/** Every mention of the variable that `name` declares, the declaration left out; by symbol. */
export function referencesOf(name: ts.Identifier, checker: ts.TypeChecker): ts.Identifier[] {
  const symbol = checker.getSymbolAtLocation(name);
  const found: ts.Identifier[] = [];
  if (!symbol) return found;
  walk(name.getSourceFile(), (node) => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && symbolOf(node, checker) === symbol) found.push(node);
    return undefined;
  });
  return found;
}

/** Of `{ keys }` the variable, not the property it makes. */
function symbolOf(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const parent = node.parent;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node) return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
  return checker.getSymbolAtLocation(node);
}

/**
 * An edit that changes nothing, at the beginning of the function (or file) around a node. Two fixes that both bring names into one
 * scope carry it, and so conflict: they were planned without knowing of each other's names, and the second has to be planned anew.
 */
export function claimScope(node: ts.Node): TextEdit {
  const scope = enclosingFunction(node);
  const sourceFile = node.getSourceFile();
  const start = ts.isSourceFile(scope) ? 0 : scope.getStart(sourceFile);
  return { sourceFile, start, end: start, text: '' };
}

/** The first of the wanted labels that no statement of the function (or file) around a node has. */
export function freshLabel(at: ts.Node, wanted: string): string {
  const scope = enclosingFunction(at);
  const used = new Set<string>();
  walk(scope, (node) => {
    if (ts.isLabeledStatement(node)) used.add(node.label.text);
    return undefined;
  });
  let label = wanted;
  for (let number = 2; used.has(label); number++) label = wanted + number;
  return label;
}
