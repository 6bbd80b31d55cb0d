/**
 * Names that a SCAN has found, gathered in an array: SCAN may give a key twice. Told where that is felt, because the array is counted, or
 * its names are worked on in a way that twice is not as once.
 */
import ts from 'typescript';
import { commandInfo } from '../../../redis/commands.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { contains, isAssignment, isFunctionWithBody, methodOf, some, unwrap, wrapped } from '../code/ast.ts';
import type { RegionFacts } from '../calls/file-facts.ts';
import { nodesIn } from '../calls/nodes.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';
import { asksWhetherAny } from './reply-values.ts';
import { isEmptyList, isKeyScan, scannedIn } from './scan-origin.ts';
import { deepest, unitOf } from '../code/units.ts';
import { awaitedValue } from '../calls/use.ts';

export interface RepeatedNames {
  scan: RedisCall;
  /** `const found = []` */
  list: ts.VariableDeclaration & { name: ts.Identifier };
  /** `found.push(…)`, each. */
  pushes: readonly ts.CallExpression[];
  /** It holds not the names, but something for each. */
  isDerived: boolean;
  /** Where a name that is there twice makes a difference. */
  felt: ts.Node;
}

/** The first array of each scan. */
export function repeatedNames({ region, calls }: RegionFacts, workspace: Workspace): RepeatedNames[] {
  if (!calls.some(mayRepeat)) return [];
  const lists = new Map<ts.VariableDeclaration, RepeatedNames>();
  for (const node of nodesIn(region)) {
    const list = ts.isCallExpression(node) ? pushedTo(node, workspace.checker) : undefined;
    if (!list || !ts.isCallExpression(node)) continue;
    const known = lists.get(list);
    if (known) {
      lists.set(list, { ...known, pushes: [...known.pushes, node] });
      continue;
    }
    const [argument] = node.arguments;
    const named = argument && scannedIn(ts.isSpreadElement(argument) ? argument.expression : argument, workspace);
    if (named && named.depth === (argument && ts.isSpreadElement(argument) ? 1 : 0)) {
      if (mayRepeat(named.scan)) lists.set(list, { scan: named.scan, list, pushes: [node], isDerived: false, felt: node });
    } else {
      const scan = scannedAround(node, list, workspace);
      if (scan && mayRepeat(scan)) lists.set(list, { scan, list, pushes: [node], isDerived: true, felt: node });
    }
  }
  const found = new Map<RedisCall, RepeatedNames>();
  for (const one of lists.values()) {
    const felt = found.has(one.scan) ? undefined : whereFelt(one, workspace);
    if (felt) found.set(one.scan, { ...one, felt });
  }
  return [...found.values()];
}

/** KEYS gives each name once, and so does one page of SCAN, nearly always. */
const mayRepeat = (call: RedisCall): boolean => isKeyScan(call) && call.command !== 'KEYS' && (call.command !== 'SCAN' || call.loop !== undefined);

/** The array that begins empty and is given something here. */
function pushedTo(call: ts.CallExpression, checker: ts.TypeChecker): RepeatedNames['list'] | undefined {
  const method = methodOf(call);
  const target = method?.name === 'push' && call.arguments.length === 1 ? unwrap(method.target) : undefined;
  const declaration = target && ts.isIdentifier(target) ? checker.getSymbolAtLocation(target)?.valueDeclaration : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !declaration.initializer) return undefined;
  return isEmptyList(declaration.initializer) && ts.isArrayLiteralExpression(unwrap(declaration.initializer)) ? (declaration as RepeatedNames['list']) : undefined;
}

/** The scan over whose names the loops around a push run, within the list's own function; undefined where something there sees to it that none counts twice. */
function scannedAround(push: ts.CallExpression, list: RepeatedNames['list'], workspace: Workspace): RedisCall | undefined {
  for (let at: ts.Node = push; !contains(at, list) && !isFunctionWithBody(at) && at.parent; at = at.parent) {
    if (!ts.isForOfStatement(at) || !ts.isVariableDeclarationList(at.initializer)) continue;
    const name = at.initializer.declarations[0]?.name;
    const scanned = name && ts.isIdentifier(name) ? scannedIn(name, workspace) : undefined;
    if (scanned?.depth === 0) return some(at.statement, isLookup) ? undefined : scanned.scan;
  }
  return undefined;
}

/** `seen.has(key)`, `byId[id]`, `entry.name === name`: may tell what was there before. */
const isLookup = (node: ts.Node): boolean => ts.isCallExpression(node) && /^(?:has|includes|indexOf|find|findIndex|some|add)$/.test(methodOf(node)?.name ?? '');

