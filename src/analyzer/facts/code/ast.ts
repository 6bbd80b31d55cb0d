/** Small questions to a syntax tree that many facts and fixes ask. No checker. */
import ts from 'typescript';

export type FunctionWithBody = ts.FunctionLikeDeclaration & { body: ts.ConciseBody | ts.Block };

/** Parentheses, `as`, `satisfies`, `!` and `<T>` taken off: what is really evaluated. */
export function unwrap(node: ts.Expression): ts.Expression {
  let inner = node;
  while (isWrapper(inner)) inner = inner.expression;
  return inner;
}

/** The outermost of the parentheses and assertions around a node. */
export function wrapped(node: ts.Expression): ts.Expression {
  let outer = node;
  while (isWrapper(outer.parent) && outer.parent.expression === outer) outer = outer.parent;
  return outer;
}

function isWrapper(node: ts.Node): node is ts.ParenthesizedExpression | ts.AsExpression | ts.NonNullExpression | ts.SatisfiesExpression | ts.TypeAssertion {
  return ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node) || ts.isTypeAssertionExpression(node);
}

/** A function that runs code: not a signature. */
export function isFunctionWithBody(node: ts.Node): node is FunctionWithBody {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

/** The nearest function around a node (not itself), or its file. A class field's initializer and a static block count as their class's own code. */
export function enclosingFunction(node: ts.Node): FunctionWithBody | ts.SourceFile {
  for (let at = node.parent; ; at = at.parent) if (ts.isSourceFile(at) || isFunctionWithBody(at)) return at;
}

export function enclosingClass(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) if (ts.isClassLike(at)) return at;
  return undefined;
}

export function enclosingStatement(node: ts.Node): ts.Statement {
  let at = node;
  while (!ts.isStatement(at) || ts.isBlock(at)) at = at.parent;
  return at;
}

export function contains(outer: ts.Node, inner: ts.Node): boolean {
  return outer.getSourceFile() === inner.getSourceFile() && outer.pos <= inner.pos && inner.end <= outer.end;
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}

export const isJavaScript = (node: ts.Node): boolean => /\.[cm]?jsx?$/.test(node.getSourceFile().fileName);

export const isAsync = (node: ts.Node): boolean => hasModifier(node, ts.SyntaxKind.AsyncKeyword);

/** The method's name of `a.b(…)`, `a?.b(…)`, `a['b'](…)`; the node of the name and what it is called on. */
export function methodOf(call: ts.CallExpression): { name: string; nameNode: ts.Node; target: ts.Expression } | undefined {
  const callee = unwrap(call.expression);
  if (ts.isPropertyAccessExpression(callee)) return { name: callee.name.text, nameNode: callee.name, target: callee.expression };
  if (ts.isElementAccessExpression(callee) && ts.isStringLiteralLike(callee.argumentExpression)) {
    return { name: callee.argumentExpression.text, nameNode: callee.argumentExpression, target: callee.expression };
  }
  return undefined;
}

/** `=`, `+=`, `??=` and their kin. */
export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
}

/** Visits every node below (and not) `root`; a visitor that returns `false` keeps out of that node. */
export function walk(root: ts.Node, visit: (node: ts.Node) => boolean | undefined): void {
  const step = (child: ts.Node): void => {
    if (visit(child) !== false) ts.forEachChild(child, step);
  };
  ts.forEachChild(root, step);
}

/** As `walk`, but stays out of functions, classes' members included: what runs when `root` runs. */
export function walkOwn(root: ts.Node, visit: (node: ts.Node) => boolean | undefined): void {
  walk(root, (node) => (visit(node) === false ? false : !ts.isFunctionLike(node)));
}

export function some(root: ts.Node, test: (node: ts.Node) => boolean, own = false): boolean {
  let found = false;
  (own ? walkOwn : walk)(root, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}

/** Whether a node is, or holds, an identifier of one of these names, whatever it names there. */
export function mentions(root: ts.Node, names: ReadonlySet<string>): boolean {
  const is = (node: ts.Node): boolean => ts.isIdentifier(node) && names.has(node.text);
  return is(root) || some(root, is);
}

/** What is found for the first of several expressions for which anything is. */
export function firstFor(list: readonly ts.Expression[], find: (one: ts.Expression) => ts.Expression | undefined): ts.Expression | undefined {
  for (const one of list) {
    const found = find(one);
    if (found) return found;
  }
  return undefined;
}

/** Whether control never goes past the end of a statement: it returns, throws, breaks or continues on every path. */
export function leaves(statement: ts.Statement | undefined): boolean {
  if (!statement) return false;
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isBreakOrContinueStatement(statement)) return true;
  if (ts.isBlock(statement)) return statement.statements.some(leaves);
  return ts.isIfStatement(statement) && leaves(statement.thenStatement) && leaves(statement.elseStatement);
}
