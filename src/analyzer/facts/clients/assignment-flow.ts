/**
 * Untyped code: what is of type `any` is a client where the values that its file (or class) gives it are clients, `null` and `undefined` apart:
 * `let client; … client = createClient()`, `this.client = options.client || new Redis()`, `const pipeline = this.client.pipeline()`.
 */
import ts from 'typescript';
import { mayBeCommand } from '../../dialects/read-command.ts';
import { receiverType, type ReceiverType } from '../../dialects/client-types.ts';
import { enclosingClass, isAssignment, isFunctionWithBody, isJavaScript, methodOf, unwrap, type FunctionWithBody } from '../code/ast.ts';
import { assignmentsTo, isNothing } from '../code/assignments.ts';
import { calleeOf, madeByImport } from '../code/compiled-import.ts';
import { resolveAlias } from '../code/fold.ts';
import { inheritedValues } from './inherited-fields.ts';
import { parameterPart, passedValues } from './passed-values.ts';
import { returnedBy } from '../code/returned-by.ts';

/** So many steps from a use to where the client is made: `const p = this.getClient().multi()` has three. */
const deepest = 6;

/** `any`, or in JavaScript a field that begins as `null`, of which nothing is left without it. @param type `null` and `undefined` apart */
export function isUntyped(type: ts.Type, node: ts.Node): boolean {
  return (type.flags & ts.TypeFlags.Any) !== 0 || ((type.flags & ts.TypeFlags.Never) !== 0 && isJavaScript(node));
}

/** @param target untyped */
export function clientByFlow(target: ts.Expression, checker: ts.TypeChecker, depth = 0): ReceiverType | undefined {
  if (depth > deepest) return undefined;
  const node = calleeOf(target);
  if (ts.isAwaitExpression(node)) return clientAmong(node.expression, checker, depth);
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return clientHeld(node, checker, depth);
  if (ts.isNewExpression(node)) return clientMade(node, checker);
  if (ts.isCallExpression(node)) return clientMade(node, checker) ?? clientView(node, checker, depth) ?? clientOfAll(calledFunctions(node, checker).flatMap(returnedBy), checker, depth);
  return undefined;
}

function clientMade(node: ts.NewExpression | ts.CallExpression, checker: ts.TypeChecker): ReceiverType | undefined {
  const made = madeByImport(node, checker);
  return made && receiverType(checker.getNonNullableType(made), checker);
}

/** `options.client || new Redis()`: what is not known is taken for what stands in for it. */
function clientAmong(value: ts.Expression, checker: ts.TypeChecker, depth: number): ReceiverType | undefined {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(value));
  const made = receiverType(type, checker);
  if (made) return made;
  const node = unwrap(value);
  const sides = choicesOf(node);
  if (!sides) return isUntyped(type, node) ? clientByFlow(node, checker, depth + 1) : undefined;
  for (const side of sides) {
    const one = clientAmong(side, checker, depth);
    if (one) return one;
  }
  return undefined;
}

/** Of `a || b`, `c ? a : b`, `a = b`. */
function choicesOf(node: ts.Expression): readonly ts.Expression[] | undefined {
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  return ts.isBinaryExpression(node) && (choices.has(node.operatorToken.kind) || isAssignment(node)) ? [node.left, node.right] : undefined;
}

const choices = new Set([ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.AmpersandAmpersandToken]);

/** What a variable or property is given. */
function clientHeld(node: ts.Identifier | ts.PropertyAccessExpression, checker: ts.TypeChecker, depth: number): ReceiverType | undefined {
  const part = parameterPart(node, checker);
  const passed = part && clientOfAll(passedValues(part, checker) ?? [], checker, depth);
  if (passed || (part && part.property === undefined)) return passed;
  const name = ts.isIdentifier(node) ? node : node.name;
  const symbol = propertyTaken(resolveAlias(checker.getSymbolAtLocation(name), checker), checker);
  const declaration = symbol?.valueDeclaration;
  if (declaration && ts.isGetAccessor(declaration) && isFunctionWithBody(declaration)) return clientOfAll(returnedBy(declaration), checker, depth);
  const given = clientAssigned(node, name.text, symbol, checker, depth) ?? (ts.isPropertyAccessExpression(node) ? clientOfAll(inheritedValues(node, checker), checker, depth) : undefined);
  const initializer = declaration && (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) || ts.isPropertyAssignment(declaration)) ? declaration.initializer : undefined;
  if (!initializer || isNothing(initializer) || given === 'other') return given === 'other' ? undefined : given;
  return clientAmong(initializer, checker, depth) ?? (isGiven(initializer, checker) ? given : undefined);
}

/** `const { client } = this`: the property. */
function propertyTaken(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  const element = symbol?.valueDeclaration;
  if (!element || !ts.isBindingElement(element) || !ts.isObjectBindingPattern(element.parent)) return symbol;
  const name = element.propertyName ?? element.name;
  return ts.isIdentifier(name) ? checker.getPropertyOfType(checker.getTypeAtLocation(element.parent), name.text) : undefined;
}

/** @returns `'other'` where something is assigned that is no client */
function clientAssigned(node: ts.Identifier | ts.PropertyAccessExpression, name: string, symbol: ts.Symbol | undefined, checker: ts.TypeChecker, depth: number): ReceiverType | 'other' | undefined {
  const file = symbol?.valueDeclaration?.getSourceFile() ?? node.getSourceFile();
  const scope = ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword ? (enclosingClass(node) ?? file) : file;
  let found: ReceiverType | undefined;
  for (const assignment of assignmentsTo(file, name)) {
    if (scope !== file && scope.getSourceFile() === file && (assignment.pos < scope.pos || assignment.end > scope.end)) continue;
    const left = unwrap(assignment.left);
    if (symbol?.valueDeclaration && ts.isVariableDeclaration(symbol.valueDeclaration) !== ts.isIdentifier(left)) continue;
    if (!symbol && ts.isIdentifier(node) !== ts.isIdentifier(left)) continue;
    const target = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(left) ? left.name : left);
    if (symbol && target && target !== symbol) continue;
    if (isNothing(assignment.right)) continue;
    const made = clientAmong(assignment.right, checker, depth);
    if (made) found = either(found, made);
    else if (!target || !isGiven(assignment.right, checker)) return 'other';
  }
  return found;
}

