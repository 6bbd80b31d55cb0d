/**
 * Everything that is asked of one client, over the workspace, and of that what cannot go together: a command that keeps a connection to itself
 * (it blocks, it subscribes) on a client that is used for other commands too.
 */
import ts from 'typescript';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { contains, enclosingClass, enclosingFunction, hasModifier, isFunctionWithBody, methodOf, unwrap, wrapped } from '../code/ast.ts';
import { clientKey } from './client-identity.ts';
import { namesOf, type ClientName } from './client-names.ts';
import { propertyOf } from './client-property.ts';
import { constantText, place } from '../code/fold.ts';
import { isMadeOnce } from './provided-client.ts';
import { queuedCalls } from '../calls/queued-lists.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionOf, type Region } from '../calls/regions.ts';
import { unitOf, type CallSite } from '../code/units.ts';

export interface ClientUse {
  call: RedisCall;
  /** The command itself, or the call that gives the client to a helper which sends it. */
  site: CallSite;
}

/** A use of a client that keeps the connection to itself, under one of the client's names. */
export interface Demand extends ClientUse {
  kind: DemandKind;
  declaration: ts.Declaration;
}

export type DemandKind = 'blocks' | 'subscribes';

/** By the names of the client. */
const usesByClient = new Join<ClientUse>('client-uses', function* (calls, workspace) {
  for (const call of calls) {
    const queued = queuedCalls(call, workspace.checker);
    for (const { declaration, site } of namesOf(call, workspace)) for (const one of [call, ...queued]) yield [clientKey(declaration), { call: one, site }];
  }
});

/** By the region in which the finding would stand. */
const demandsByRegion = new Join<Demand>('client-demands', function* (calls, workspace) {
  for (const call of calls) {
    const kind = demandOf(call, workspace.checker);
    if (!kind) continue;
    for (const { declaration, site } of demandNames(call, workspace)) yield [regionKey(regionOf(site)), { call, site, kind, declaration }];
  }
});

const regionKey = (region: Region): string => region.getSourceFile().fileName + place(region);

/** All that is asked of the client that a name stands for. */
export function usesOf(declaration: ts.Declaration, workspace: Workspace): readonly ClientUse[] {
  return workspace.under(usesByClient, clientKey(declaration));
}

/** Asks who calls the functions of a file that keep a client to themselves: the client may be known there alone. */
export function seekDemands(file: string, workspace: Workspace): void {
  for (const call of workspace.factsOf(file)?.calls ?? []) if (demandOf(call, workspace.checker)) demandNames(call, workspace);
}

function demandNames(call: RedisCall, workspace: Workspace): ClientName[] {
  const names = namesOf(call, workspace);
  for (const { site } of names) {
    const unit = site === call.node ? undefined : unitOf(site);
    if (unit) workspace.noteLead(unit);
  }
  return names;
}

/** A demand, and what else the same client is asked for meanwhile. One for each place. */
export function conflictsIn(region: Region, kind: DemandKind, workspace: Workspace): { demand: Demand; other: ClientUse }[] {
  const found = new Map<CallSite, { demand: Demand; other: ClientUse }>();
  for (const demand of workspace.under(demandsByRegion, regionKey(region))) {
    if (demand.kind !== kind || found.has(demand.site)) continue;
    const uses = usesOf(demand.declaration, workspace);
    const others = uses.filter((use) => isOther(use, demand, workspace));
    // Nobody else's command waits where all is one after the other, but another that blocks does, and what comes after it.
    const isUsedOtherwise = others.some(({ call }) => !demandOf(call, workspace.checker));
    const other = isUsedOtherwise ? others.find((use) => isInTheWay(use, demand, uses, workspace)) : undefined;
    if (other) found.set(demand.site, { demand, other });
  }
  return [...found.values()];
}

