/** The nodes of a file that facts are made of, found in one walk and kept with the tree: what else walks a whole file, walks this list. */
import ts from 'typescript';
import { isAssignment, isFunctionWithBody, walk } from './ast.ts';

const known = new WeakMap<ts.SourceFile, readonly ts.Node[]>();

/** Calls, constructions, property accesses, assignments, `++` and `--`, classes and functions, outer ones first, in the order of the text. */
export function nodesOf(file: ts.SourceFile): readonly ts.Node[] {
  let nodes = known.get(file);
  if (!nodes) {
    const found: ts.Node[] = [];
    walk(file, (node) => {
      if (isWanted(node)) found.push(node);
      return undefined;
    });
    known.set(file, (nodes = found));
  }
  return nodes;
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
