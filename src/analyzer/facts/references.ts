/** Every use of a variable within its file. */
import ts from 'typescript';
import { walk } from './ast.ts';

const byName = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.Identifier[]>>();

function identifiers(file: ts.SourceFile): ReadonlyMap<string, readonly ts.Identifier[]> {
  let known = byName.get(file);
  if (!known) {
    const found = new Map<string, ts.Identifier[]>();
    walk(file, (node) => {
      if (ts.isIdentifier(node)) {
        const list = found.get(node.text);
        if (list) list.push(node);
        else found.set(node.text, [node]);
      }
      return undefined;
    });
    byName.set(file, (known = found));
  }
  return known;
}

/** Uses of what a name declares, the declaration itself left out, in source order. */
export function referencesTo(name: ts.Identifier, checker: ts.TypeChecker): ts.Identifier[] {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol) return [];
  return (identifiers(name.getSourceFile()).get(name.text) ?? []).filter((node) => node !== name && isUse(node) && symbolAt(node, checker) === symbol);
}

function symbolAt(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  // `{ items }` uses the variable; the symbol at the name is the property's.
  return ts.isShorthandPropertyAssignment(node.parent) ? checker.getShorthandAssignmentValueSymbol(node.parent) : checker.getSymbolAtLocation(node);
}

/** A name after a dot, or before a colon, is a property, not the variable. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !(ts.isPropertyAssignment(parent) && parent.name === node);
}