const blocking = new Set(['BLPOP', 'BRPOP', 'BLMOVE', 'BRPOPLPUSH', 'BLMPOP', 'BZPOPMIN', 'BZPOPMAX', 'BZMPOP', 'WAIT', 'WAITAOF']);
const subscribing = new Set(['SUBSCRIBE', 'PSUBSCRIBE', 'SSUBSCRIBE']);
const unsubscribing = new Set(['UNSUBSCRIBE', 'PUNSUBSCRIBE', 'SUNSUBSCRIBE']);
/** Of the connection, or said once when it is set up: `CONFIG SET notify-keyspace-events` before a subscription. */
const ofSession = new Set(['AUTH', 'HELLO', 'SELECT', 'PING', 'ECHO', 'QUIT', 'RESET', 'CLIENT', 'CONFIG', 'INFO', 'COMMAND', 'READONLY', 'READWRITE', 'MONITOR']);
/** What a consumer does with what it has got, by its own connection. */
const companions: Readonly<Record<string, ReadonlySet<string>>> = {
  XREADGROUP: new Set(['XACK', 'XACKDEL', 'XDEL', 'XDELEX', 'XCLAIM', 'XAUTOCLAIM', 'XPENDING', 'XGROUP', 'XINFO', 'XREADGROUP']),
  XREAD: new Set(['XREAD']),
  BLMOVE: new Set(['LREM']),
  BRPOPLPUSH: new Set(['LREM']),
};

export function demandOf(call: RedisCall, checker: ts.TypeChecker): DemandKind | undefined {
  const { command, receiver, dialect } = call;
  if (receiver.kind === 'client' || receiver.kind === 'cluster') {
    if (blocking.has(command) || (/^XREAD(?:GROUP)?$/.test(command) && saysBlock(call, checker))) return isIsolated(call) ? undefined : 'blocks';
  }
  // A cluster's client subscribes by a connection of its own, and so does ioredis to MONITOR.
  if (receiver.kind === 'client' && (subscribing.has(command) || (command === 'MONITOR' && dialect === 'node-redis'))) return 'subscribes';
  return undefined;
}

function saysBlock({ args }: RedisCall, checker: ts.TypeChecker): boolean {
  return args.flags.has('BLOCK') || args.list.some((one) => !ts.isSpreadElement(one) && ts.isStringLiteralLike(unwrap(one)) && constantText(one, checker)?.toUpperCase() === 'BLOCK');
}

/** node-redis 4: `client.blPop(commandOptions({ isolated: true }), …)` takes a connection from a pool. */
function isIsolated({ node }: RedisCall): boolean {
  const first = node.arguments?.[0] && unwrap(node.arguments[0]);
  return first !== undefined && ts.isCallExpression(first) && /commandOptions$/.test(first.expression.getText()) && first.getText().includes('isolated');
}

/** Asks the same client for something that has nothing to do with the demand. */
function isOther(use: ClientUse, demand: Demand, workspace: Workspace): boolean {
  const { command } = use.call;
  const word = command.split(' ')[0] ?? '';
  if (command.startsWith('@') || ofSession.has(word) || subscribing.has(word) || unsubscribing.has(word) || use.site === demand.site) return false;
  return !companions[demand.call.command]?.has(word) && isSameClient(use, demand, workspace);
}

function isInTheWay(use: ClientUse, demand: Demand, uses: readonly ClientUse[], workspace: Workspace): boolean {
  return demand.kind === 'blocks' ? !isInTurn(use, demand, workspace) : !isBefore(use, demand) && !isAfterwards(use, demand, uses, workspace);
}

/** A property is another client in each instance of its class. */
function isSameClient({ call }: ClientUse, { call: own, declaration }: Demand, workspace: Workspace): boolean {
  const property = propertyOf(declaration);
  if (!property) return ts.isClassLike(declaration) ? isMadeOnce(declaration, workspace) : isOne(declaration) && !(isProvision(declaration) && isHandOn(own));
  if (isHandOn(own) || workspace.callers(property.owner).length > 1) return false;
  // The property of the one object that a container makes of its class.
  if (isMadeOnce(property.owner, workspace)) return true;
  const [one, other] = [call, own].map(({ node, receiver }) => (receiver.node && /^this\b/.test(receiver.node.getText()) ? enclosingClass(node) : undefined));
  return !one || !other || one === other;
}

/** What tells a container of a client. */
const isProvision = (declaration: ts.Declaration): boolean => ts.isObjectLiteralExpression(declaration) || ts.isCallExpression(declaration);

