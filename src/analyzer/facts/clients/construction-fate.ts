/** What becomes of a client that code makes: kept for later, handed out, or used and closed on the spot. Syntax alone. */
import ts from 'typescript';
import { contains, isAssignment, isFunctionWithBody, methodOf, some, unwrap, wrapped } from '../code/ast.ts';
import type { Construction } from './construction.ts';
import { referencesTo } from '../code/references.ts';

export type Fate =
  | 'kept' // assigned to something that outlives the function, or put into a collection
  | 'returned' // the caller decides
  | 'local'; // a variable of the function, or nothing at all

const closers = new Set(['quit', 'disconnect', 'close', 'destroy', 'end']);
/** Collections, hosts and registries keep what they are given. */
const keepers = new Set(['set', 'push', 'add', 'unshift', 'decorate', 'register', 'provide', 'adapter', 'use']);

export function fateOf(construction: Construction, checker: ts.TypeChecker): Fate {
  return fateOfValue(construction, checker, new Set());
}

function fateOfValue(value: ts.Expression, checker: ts.TypeChecker, seen: Set<ts.Node>): Fate {
  const outer = chainEnd(value);
  if (seen.has(outer)) return 'local';
  seen.add(outer);
  const { parent } = outer;
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === outer)) return 'returned';
  if (isAssignment(parent) && parent.right === outer) {
    const target = unwrap(parent.left);
    if (!ts.isIdentifier(target)) return 'kept';
    const declaration = checker.getSymbolAtLocation(target)?.valueDeclaration;
    if (!declaration || !sameFunction(declaration, outer)) return 'kept';
    return fateOfVariable(target, declaration, checker, seen);
  }
  if (ts.isVariableDeclaration(parent) && parent.initializer === outer && ts.isIdentifier(parent.name)) return fateOfVariable(parent.name, parent, checker, seen);
  if (ts.isPropertyDeclaration(parent)) return 'kept';
  if (ts.isPropertyAssignment(parent)) return fateOfValue(parent.parent, checker, seen);
  if (ts.isArrayLiteralExpression(parent)) return fateOfValue(parent, checker, seen);
  if (ts.isConditionalExpression(parent) || ts.isBinaryExpression(parent)) return fateOfValue(parent, checker, seen);
  if (ts.isCallExpression(parent) && parent.arguments.includes(outer)) {
    const method = methodOf(parent);
    return method && keepers.has(method.name) ? 'kept' : 'local';
  }
  // `new Cache(new Redis())`: as long as what it is given to.
  if (ts.isNewExpression(parent)) return fateOfValue(parent, checker, seen);
  return 'local';
}

/** The end of `await createClient(…).on(…).connect()`: still the client. */
export function chainEnd(value: ts.Expression): ts.Expression {
  let end = wrapped(value);
  for (;;) {
    const { parent } = end;
    if (ts.isAwaitExpression(parent)) end = wrapped(parent);
    else if (ts.isPropertyAccessExpression(parent) && parent.expression === end && ts.isCallExpression(parent.parent) && /^(?:on|once|connect)$/.test(parent.name.text)) end = wrapped(parent.parent);
    else return end;
  }
}

function fateOfVariable(name: ts.Identifier, declaration: ts.Declaration, checker: ts.TypeChecker, seen: Set<ts.Node>): Fate {
  const declared = ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name) ? declaration.name : name;
  let fate: Fate = 'local';
  for (const reference of referencesTo(declared, checker)) {
    const { parent } = reference;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === reference) continue;
    if (isAssignment(parent) && parent.left === reference) continue;
    if (ts.isShorthandPropertyAssignment(parent)) {
      if (fateOfValue(parent.parent, checker, seen) === 'returned') return 'returned';
      continue;
    }
    const one = fateOfValue(reference, checker, seen);
    if (one === 'kept') return 'kept';
    if (one === 'returned') fate = 'returned';
  }
  return fate;
}

function sameFunction(declaration: ts.Node, node: ts.Node): boolean {
  const functionAround = (inner: ts.Node): ts.Node | undefined => ts.findAncestor(inner.parent, (at) => isFunctionWithBody(at) || ts.isSourceFile(at));
  return functionAround(declaration) === functionAround(node);
}

/** Whether a function closes the client it made: `await client.quit()`, `.finally(() => client.disconnect())`. */
export function isClosedIn(scope: ts.Node, construction: Construction): boolean {
  const end = chainEnd(construction);
  const variable = ts.isVariableDeclaration(end.parent) && ts.isIdentifier(end.parent.name) ? end.parent.name.text : undefined;
  if (variable === undefined) return false;
  return some(scope, (node) => {
    if (!ts.isCallExpression(node) || !contains(scope, node)) return false;
    const method = methodOf(node);
    const target = method && unwrap(method.target);
    return method !== undefined && closers.has(method.name) && target !== undefined && ts.isIdentifier(target) && target.text === variable;
  });
}

/** A place whose value is kept: `store.client ??= connect()`, `if (!client) client = await open()`. */
export function isKept(site: ts.Expression, checker: ts.TypeChecker): boolean {
  const end = chainEnd(site);
  return ts.isCallExpression(site) || ts.isNewExpression(site) ? fateOfValue(end, checker, new Set()) === 'kept' : false;
}
