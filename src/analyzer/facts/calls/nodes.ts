/** The nodes that facts are made of, found in one walk and kept with the region they are in: what else looks through a file, looks through this. */
import ts from 'typescript';
import { isAssignment, isFunctionWithBody } from '../code/ast.ts';
import { isRegionWithin, regionsOf, rootsOf, type Region } from './regions.ts';

const known = new WeakMap<Region, readonly ts.Node[]>();

/** Calls, constructions, property accesses, assignments, `++` and `--`, classes and functions of a region, outer ones first, in the order of the text. */
export function nodesIn(region: Region): readonly ts.Node[] {
  let nodes = known.get(region);
  if (!nodes) {
    const found: ts.Node[] = [];
    const step = (node: ts.Node): void => {
      if (isRegionWithin(node, region)) return;
      if (isWanted(node)) found.push(node);
      ts.forEachChild(node, step);
    };
    for (const root of rootsOf(region)) step(root);
    known.set(region, (nodes = found));
  }
  return nodes;
}

/** The same of all regions of a file, region by region. */
export function* nodesOf(file: ts.SourceFile): Iterable<ts.Node> {
  for (const region of regionsOf(file)) yield* nodesIn(region);
}

function isWanted(node: ts.Node): boolean {
  switch (node.kind) {
    case ts.SyntaxKind.CallExpression:
    case ts.SyntaxKind.NewExpression:
    case ts.SyntaxKind.PropertyAccessExpression:
    case ts.SyntaxKind.PrefixUnaryExpression:
    case ts.SyntaxKind.PostfixUnaryExpression:
    case ts.SyntaxKind.ClassDeclaration:
    case ts.SyntaxKind.ClassExpression:
      return true;
    case ts.SyntaxKind.BinaryExpression:
      return isAssignment(node);
    default:
      return isFunctionWithBody(node);
  }
}
