/** Which version of the protocol a client speaks: from RESP3 on, a connection that has subscribed takes other commands too. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import { usesOf } from './client-uses.ts';
import { constantText } from '../code/fold.ts';
import { factoryOf } from './provider.ts';
import type { RedisCall } from '../calls/redis-call.ts';

/** @param declaration a name of the client: what its construction says counts, else what the library does by itself */
export function protocolOf({ library, major }: RedisCall, declaration: ts.Declaration, workspace: Workspace): 2 | 3 {
  for (const call of [...usesOf(declaration, workspace).map((use) => use.call), ...madeBy(declaration, workspace)]) {
    const said = call.command === '@construct' ? saidIn(call, workspace.checker) : undefined;
    if (said !== undefined) return said === '3' && (call.dialect === 'ioredis' || call.major >= 5) ? 3 : 2;
  }
  return library !== 'iovalkey' && major >= 6 ? 3 : 2;
}

/** What a provider's own factory makes goes by no name. */
function madeBy(declaration: ts.Declaration, workspace: Workspace): readonly RedisCall[] {
  const fn = factoryOf(declaration, workspace);
  return fn ? workspace.callsIn(fn) : [];
}

function saidIn({ node }: RedisCall, checker: ts.TypeChecker): string | undefined {
  for (const argument of node.arguments ?? []) {
    for (const property of objectLiteral(argument, checker)?.properties ?? []) {
      if (ts.isPropertyAssignment(property) && /^(?:RESP|protocol)$/.test(property.name.getText())) return constantText(property.initializer, checker);
    }
  }
  return undefined;
}
