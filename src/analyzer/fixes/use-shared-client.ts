/**
 * A client made per request → the shared one: the project's own where it has one with the same target, else that of
 * src/client-template, which is then written to the project. What the local client alone needed goes with it: connecting,
 * its error listener, closing. One that blocks, listens or watches becomes a duplicate of the shared one.
 */
import { posix } from 'node:path';
import type ts from 'typescript';
import { contains } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isRemoved, withoutNested } from './shared-client/cleanup.ts';
import { localOf } from './shared-client/local.ts';
import { ofField } from './shared-client/of-field.ts';
import { ofReturned, ofSpot, ofVariable, type Change } from './shared-client/of-function.ts';
import { Refusal } from './shared-client/refusal.ts';
import { findSharedClient, type SharedClient } from './shared-client/source.ts';
import { replaceRange } from './text/edits.ts';
import { removeUnusedImports } from './text/unused-imports.ts';

/** @param call a construction that happens again and again; @returns why, where no shared client can take its place */
export function planSharedClient(call: RedisCall, workspace: Workspace): FixPlan | Refusal {
  const shared = findSharedClient(call, workspace);
  if (shared instanceof Refusal) return shared;
  const local = localOf(call.node, workspace);
  if (local instanceof Refusal) return local;
  const change = local.kind === 'variable' ? ofVariable(call, shared, local, workspace)
    : local.kind === 'field' ? ofField(call, shared, local, workspace)
    : local.kind === 'returned' ? ofReturned(call, shared, local, workspace) : ofSpot(call, shared, local, workspace);
  return change instanceof Refusal ? change : finished(call, shared, change, workspace);
}

function finished(call: RedisCall, shared: SharedClient, { edits, imports, isDuplicate }: Change, workspace: Workspace): FixPlan {
  const own = withoutNested(edits);
  // Options that the shared client is asked for with are still there, in what was written anew.
  const asked = shared.kind === 'template' && shared.options !== undefined ? (call.node.arguments ?? []) : [];
  const isGone = (mention: ts.Identifier): boolean => isRemoved(mention, own) && !asked.some((argument) => contains(argument, mention));
  const allImports = removeUnusedImports(call.sourceFile, isGone, imports, workspace.checker);
  // Two at once could each leave an import to the other: one per file at a time.
  const claim: TextEdit = replaceRange(call.sourceFile, 0, 0, '');
  const created = shared.kind === 'template' ? shared.creation : undefined;
  return {
    id: shared.kind === 'template' && shared.isAsked ? 'use-shared-client-per-options' : 'use-shared-client',
    title: titleOf(shared, posix.relative(workspace.root, shared.file), isDuplicate),
    kind: 'scaffold',
    keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
    edits: [claim, ...own, ...allImports, ...(created ? [created] : [])],
  };
}

/** Says what changes besides the number of connections: which address, and that options are taken to be few. */
function titleOf(shared: SharedClient, where: string, isDuplicate: boolean): string {
  const copy = isDuplicate ? 'a duplicate of ' : '';
  if (shared.kind === 'variable') return `Use ${copy}the shared client \`${shared.name}\` of ${where}`;
  const address = shared.isAddressed ? '' : ', which connects to REDIS_URL';
  const options = shared.options === undefined ? undefined : `\`${short(shared.options)}\``;
  if (shared.creation) {
    const what = options === undefined ? `${copy}it` : shared.isAsked ? `one client of it for each distinct ${options}` : `its client with ${options}`;
    return `Create a shared Redis client in ${where}${address && `${address},`} and use ${what}`;
  }
  if (options !== undefined) return shared.isAsked ? `Use one shared client of ${where} for each distinct ${options}` : `Use the shared client of ${where} with ${options}`;
  return `Use ${copy}the shared client of ${where}${address}`;
}

/** As much of options as a title bears. */
function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