function whereFelt({ list, pushes: [push], isDerived }: RepeatedNames, workspace: Workspace): ts.Node | undefined {
  const all = referencesTo(list.name, workspace.checker);
  // How full a batch is, which is sent off and begun anew, is no number of names.
  const uses = all.some(isEmptied) ? all.filter((use) => !isHeldAgainstSize(use)) : all;
  // Made unique before, or after.
  if (uses.some(isMadeUnique)) return undefined;
  // What is made of each name is there for each name: an answer of two where there is one.
  const others = isDerived ? uses.filter((use) => !ts.isPropertyAccessExpression(use.parent) || use.parent.name.text !== 'push') : [];
  return others.length > 0 && others.every((use) => isAnswer(wholeOf(use), workspace)) ? push : firstFelt(uses, workspace, 0);
}

/** `batch = []`, `batch.length = 0`, `batch.splice(0)`. */
function isEmptied(use: ts.Identifier): boolean {
  const { parent } = use;
  if (isAssignment(parent)) return parent.left === use && isEmptyList(parent.right);
  if (!ts.isPropertyAccessExpression(parent)) return false;
  if (parent.name.text === 'length') return isAssignment(parent.parent) && parent.parent.left === parent && parent.parent.right.getText() === '0';
  return parent.name.text === 'splice' && ts.isCallExpression(parent.parent) && parent.parent.arguments[0]?.getText() === '0';
}

/** `batch.length >= 1000`, where that decides. */
function isHeldAgainstSize({ parent }: ts.Identifier): boolean {
  if (!ts.isPropertyAccessExpression(parent) || parent.name.text !== 'length') return false;
  const test = wrapped(parent).parent;
  return ts.isBinaryExpression(test) && /^(?:[<>]=?|[!=]==?)$/.test(test.operatorToken.getText()) && ts.isIfStatement(wrapped(test).parent);
}

function firstFelt(values: readonly ts.Expression[], workspace: Workspace, depth: number): ts.Node | undefined {
  for (const value of values) {
    const felt = feltAt(value, workspace, depth);
    if (felt) return felt;
  }
  return undefined;
}

/** `{ items, total }` of `items`. */
function wholeOf(use: ts.Identifier): ts.Expression {
  const { parent } = use;
  const isPart = ts.isShorthandPropertyAssignment(parent) || (ts.isPropertyAssignment(parent) && parent.initializer === use);
  return isPart ? parent.parent : use;
}

/** `new Set(found)`, `found.includes(key)`, `unique(found)`. */
function isMadeUnique(use: ts.Expression): boolean {
  const { parent } = wrapped(use);
  if (ts.isPropertyAccessExpression(parent)) return /^(?:includes|indexOf)$/.test(parent.name.text) || (parent.name.text === 'filter' && ts.isCallExpression(parent.parent) && (parent.parent.arguments[0]?.getText().includes('indexOf') ?? false));
  const call = ts.isSpreadElement(parent) ? parent.parent : parent;
  return (ts.isNewExpression(call) && call.expression.getText() === 'Set') || (ts.isCallExpression(call) && /uniq|dedup/i.test(call.expression.getText()));
}

/** @param value an expression that is the array, or its names in another array */
function feltAt(value: ts.Expression, workspace: Workspace, depth: number): ts.Node | undefined {
  if (depth > deepest) return undefined;
  const outer = wrapped(value);
  const { parent } = outer;
  if (isMadeUnique(value)) return undefined;
  if (ts.isForOfStatement(parent) && parent.expression === outer) return isFeltIn(parent.statement, workspace) ? parent : undefined;
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === outer)) return feltByCallers(parent, workspace, depth);
  if (ts.isSpreadElement(parent) && ts.isArrayLiteralExpression(parent.parent)) return feltAt(parent.parent, workspace, depth);
  const argumentOf = ts.isSpreadElement(parent) ? parent.parent : parent;
  if (ts.isCallExpression(argumentOf) && argumentOf.expression !== outer) {
    const command = commandAt(argumentOf, workspace);
    return command && isFeltBy(command) ? argumentOf : undefined;
  }
  if (!ts.isPropertyAccessExpression(parent)) return undefined;
  const name = parent.name.text;
  if (name === 'length') return isAsked(parent) ? undefined : parent;
  const call = wrapped(parent).parent;
  if (!ts.isCallExpression(call) || unwrap(call.expression) !== parent) return undefined;
  // Put in order for whoever asks: an answer.
  if (/^(?:sort|toSorted)$/.test(name) && isAnswer(call, workspace)) return call;
  if (/^(?:slice|splice|sort|reverse|concat|toSorted|filter)$/.test(name)) return feltAt(call, workspace, depth + 1);
  const callback = call.arguments[0] && unwrap(call.arguments[0]);
  if (!/^(?:forEach|map|flatMap)$/.test(name) || !callback || !isFunctionWithBody(callback)) return undefined;
  if (isFeltIn(callback.body, workspace)) return call;
  return name === 'forEach' || commandsIn(callback.body, workspace).length > 0 ? undefined : feltAt(call, workspace, depth + 1);
}

