/** What a variable may hold where it is used: what it was given on the way there, and what was done to it since. One function; symbols alone are asked for. */
import ts from 'typescript';
import { contains, isAssignment, methodOf, unwrap, wrapped } from './ast.ts';
import { resolveAlias } from './fold.ts';
import { onOnePath } from './paths.ts';
import { referencesTo } from './references.ts';

export type Definition =
  /** `const v = node`, `v = node`. */
  | { kind: 'value'; node: ts.Expression }
  /** `const { v } = node`, `[v] = node`, `for (const v of node)`. */
  | { kind: 'part'; node: ts.Expression }
  /** `v.x = values`, `v.push(values)`, `v += values`, `v++`. */
  | { kind: 'change'; node: ts.Node; values: readonly ts.Expression[] }
  | { kind: 'parameter'; node: ts.ParameterDeclaration };

const changing = new Set(['push', 'unshift', 'splice', 'pop', 'shift', 'sort', 'reverse', 'fill', 'set', 'add', 'delete', 'clear', 'append', 'copyWithin']);

/** In the order of the text: the last value that is certain to have been given and what may have come after it. Undefined for what is no variable. */
export function definitionsOf(use: ts.Identifier, checker: ts.TypeChecker): Definition[] | undefined {
  const own = ts.isShorthandPropertyAssignment(use.parent) ? checker.getShorthandAssignmentValueSymbol(use.parent) : checker.getSymbolAtLocation(use);
  const declaration = resolveAlias(own, checker)?.valueDeclaration;
  if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isBindingElement(declaration)) || !ts.isIdentifier(declaration.name)) return undefined;
  const first = declared(declaration);
  const later = referencesTo(declaration.name, checker).filter((one) => one !== use && one.pos < use.pos && !contains(outermost(one), use)).flatMap((one) => written(one) ?? []);
  // What is read on its right side, an assignment gives only afterwards: `v = parse(v)`.
  const reaching = later.filter(({ at, isCertain }) => !contains(at, use) && (isCertain(use) || onOnePath(at, use)));
  const last = reaching.findLastIndex(({ definition, isCertain }) => definition.kind !== 'change' && isCertain(use));
  return [...(last < 0 && first ? [first] : []), ...reaching.slice(Math.max(last, 0)).map(({ definition }) => definition)];
}

function declared(declaration: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement): Definition | undefined {
  if (ts.isParameter(declaration)) return { kind: 'parameter', node: declaration };
  if (ts.isVariableDeclaration(declaration)) {
    if (declaration.initializer) return { kind: 'value', node: declaration.initializer };
    const loop = declaration.parent.parent;
    return ts.isForOfStatement(loop) ? { kind: 'part', node: loop.expression } : undefined;
  }
  const outer = ts.findAncestor(declaration, (node) => ts.isVariableDeclaration(node) || ts.isParameter(node));
  if (!outer || !ts.isVariableDeclaration(outer)) return undefined;
  if (!outer.initializer) return ts.isForOfStatement(outer.parent.parent) ? { kind: 'part', node: outer.parent.parent.expression } : undefined;
  return promised(declaration, outer) ?? { kind: 'part', node: outer.initializer };
}

/** `const [a, b] = await Promise.all([x, y])` */
function promised(element: ts.BindingElement, { name, initializer }: ts.VariableDeclaration): Definition | undefined {
  const pattern = element.parent;
  if (element.dotDotDotToken || !initializer || pattern !== name || !ts.isArrayBindingPattern(pattern)) return undefined;
  const awaited = unwrap(initializer);
  const call = ts.isAwaitExpression(awaited) ? unwrap(awaited.expression) : awaited;
  const [list] = ts.isCallExpression(call) && methodOf(call)?.name === 'all' ? call.arguments : [];
  if (!list || !ts.isArrayLiteralExpression(unwrap(list))) return undefined;
  const node = (unwrap(list) as ts.ArrayLiteralExpression).elements[pattern.elements.indexOf(element)];
  return node && { kind: 'value', node };
}

interface Written {
  definition: Definition;
  at: ts.Node;
  /** Whether it is sure to have been run before a node, as far as this function goes. */
  isCertain(use: ts.Node): boolean;
}

/** What one mention of a variable does to it; undefined where it only reads it. */
function written(name: ts.Identifier): Written | undefined {
  const target = outermost(name);
  const { parent } = target;
  const whole = target === wrapped(name);
  const found = (at: ts.Node, definition: Definition): Written => ({ definition, at, isCertain: (use) => isCertain(at, use) });
  if (isAssignment(parent) && parent.left === target) {
    const plain = whole && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return found(parent, plain ? { kind: 'value', node: parent.right } : { kind: 'change', node: parent, values: [parent.right] });
  }
  if (ts.isDeleteExpression(parent) || isStep(parent)) return found(parent, { kind: 'change', node: parent, values: [] });
  if (ts.isCallExpression(parent) && parent.expression === target) {
    const method = methodOf(parent);
    return !whole && method && changing.has(method.name) ? found(parent, { kind: 'change', node: parent, values: parent.arguments }) : undefined;
  }
  if (whole && ts.isCallExpression(parent) && parent.arguments[0] === target && methodOf(parent)?.name === 'assign') return found(parent, { kind: 'change', node: parent, values: parent.arguments.slice(1) });
  const pattern = ts.findAncestor(target, (node) => isAssignment(node) || ts.isStatement(node) || ts.isFunctionLike(node));
  if (pattern && isAssignment(pattern) && pattern.operatorToken.kind === ts.SyntaxKind.EqualsToken && contains(pattern.left, target) && (ts.isArrayLiteralExpression(pattern.left) || ts.isObjectLiteralExpression(pattern.left))) {
    return found(pattern, { kind: 'part', node: pattern.right });
  }
  return undefined;
}

/** `v.a[b]` of `v`. */
function outermost(name: ts.Identifier): ts.Expression {
  let at = wrapped(name);
  while ((ts.isPropertyAccessExpression(at.parent) || ts.isElementAccessExpression(at.parent)) && at.parent.expression === at) at = wrapped(at.parent);
  return at;
}

function isStep(node: ts.Node): boolean {
  return (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken);
}

/** A statement of its own in a list that the use stands in, further down. */
function isCertain(at: ts.Node, use: ts.Node): boolean {
  let outer: ts.Node = at;
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent;
  const statement = outer.parent;
  return ts.isExpressionStatement(statement) && (ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent) || ts.isCaseOrDefaultClause(statement.parent)) && contains(statement.parent, use);
}