/** As of a union of types: a client that may be a cluster counts as both. */
function either(one: ReceiverType | undefined, other: ReceiverType): ReceiverType {
  if (!one) return other;
  const client = one.kind === 'cluster' ? other : one;
  return { ...client, maybeCluster: one.maybeCluster || other.maybeCluster || (client.kind !== 'cluster' && (one.kind === 'cluster' || other.kind === 'cluster')) };
}

/** `options.client`, a parameter: what somebody hands in, of a type that nobody knows. Taken for what it stands in for. */
function isGiven(value: ts.Expression, checker: ts.TypeChecker): boolean {
  let node = unwrap(value);
  if (!isUntyped(checker.getTypeAtLocation(node), node)) return false;
  while (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) node = unwrap(node.expression);
  if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
  const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
  const declaration = symbol?.valueDeclaration;
  return declaration !== undefined && (ts.isParameter(declaration) || ts.isBindingElement(declaration));
}

/** `client.pipeline()`, `client.duplicate()`, `pipeline.set(k, v)`: queued commands, the same client, or the queue again. */
function clientView(call: ts.CallExpression, checker: ts.TypeChecker, depth: number): ReceiverType | undefined {
  let isQueued = false;
  for (let at = call; ; ) {
    const method = methodOf(at);
    if (!method) return undefined;
    const kind = queues[method.name];
    const isSame = !isQueued && sameClient.has(method.name);
    if (kind === undefined && !isSame && !mayBeCommand(method.name)) return undefined;
    const target = calleeOf(method.target);
    const isChained = kind === undefined && !isSame;
    if (isChained && /^exec/.test(method.name)) return undefined;
    if (isChained && ts.isCallExpression(target) && isUntyped(checker.getNonNullableType(checker.getTypeAtLocation(target)), target) && methodOf(target)) {
      isQueued = true;
      at = target;
      continue;
    }
    const owner = clientAmong(target, checker, depth);
    if (!owner) return undefined;
    const isQueue = owner.kind === 'pipeline' || owner.kind === 'multi';
    if (isQueue) return isChained ? owner : undefined;
    if (kind !== undefined) return { ...owner, kind, maybeCluster: owner.maybeCluster || owner.kind === 'cluster' };
    return isSame ? owner : undefined;
  }
}

const queues: Readonly<Record<string, 'pipeline' | 'multi' | undefined>> = { pipeline: 'pipeline', batch: 'pipeline', multi: 'multi' };
const sameClient = new Set(['duplicate', 'connect', 'on', 'once', 'withTypeMapping', 'withCommandOptions']);

/** What a call runs: of an untyped callee the functions that it is given, `options.factory || createClient` among them. None where one of them is not known. */
function calledFunctions(call: ts.CallExpression, checker: ts.TypeChecker): readonly FunctionWithBody[] {
  const declaration: ts.Node | undefined = checker.getResolvedSignature(call)?.declaration;
  if (declaration) return isFunctionWithBody(declaration) ? [declaration] : [];
  return functionsHeld(call.expression, checker, new Set()) ?? [];
}

function functionsHeld(expression: ts.Expression, checker: ts.TypeChecker, seen: ReadonlySet<ts.Symbol>): readonly FunctionWithBody[] | undefined {
  const node = calleeOf(expression);
  if (isFunctionWithBody(node)) return [node];
  const sides = choicesOf(node);
  if (sides) return allFunctions(isAssignment(node) ? [node.right] : sides, checker, seen);
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const symbol = resolveAlias(checker.getSymbolAtLocation(ts.isIdentifier(node) ? node : node.name), checker);
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration) return undefined;
  if (seen.has(symbol)) return [];
  if (isFunctionWithBody(declaration)) return [declaration];
  const initializer = ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) || ts.isPropertyAssignment(declaration) ? declaration.initializer : undefined;
  const assigned = assignmentsTo(declaration.getSourceFile(), symbol.name).filter(({ left }) => checker.getSymbolAtLocation(ts.isPropertyAccessExpression(left) ? left.name : left) === symbol);
  const values = [...(initializer ? [initializer] : []), ...assigned.map(({ right }) => right)].filter((value) => !isNothing(value));
  return values.length === 0 ? undefined : allFunctions(values, checker, new Set([...seen, symbol]));
}

/** What is handed in is taken for what stands in for it. */
function allFunctions(values: readonly ts.Expression[], checker: ts.TypeChecker, seen: ReadonlySet<ts.Symbol>): readonly FunctionWithBody[] | undefined {
  const found: FunctionWithBody[] = [];
  for (const value of values) {
    if (isGiven(value, checker)) continue;
    const held = functionsHeld(value, checker, seen);
    if (!held) return undefined;
    found.push(...held);
  }
  return found;
}

/** Values that are always a client; `null` and `undefined` apart. */
function clientOfAll(values: readonly ts.Expression[], checker: ts.TypeChecker, depth: number): ReceiverType | undefined {
  let found: ReceiverType | undefined;
  for (const value of values) {
    if (isNothing(value)) continue;
    const made = clientAmong(value, checker, depth);
    if (!made) return undefined;
    found = either(found, made);
  }
  return found;
}