/** What a function returns that nobody in the workspace calls. */
function isAnswer(value: ts.Expression, workspace: Workspace): boolean {
  const { parent } = wrapped(value);
  const unit = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === wrapped(value)) ? unitOf(parent) : undefined;
  return unit !== undefined && !ts.isClassLike(unit) && workspace.callers(unit).length === 0;
}

/** What the callers of a function make of the array that it returns. */
function feltByCallers(returned: ts.Node, workspace: Workspace, depth: number): ts.Node | undefined {
  const unit = unitOf(returned);
  if (!unit || ts.isClassLike(unit)) return undefined;
  return firstFelt(workspace.callers(unit).flatMap((site) => (ts.isCallExpression(site) ? valuesOf(site, workspace.checker) : [])), workspace, depth + 1);
}

function valuesOf(site: ts.CallExpression, checker: ts.TypeChecker): ts.Expression[] {
  const value = awaitedValue(site);
  const { parent } = value;
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? referencesTo(parent.name, checker).some(isMadeUnique) ? [] : referencesTo(parent.name, checker) : [value];
}

/** Whether there is any, or how many for people. */
function isAsked(length: ts.Expression): boolean {
  const { parent } = length;
  if (isAssignment(parent)) return parent.left === length;
  // What is printed is for people.
  if (ts.isTemplateSpan(parent) || ts.isCallExpression(parent)) return isPrinted(length);
  return asksWhetherAny(length);
}

function isPrinted(node: ts.Node): boolean {
  const call = ts.findAncestor(node, ts.isCallExpression);
  return call !== undefined && /\b(?:console|log|logger|debug|info|warn)\b/i.test(call.expression.getText());
}

/** Leave the same behind when they are sent twice. */
const idempotent = new Set(['DEL', 'UNLINK', 'EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT', 'PERSIST', 'SET', 'SETEX', 'PSETEX', 'HSET', 'HMSET', 'HDEL', 'SADD', 'SREM', 'ZADD', 'ZREM', 'MSET', 'TOUCH', 'PFADD', 'WATCH']);

/** Reads of many keys give a reply for each; writes count where twice is not once. */
function isFeltBy({ command, use }: RedisCall): boolean {
  if (command.startsWith('@') || idempotent.has(command)) return false;
  const reads = commandInfo(command)?.flags.includes('readonly') ?? false;
  return reads ? command === 'MGET' && use.kind !== 'floating' && use.kind !== 'void' : true;
}

const commandAt = (node: ts.Node, workspace: Workspace): RedisCall | undefined => workspace.callsIn(unitOf(node) ?? node.getSourceFile()).find((call) => call.node === node);

const commandsIn = (body: ts.Node, workspace: Workspace): RedisCall[] => workspace.callsIn(unitOf(body) ?? body.getSourceFile()).filter(({ node }) => contains(body, node));

const sends = /^(?:send|mail|notify|publish|emit|enqueue|charge|pay|post|dispatch|push)/i;

/** Whether it makes a difference that the body runs twice for one name: a total, a message, a write that is not as one. */
function isFeltIn(body: ts.Node, workspace: Workspace): boolean {
  const commands = new Map(commandsIn(body, workspace).map((call) => [call.node as ts.Node, call]));
  const isFelt = (node: ts.Node): boolean => {
    const command = commands.get(node);
    if (command) return !(commandInfo(command.command)?.flags.includes('readonly') ?? false) && isFeltBy(command);
    if (ts.isCallExpression(node)) return sends.test(methodOf(node)?.name ?? (ts.isIdentifier(node.expression) ? node.expression.text : ''));
    if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.PlusPlusToken;
    return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken;
  };
  return isFelt(body) || some(body, isFelt);
}
