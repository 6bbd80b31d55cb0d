/** Names for what a fix adds. */
import ts from 'typescript';
import type { TextEdit } from '../../rules/rule.ts';
import { enclosingFunction, walk } from '../../facts/ast.ts';

const known = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/**
 * The first of the wanted names that clashes with nothing, else the first one numbered. Anywhere in the file counts as a
 * clash (shadowing would compile, but read badly), and so do `taken` names, which the same plan has given away, and the globals
 * that are in scope at the node.
 */
export function freshName(at: ts.Node, wanted: readonly string[], options: { checker?: ts.TypeChecker; taken?: ReadonlySet<string> } = {}): string {
  const used = identifiersOf(at.getSourceFile());
  const isFree = (name: string): boolean =>
    !used.has(name) && !options.taken?.has(name) && options.checker?.resolveName(name, at, ts.SymbolFlags.Value, false) === undefined;
  const free = wanted.find(isFree);
  if (free !== undefined) return free;
  const base = wanted[0] ?? 'value';
  for (let number = 2; ; number++) if (isFree(base + number)) return base + number;
}

/** Every identifier of a file that could be a variable: property names are not. */
export function identifiersOf(sourceFile: ts.SourceFile): ReadonlySet<string> {
  let names = known.get(sourceFile);
  if (!names) {
    const found = new Set<string>();
    walk(sourceFile, (node) => {
      if (ts.isIdentifier(node) && !isPropertyName(node)) found.add(node.text);
      return undefined;
    });
    known.set(sourceFile, (names = found));
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
  const start = ts.isSourceFile(scope) ? 0 : scope.body.getStart(sourceFile);
  return { sourceFile, start, end: start, text: '' };
}
