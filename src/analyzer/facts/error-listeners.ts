/** Whether somebody listens for a client's `error` event: where it is made, where it is kept, whoever it is given or returned to. */
import ts from 'typescript';
import { Join } from '../workspace/join.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isAssignment, isFunctionWithBody, methodOf, unwrap, walk, wrapped } from './ast.ts';
import { clientDeclaration } from './client-identity.ts';
import { clientKey, namesOf } from './client-names.ts';
import { constantText, resolveAlias } from './fold.ts';
import { isImportedFrom } from './imported-from.ts';
import { nodesOf } from './nodes.ts';
import type { RedisCall } from './redis-call.ts';
import { referencesTo } from './references.ts';
import { deepest, isInlineCallback } from './units.ts';

/** `unknown`: the client goes where nobody can follow it. */
type Verdict = 'listens' | 'lacks' | 'unknown';

const adders = new Set(['on', 'once', 'addListener', 'prependListener']);
/** Give the client itself back. */
const chained = new Set([...adders, 'off', 'removeListener', 'setMaxListeners', 'connect']);
/** Take a client and leave its errors alone. */
const harmlessPackages = ['connect-redis', 'rate-limit-redis', 'rate-limiter-flexible', 'redlock', '@sesamecare-oss/redlock', 'util', 'node:util', 'bluebird'];
const harmlessOwners = new Set(['console', 'assert', 'expect', 'Boolean', 'promisify']);

/** By the names of the client listened to. */
const listeners = new Join<RedisCall>('error-listeners', function* (calls, workspace) {
  for (const call of calls) {
    if (!/^@(?:on|once|addListener)$/.test(call.command) || !mayBeError(call.args.list[0], workspace.checker)) continue;
    for (const { declaration } of namesOf(call, workspace)) yield [clientKey(declaration), call];
  }
});

/** @param made a construction, or a `duplicate()` @returns false only where everything that becomes of it is seen */
export function mayBeListenedTo({ node }: RedisCall, workspace: Workspace): boolean {
  if (ts.isNewExpression(node) && classListens(node.expression, workspace.checker)) return true;
  return verdictOf(node, workspace, 0, new Set()) !== 'lacks';
}

function mayBeError(event: ts.Expression | undefined, checker: ts.TypeChecker): boolean {
  return event !== undefined && (constantText(event, checker) ?? 'error') === 'error';
}

/** `class AppRedis extends Redis` that listens to itself. */
function classListens(constructor: ts.Expression, checker: ts.TypeChecker, steps = 0): boolean {
  const name = unwrap(constructor);
  const declaration = resolveAlias(checker.getSymbolAtLocation(ts.isPropertyAccessExpression(name) ? name.name : name), checker)?.valueDeclaration;
  if (!declaration || !ts.isClassLike(declaration) || declaration.getSourceFile().isDeclarationFile || steps > deepest) return false;
  let found = false;
  walk(declaration, (node) => {
    const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
    found ||= method !== undefined && adders.has(method.name) && mayBeError((node as ts.CallExpression).arguments[0], checker);
    return !found;
  });
  const base = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  return found || (base !== undefined && classListens(base.expression, checker, steps + 1));
}

function verdictOf(value: ts.Expression, workspace: Workspace, steps: number, seen: Set<ts.Node>): Verdict {
  let end = wrapped(value);
  for (;;) {
    const { parent } = end;
    if (ts.isAwaitExpression(parent)) {
      end = wrapped(parent);
      continue;
    }
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== end) break;
    const call = parent.parent;
    if (!ts.isCallExpression(call) || call.expression !== parent) return 'unknown';
    const name = parent.name.text;
    if (adders.has(name) && mayBeError(call.arguments[0], workspace.checker)) return 'listens';
    if (/^(?:then|catch|finally)$/.test(name)) return name === 'then' ? 'unknown' : isDropped(call) ? 'lacks' : 'unknown';
    if (!chained.has(name)) return 'lacks';
    end = wrapped(call);
  }
  return verdictOfUse(end, workspace, steps, seen);
}