/** Stands for one client at a time: a variable, not a member of many objects, nor a function that may make another one each time. */
function isOne(declaration: ts.Declaration): boolean {
  if (ts.isPropertyDeclaration(declaration)) return hasModifier(declaration, ts.SyntaxKind.StaticKeyword);
  return (
    isProvision(declaration) || ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isBindingElement(declaration) || ts.isExportAssignment(declaration) ||
    ts.isPropertyAssignment(declaration) || ts.isBinaryExpression(declaration) || (ts.isPropertyAccessExpression(declaration) && /^(?:module\.)?exports\b/.test((declaration as ts.Node).getText()))
  );
}

/** A method that only hands on what it is given: a wrapper of all commands, of which each instance may use others. */
function isHandOn({ node }: RedisCall): boolean {
  const fn = enclosingFunction(node);
  if (!isFunctionWithBody(fn)) return false;
  const [only, ...more] = ts.isBlock(fn.body) ? fn.body.statements : [];
  if (ts.isBlock(fn.body) && (!only || more.length > 0 || !contains(only, node) || !(ts.isReturnStatement(only) || ts.isExpressionStatement(only)))) return false;
  const names = new Set(fn.parameters.map(({ name }) => name.getText()));
  return (node.arguments ?? []).every((argument) => names.has((ts.isSpreadElement(argument) ? argument.expression : argument).getText()));
}

const eachOf = new Set(['map', 'flatMap', 'forEach', 'filter', 'reduce', 'some', 'every', 'find']);

/** The function whose course a node is part of: callbacks that run at once count as part of what is around them, timers and listeners do not. */
function courseOf(node: ts.Node): ts.Node {
  let at = enclosingFunction(node);
  while (!ts.isSourceFile(at) && runsAtOnce(at)) at = enclosingFunction(at);
  return at;
}

function runsAtOnce(fn: ts.Node): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const outer = wrapped(fn);
  const { parent } = outer;
  if (ts.isNewExpression(parent)) return parent.expression.getText() === 'Promise';
  if (!ts.isCallExpression(parent)) return false;
  return parent.expression === outer || eachOf.has(methodOf(parent)?.name ?? '');
}

/** One after the other in one function, which waits for each: nobody is kept waiting who could be served. */
function isInTurn({ site }: ClientUse, demand: Demand, workspace: Workspace): boolean {
  const course = courseOf(demand.site);
  if (course !== courseOf(site) || !isWaitedFor(demand.site)) return false;
  return contains(course, demand.declaration) && !ts.isSourceFile(course) ? true : workspace.requestPath(demand.site) === undefined;
}

function isWaitedFor(site: ts.Expression): boolean {
  const { parent } = wrapped(site);
  if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent)) return isWaitedFor(parent.parent);
  return ts.isAwaitExpression(parent) || ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === wrapped(site));
}

/** What the same function sends before it subscribes. */
const isBefore = ({ site }: ClientUse, demand: Demand): boolean => courseOf(site) === courseOf(demand.site) && site.getStart() < demand.site.getStart();

/** What it sends after it has unsubscribed, and what others do who wait for that, or are told of it. */
function isAfterwards({ site }: ClientUse, demand: Demand, uses: readonly ClientUse[], { checker }: Workspace): boolean {
  const course = courseOf(demand.site);
  return uses.some((one) => {
    if (isListener(one.call)) return contains(one.site, site) && tellsOfEnd(one.call, checker);
    if (!unsubscribing.has(one.call.command)) return false;
    if (contains(one.site, site)) return one.site !== site;
    if (courseOf(one.site) !== courseOf(site) || one.site.getStart() > site.getStart()) return false;
    return courseOf(site) === course ? one.site.getStart() > demand.site.getStart() : isWaitedFor(one.site);
  });
}

const isListener = ({ command }: RedisCall): boolean => command === '@on' || command === '@once' || command === '@addListener';

/** `client.on('unsubscribe', …)`: the connection has left its subscription. */
function tellsOfEnd({ node }: RedisCall, checker: ts.TypeChecker): boolean {
  const [event] = node.arguments ?? [];
  return event !== undefined && /^[ps]?unsubscribe$/.test(constantText(event, checker) ?? '');
}

/** Where a finding about a call stands: its method's name, or that of the function which is called. */
export function nameOfSite({ call, site }: ClientUse): ts.Node {
  if (site === call.node) return call.nameNode;
  return ts.isCallExpression(site) ? (methodOf(site)?.nameNode ?? site.expression) : site;
}
