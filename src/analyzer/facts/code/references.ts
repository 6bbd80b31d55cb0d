/** Every use of a variable within its file. */
import ts from 'typescript';
import { isRegionWithin, regionOf, regionsOf, rootsOf, type Region } from '../calls/regions.ts';

const byName = new WeakMap<Region, ReadonlyMap<string, readonly ts.Identifier[]>>();

function identifiersIn(region: Region): ReadonlyMap<string, readonly ts.Identifier[]> {
  let known = byName.get(region);
  if (!known) {
    const found = new Map<string, ts.Identifier[]>();
    const step = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) {
        const list = found.get(node.text);
        if (list) list.push(node);
        else found.set(node.text, [node]);
      }
      // Those of a class's members are found with these.
      if (!isRegionWithin(node, region)) ts.forEachChild(node, step);
    };
    for (const root of rootsOf(region)) step(root);
    byName.set(region, (known = found));
  }
  return known;
}

/** Uses of what a name declares, the declaration itself left out, in source order. @param isWanted those by their syntax that the checker is asked about */
export function referencesTo(name: ts.Identifier, checker: ts.TypeChecker, isWanted: (node: ts.Identifier) => boolean = () => true): ts.Identifier[] {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol) return [];
  // A name of the module may be used anywhere in it; every other one only where it is.
  const regions = symbol.valueDeclaration && isOfModule(symbol.valueDeclaration) ? regionsOf(name.getSourceFile()) : [regionOf(name)];
  const named = regions.flatMap((region) => identifiersIn(region).get(name.text) ?? []).sort((a, b) => a.pos - b.pos);
  return named.filter((node) => node !== name && isUse(node) && isWanted(node) && symbolAt(node, checker) === symbol);
}

const symbols = new WeakMap<ts.TypeChecker, WeakMap<ts.Identifier, ts.Symbol | 'none'>>();

/** Asked once: many variables of a file may go by one name, and each would ask about all of its places. */
function symbolAt(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  let known = symbols.get(checker);
  if (!known) symbols.set(checker, (known = new WeakMap()));
  let symbol = known.get(node);
  if (!symbol) {
    // `{ items }` uses the variable; the symbol at the name is the property's.
    symbol = (ts.isShorthandPropertyAssignment(node.parent) ? checker.getShorthandAssignmentValueSymbol(node.parent) : checker.getSymbolAtLocation(node)) ?? 'none';
    known.set(node, symbol);
  }
  return symbol === 'none' ? undefined : symbol;
}

/** A name after a dot, or before a colon, is a property, not the variable. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !(ts.isPropertyAssignment(parent) && parent.name === node);
}

/** Declared by a statement of the file itself, or by a class: not within a function. */
function isOfModule(declaration: ts.Declaration): boolean {
  for (let at: ts.Node = declaration.parent; at.parent; at = at.parent) if (ts.isFunctionLike(at)) return false;
  return true;
}