/** Of the outermost expression whose value is the client. */
function verdictOfUse(end: ts.Expression, workspace: Workspace, steps: number, seen: Set<ts.Node>): Verdict {
  const { parent } = end;
  const again = (next: ts.Expression): Verdict => verdictOf(next, workspace, steps, seen);
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return 'lacks';
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? verdictOfName(parent, parent.name, workspace, steps, seen) : 'unknown';
  if (ts.isPropertyDeclaration(parent)) return verdictOfName(parent, parent.name, workspace, steps, seen);
  if (ts.isExportAssignment(parent)) return listened(parent, workspace) ? 'listens' : 'lacks';
  if (isAssignment(parent) && parent.right === end) {
    const target = unwrap(parent.left);
    const declaration = clientDeclaration(target, workspace.checker);
    const name = ts.isPropertyAccessExpression(target) ? target.name : target;
    if (!declaration || !(ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) || declaration.getSourceFile().isDeclarationFile) return 'unknown';
    return either(verdictOfName(declaration, name, workspace, steps, seen), () => (isDropped(parent) ? 'lacks' : again(parent)));
  }
  if ((ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) && isOfHarmless(parent.parent, workspace)) return 'lacks';
  // Arrays as `new Redlock([client])` takes them; what `Promise.all([client.connect()])` gives may be the client.
  if (ts.isArrayLiteralExpression(parent) && ts.isNewExpression(wrapped(parent).parent) && isOfHarmless(parent, workspace)) return 'lacks';
  if (ts.isPropertyAssignment(parent)) return isHandedOut(parent.parent) ? verdictOfName(parent, parent.name, workspace, steps, seen) : 'unknown';
  if (ts.isShorthandPropertyAssignment(parent)) return isHandedOut(parent.parent) ? 'lacks' : 'unknown';
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === end)) return verdictOfReturned(parent, workspace, steps, seen);
  if (ts.isConditionalExpression(parent)) return parent.condition === end ? 'lacks' : again(parent);
  if (ts.isBinaryExpression(parent)) return isComparison(parent.operatorToken.kind) || (parent.left === end && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) ? 'lacks' : again(parent);
  if (ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent) || ts.isTypeOfExpression(parent) || ts.isExportSpecifier(parent)) return 'lacks';
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return verdictOfArgument(end, parent, workspace, steps, seen);
  return 'unknown';
}

/** What is said of a variable or property: by those who listen to it anywhere, and by what else its own file does with it. */
function verdictOfName(declaration: ts.Declaration, name: ts.Node, workspace: Workspace, steps: number, seen: Set<ts.Node>): Verdict {
  if (listened(declaration, workspace)) return 'listens';
  if (seen.has(declaration)) return 'lacks';
  seen.add(declaration);
  // An edit anywhere in the file may add a mention.
  workspace.callsIn(declaration.getSourceFile());
  let verdict: Verdict = 'lacks';
  for (const mention of mentionsOf(declaration, name, workspace)) {
    const outer = wrapped(mention);
    if (isAssignment(outer.parent) && outer.parent.left === outer) continue;
    const one = verdictOf(mention, workspace, steps, seen);
    if (one === 'listens') return one;
    if (one === 'unknown') verdict = one;
  }
  return verdict;
}

function mentionsOf(declaration: ts.Declaration, name: ts.Node, { checker }: Workspace): ts.Expression[] {
  if (ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name)) return referencesTo(declaration.name, checker, (use) => !isAsked(wrapped(use)));
  if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return [];
  const { text } = name;
  return [...nodesOf(declaration.getSourceFile())].filter((node): node is ts.PropertyAccessExpression =>
    ts.isPropertyAccessExpression(node) && node.name.text === text && !isAsked(wrapped(node)) && clientDeclaration(node, checker) === declaration);
}

const listened = (declaration: ts.Declaration, workspace: Workspace): boolean => workspace.under(listeners, clientKey(declaration)).length > 0;

