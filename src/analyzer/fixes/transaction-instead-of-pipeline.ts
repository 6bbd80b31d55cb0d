/** A pipeline → MULTI: the same commands, all of them or none. */
import ts from 'typescript';
import { methodOf } from '../facts/code/ast.ts';
import { isSentAsPipeline, type Queue } from '../facts/calls/queue.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { replaceNode, replaceRange } from './text/edits.ts';

/** @param queue one that is made in this function; @param like a command on it; [] where it cannot become a transaction, as over the nodes of a cluster */
export function transactionInstead({ made, links }: Queue, like: RedisCall): FixPlan[] {
  if (like.receiver.maybeCluster || like.receiver.kind === 'cluster') return [];
  const edits = like.dialect === 'node-redis' && like.major >= 4 ? sentAsTransaction(links) : madeAsTransaction(made);
  return edits.length > 0 ? [{ id: 'multi', title: 'Send the pipeline as one MULTI', kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits }] : [];
}

/** ioredis: `redis.pipeline(…)` → `redis.multi(…)`; node-redis 3: `client.batch()` → `client.multi()`. `exec` gives the same list. */
function madeAsTransaction(made: ts.CallExpression): TextEdit[] {
  const name = methodOf(made)?.nameNode;
  return name && ts.isIdentifier(name) ? [replaceNode(name, 'multi')] : [];
}

/** node-redis: `execAsPipeline()` and `exec(true)` → `exec()`. */
function sentAsTransaction(links: readonly ts.CallExpression[]): TextEdit[] {
  return links.filter(isSentAsPipeline).flatMap((link) => {
    const name = methodOf(link)?.nameNode;
    if (!name || !ts.isIdentifier(name) || !/^exec(?:AsPipeline(?:Typed)?)?$/.test(name.text)) return [];
    const [argument] = link.arguments;
    const rename = name.text === 'exec' ? [] : [replaceNode(name, name.text === 'execAsPipelineTyped' ? 'execTyped' : 'exec')];
    return argument ? [...rename, replaceRange(link.getSourceFile(), argument.getFullStart(), argument.end, '')] : rename;
  });
}
