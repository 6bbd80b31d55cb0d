/** Where a function closes a client, by itself or by a helper, so that nothing leads around it. */
import ts from 'typescript';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { contains, enclosingFunction, isFunctionWithBody, some, unwrap } from '../code/ast.ts';
import { declarationOfClient } from './client-names.ts';
import type { RegionFacts } from '../calls/file-facts.ts';
import { reachedCalls } from '../calls/reached-calls.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import type { Region } from '../calls/regions.ts';
import { deepest, sitesNamed, unitName, unitOf, type Unit } from '../code/units.ts';

export interface Closing {
  call: RedisCall;
  site: ts.CallExpression;
  declaration: ts.Declaration;
}

/** In the order of the text, the function's own first. */
export const closingsIn = ({ region, calls }: RegionFacts, workspace: Workspace): Closing[] => [...ownClosings(calls, workspace.checker), ...helpersClosings(region, workspace)];

function closes({ command, dialect, node }: RedisCall): boolean {
  if (command === '@disconnect' && dialect === 'ioredis') return (node.arguments ?? []).every((argument) => argument.kind === ts.SyntaxKind.FalseKeyword);
  return command === 'QUIT' || command === '@disconnect' || command === '@close' || command === '@destroy' || command === '@end';
}

/** A name that means one client for as long as a function runs: `redis`, `this.redis`. */
export function hasName({ receiver }: RedisCall): boolean {
  const node = receiver.node && unwrap(receiver.node);
  return node !== undefined && (ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword));
}

function ownClosings(calls: readonly RedisCall[], checker: ts.TypeChecker): Closing[] {
  return calls.flatMap((call) => {
    const declaration = closes(call) && hasName(call) && ts.isCallExpression(call.node) ? declarationOfClient(call, checker) : undefined;
    return declaration && ts.isCallExpression(call.node) ? [{ call, site: call.node, declaration }] : [];
  });
}

/** The names of functions that close a client, and of those that call these: few, and so is what goes by them. */
const closers = new Join<string>('closers', function* (calls, workspace) {
  let level = new Set<Unit>();
  for (const call of calls) {
    const fn = closes(call) && hasName(call) ? enclosingFunction(call.node) : undefined;
    if (fn && isFunctionWithBody(fn)) level.add(fn);
  }
  for (let depth = 1; level.size > 0; depth++) {
    for (const unit of level) {
      const name = unitName(unit);
      if (name !== undefined) yield ['', name];
    }
    if (depth >= deepest) return;
    level = new Set([...level].flatMap((unit) => callersOf(unit, workspace)));
  }
});

/** Who calls a closer. Of a method that are the methods beside it: what else goes by the name of one, `close`, is mostly none. */
function callersOf(unit: Unit, workspace: Workspace): Unit[] {
  if (ts.isClassLike(unit)) return [];
  const owner = ts.isClassElement(unit) ? unit.parent : undefined;
  const name = unitName(unit);
  if (!owner) return name === undefined ? [] : workspace.callers(unit).flatMap((site) => unitOf(site) ?? []);
  return ts.isClassLike(owner) ? owner.members.filter((member) => isFunctionWithBody(member)).filter((member) => some(member, (node) => ts.isCallExpression(node) && node.expression.getText() === `this.${name ?? ''}`)) : [];
}

/** Asks who calls the functions of a file that close a client: a command may come after that. */
export function seekClosers(file: string, workspace: Workspace): void {
  for (const call of workspace.factsOf(file)?.calls ?? []) {
    const fn = closes(call) && hasName(call) ? enclosingFunction(call.node) : undefined;
    let level: Unit[] = fn && isFunctionWithBody(fn) ? [fn] : [];
    for (let depth = 1; depth <= deepest && level.length > 0; depth++) {
      level = level.flatMap((unit) => callersOf(unit, workspace));
      for (const unit of level) workspace.noteLead(unit);
    }
  }
}

/** Of the helpers that close a client: `await shutdown()`, `await close(client)`. */
function helpersClosings(region: Region, workspace: Workspace): Closing[] {
  return sitesNamed(new Set(workspace.under(closers, '')), [region]).flatMap((site) => {
    if (!ts.isCallExpression(site) || !isFollowed(site)) return [];
    return reachedCalls(site, workspace, (call) => closes(call) && hasName(call), (node, unit, client) => isCertain(node, unit, client)).map((one) => ({ ...one, site }));
  });
}

/** Whether a statement comes after a call in its function: not worth a question otherwise. */
function isFollowed(site: ts.Node): boolean {
  const fn = enclosingFunction(site);
  for (let at = site; at !== fn && at.parent; at = at.parent) {
    const { parent } = at;
    if ((ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)) && parent.statements.at(-1) !== at) return true;
  }
  return false;
}

/** Whether control cannot get from the closing to what comes next (or to the end of a function) by a way around it, but for a test whether the client is open. */
export function isCertain(closing: ts.Node, next: ts.Node, client: string): boolean {
  for (let at: ts.Node = closing; at.parent; at = at.parent) {
    const { parent } = at;
    if (contains(parent, next)) return !ts.isCaseBlock(parent);
    if (ts.isIfStatement(parent) && at !== parent.expression && !(at === parent.thenStatement && asksWhetherOpen(parent.expression, client))) return false;
    if (ts.isConditionalExpression(parent) && at !== parent.condition) return false;
    if (ts.isBinaryExpression(parent) && at === parent.right && !asksWhetherOpen(parent.left, client)) return false;
    if (ts.isCaseOrDefaultClause(parent) || ts.isCatchClause(parent) || ts.isIterationStatement(parent, false)) return false;
  }
  return false;
}

function asksWhetherOpen(condition: ts.Expression, client: string): boolean {
  const text = unwrap(condition).getText().replace(/\s|\?(?=\.)/g, '');
  return text.startsWith(client) && /^(?:\.isOpen|\.isReady|\.connected|\.status==='ready'|!==?(?:null|undefined))?$/.test(text.slice(client.length));
}