function verdictOfReturned(at: ts.Node, workspace: Workspace, steps: number, seen: Set<ts.Node>): Verdict {
  const fn = ts.findAncestor(at, isFunctionWithBody);
  if (!fn || isInlineCallback(fn) || steps >= deepest || seen.has(fn)) return 'unknown';
  seen.add(fn);
  if (listened(fn, workspace)) return 'listens';
  const sites = workspace.callers(fn);
  const verdicts = sites.map((site) => verdictOf(site, workspace, steps + 1, seen));
  if (verdicts.includes('listens')) return 'listens';
  return verdicts.length === 0 || verdicts.includes('unknown') ? 'unknown' : 'lacks';
}

function verdictOfArgument(argument: ts.Expression, call: ts.CallExpression | ts.NewExpression, workspace: Workspace, steps: number, seen: Set<ts.Node>): Verdict {
  const index = call.arguments?.indexOf(argument) ?? -1;
  if (index < 0) return 'unknown';
  const unit = workspace.called(call);
  if (!unit) return isHarmless(unwrap(call.expression)) ? 'lacks' : 'unknown';
  const fn = ts.isClassLike(unit) ? unit.members.find(ts.isConstructorDeclaration) : unit;
  const parameter = fn?.parameters[index];
  if (!parameter || !ts.isIdentifier(parameter.name) || parameter.dotDotDotToken) return 'unknown';
  if (listened(parameter, workspace)) return 'listens';
  // What it does with the client besides is not followed; what it gives back may be the client.
  if (steps >= deepest || ts.isClassLike(unit)) return 'unknown';
  if (seen.has(parameter)) return 'unknown';
  seen.add(parameter);
  workspace.callsIn(parameter.getSourceFile());
  const uses = referencesTo(parameter.name, workspace.checker, (use) => !isAsked(use));
  const verdicts = uses.map((use) => (ts.isReturnStatement(use.parent) || (ts.isArrowFunction(use.parent) && use.parent.body === use) ? verdictOf(call, workspace, steps, seen) : verdictOf(use, workspace, steps + 1, seen)));
  return verdicts.find((one) => one === 'listens') ?? verdicts.find((one) => one === 'unknown') ?? 'lacks';
}

/** `console.log(client)`, `promisify(client.get)`, `new RedisStore({ … })` of a package that is known. */
function isHarmless(callee: ts.Expression): boolean {
  let root = callee;
  while (ts.isPropertyAccessExpression(root)) root = unwrap(root.expression);
  return ts.isIdentifier(root) && (harmlessOwners.has(root.text) || isImportedFrom(root, harmlessPackages));
}

/** `new RedisStore({ client })`, `new Redlock([client])` */
function isOfHarmless(literal: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression, workspace: Workspace): boolean {
  const { parent } = wrapped(literal);
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && isHarmless(unwrap(parent.expression)) && !workspace.called(parent);
}

function either(verdict: Verdict, other: () => Verdict): Verdict {
  if (verdict === 'listens') return verdict;
  const next = other();
  return next === 'lacks' ? verdict : next;
}

/** `client.get(…)`, `client.status`: asks something of the client, and does not listen. */
const isAsked = (node: ts.Expression): boolean => ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node && !adders.has(node.parent.name.text);

const isDropped = (node: ts.Expression): boolean => ts.isExpressionStatement(wrapped(node).parent) || ts.isVoidExpression(wrapped(node).parent);

/** `module.exports = { client }`, `export default { client }`: found again by who imports it. */
function isHandedOut(literal: ts.ObjectLiteralExpression): boolean {
  const { parent } = wrapped(literal);
  return ts.isExportAssignment(parent) || (isAssignment(parent) && /^(?:module\.)?exports$/.test(parent.left.getText()));
}

function isComparison(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken || kind === ts.SyntaxKind.InstanceOfKeyword || kind === ts.SyntaxKind.InKeyword;
}
