/** Whether code means the same, and compiles, within a callback: `ids.map((id) => …)`. */
import ts from 'typescript';
import { some } from '../../facts/code/ast.ts';
import { namesOf, symbolOfUse } from './effects.ts';
import type { Header } from './header.ts';

/**
 * A callback keeps neither what the compiler has found out about a variable that changes (`if (this.redis) …`), nor the value
 * that a `var` has in one turn.
 */
export function mayBeInCallback(nodes: readonly ts.Node[], header: Header, checker: ts.TypeChecker): boolean {
  if (!header.perTurn) return false;
  const own = new Set((header.binding ? namesOf(header.binding) : []).map((name) => checker.getSymbolAtLocation(name)));
  const isNarrowed = (node: ts.Node): boolean => {
    if (ts.isYieldExpression(node)) return true;
    if (ts.isPropertyAccessExpression(node) && !(ts.isCallExpression(node.parent) && node.parent.expression === node)) return isNarrower(node, checker.getSymbolAtLocation(node.name), checker);
    const symbol = symbolOfUse(node, checker);
    if (!symbol || own.has(symbol) || isConstant(symbol)) return false;
    return isNarrower(node, symbol, checker);
  };
  return !nodes.some((node) => isNarrowed(node) || some(node, isNarrowed));
}

/** Whether each turn has its own of these variables, so that a callback may read them later. */
export function arePerTurn(symbols: readonly ts.Symbol[]): boolean {
  return symbols.every(({ valueDeclaration }) => {
    if (!valueDeclaration) return false;
    let at: ts.Node = valueDeclaration;
    while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at)) at = at.parent;
    return !ts.isVariableDeclaration(at) || (ts.isVariableDeclarationList(at.parent) && (at.parent.flags & ts.NodeFlags.BlockScoped) !== 0);
  });
}

function isConstant({ valueDeclaration }: ts.Symbol): boolean {
  if (!valueDeclaration) return true;
  if (ts.isParameter(valueDeclaration) || ts.isBindingElement(valueDeclaration)) return false;
  return !ts.isVariableDeclaration(valueDeclaration) || (ts.getCombinedNodeFlags(valueDeclaration) & ts.NodeFlags.Const) !== 0;
}

function isNarrower(node: ts.Node, symbol: ts.Symbol | undefined, checker: ts.TypeChecker): boolean {
  if (!symbol?.valueDeclaration) return false;
  return checker.getTypeAtLocation(node) !== checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration) && isUnion(checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration));
}

/** Only a type of several can be narrowed; `any` and `unknown` say nothing. */
const isUnion = (type: ts.Type): boolean => type.isUnion();
