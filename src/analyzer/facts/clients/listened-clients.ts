/** The clients whose errors somebody listens for, by all names that they go by. */
import ts from 'typescript';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isAssignment, unwrap } from '../code/ast.ts';
import { clientDeclaration, clientKey } from './client-identity.ts';
import { namesOf } from './client-names.ts';
import { constantText } from '../code/fold.ts';
import { nodesOf } from '../calls/nodes.ts';
import { providersFor } from './provided-client.ts';
import type { RedisCall } from '../calls/redis-call.ts';

/** Methods that add a listener. */
export const adders: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener']);

/** By the names of the client listened to. */
const listeners = new Join<RedisCall>('error-listeners', function* (calls, workspace) {
  for (const call of calls) {
    if (!/^@(?:on|once|addListener)$/.test(call.command) || !mayBeError(call.args.list[0], workspace.checker)) continue;
    for (const { declaration } of namesOf(call, workspace)) {
      // Of several that may be handed out, one is listened to, and so may be each.
      for (const one of [declaration, ...putInto(declaration, workspace), ...providersFor(declaration, workspace).map((provider) => provider.declaration)]) yield [clientKey(one), call];
    }
  }
});

/** Whether a name is listened to anywhere in the workspace. */
export const isListenedTo = (declaration: ts.Declaration, workspace: Workspace): boolean => workspace.under(listeners, clientKey(declaration)).length > 0;

/** Whether a listener is one for errors, as far as is known. */
export function mayBeError(event: ts.Expression | undefined, checker: ts.TypeChecker): boolean {
  return event !== undefined && (constantText(event, checker) ?? 'error') === 'error';
}

/** What a variable is given later: of `let pub; pub = redis; pub.on('error', …)` the client that goes by the other name too. */
function putInto(declaration: ts.Declaration, workspace: Workspace): ts.Declaration[] {
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return [];
  const { text } = declaration.name;
  const file = declaration.getSourceFile();
  workspace.callsIn(file);
  return [...nodesOf(file)].flatMap((node) => {
    const target = isAssignment(node) ? unwrap(node.left) : undefined;
    if (!isAssignment(node) || !target || !ts.isIdentifier(target) || target.text !== text || clientDeclaration(target, workspace.checker) !== declaration) return [];
    const value = unwrap(node.right);
    const given = ts.isIdentifier(value) || ts.isPropertyAccessExpression(value) ? clientDeclaration(value, workspace.checker) : undefined;
    return given && !given.getSourceFile().isDeclarationFile ? [given] : [];
  });
}
