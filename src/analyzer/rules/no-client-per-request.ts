/** A connection costs a TCP (and TLS) handshake, AUTH and server memory; one client serves a whole process. */
import ts from 'typescript';
import { contains, isFunctionWithBody } from '../facts/code/ast.ts';
import type { Construction } from '../facts/clients/construction.ts';
import { fateOf, isClosedIn, isKept } from '../facts/clients/construction-fate.ts';
import { isToldTarget, passesTarget } from '../facts/clients/given-target.ts';
import { enclosingLoop } from '../facts/code/loop.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { Refusal } from '../fixes/shared-client/refusal.ts';
import { planSharedClient } from '../fixes/use-shared-client.ts';
import { deepest, unitOf, type Unit } from '../facts/code/units.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

export const noClientPerRequest: Rule = {
  meta: {
    id: 'no-client-per-request',
    summary: 'A client is made per request, job or item; one shared client serves them all.',
    severity: 'error',
    fix: 'scaffold',
    category: 'latency',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const where = call.command === '@construct' ? repeatedBy(call, workspace) : undefined;
      if (where === undefined) continue;
      const plan = planSharedClient(call, workspace);
      const refusal = plan instanceof Refusal ? plan : undefined;
      yield {
        node: call.nameNode,
        message: `A new connection for ${where}: a handshake and AUTH each time, and at load the server's maxclients; share one client.${refusal ? ` No fix here: ${refusal.reason}.` : ''}`,
        ...(refusal?.node ? { related: [{ node: refusal.node, message: 'why there is no fix' }] } : {}),
        fixes: () => (plan instanceof Refusal ? [] : [plan]),
      };
    }
  },
};

/** What makes the construction happen again and again; undefined where it happens once. */
function repeatedBy(call: RedisCall, workspace: Workspace): string | undefined {
  const construction = call.node;
  const { checker } = workspace;
  const fate = fateOf(construction, checker);
  const getter = unitOf(construction);
  if (getter && ts.isGetAccessor(getter) && fate === 'returned') return 'each use of this getter';
  // A class's field lives as long as the class's instance.
  const unit = unitOf(construction);
  const ofInstance = unit !== undefined && ts.isClassLike(unit);
  if (fate === 'kept' && !ofInstance) return undefined;
  // What the request itself connects to, no shared client stands for.
  if (isToldTarget(call, workspace)) return undefined;
  const path = workspace.requestPath(construction, (site) => !isOnce(site, checker) && !passesTarget(site, construction, workspace));
  if (path) return `each run of ${path}`;
  if (ofInstance || fate !== 'local') return undefined;
  if (enclosingLoop(construction) && usedUp(construction, enclosingLoop(construction)?.body)) return 'each item of this loop';
  return unit && isFunctionWithBody(unit) && isClosedIn(unit, construction) && calledInLoop(unit, workspace, 0, new Set()) ? 'each call of this function' : undefined;
}

/** Made, used and closed within one turn. */
function usedUp(construction: Construction, body: ts.Node | undefined): boolean {
  return body !== undefined && contains(body, construction) && isClosedIn(body, construction);
}

/** The caller keeps what it gets, or asks first whether it has one. */
function isOnce(site: ts.Expression, checker: ts.TypeChecker): boolean {
  return isKept(site, checker);
}

function calledInLoop(unit: Unit, workspace: Workspace, steps: number, seen: Set<Unit>): boolean {
  if (steps >= deepest || seen.has(unit)) return false;
  seen.add(unit);
  return workspace.callers(unit).some((site) => {
    if (enclosingLoop(site)) return true;
    const caller = unitOf(site);
    return caller !== undefined && calledInLoop(caller, workspace, steps + 1, seen);
  });
}
