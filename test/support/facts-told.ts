/** All that the analyzer knows of a command it sees, as texts that can be compared. */
import type ts from 'typescript';
import type { RedisCall } from '../../src/analyzer/facts/calls/redis-call.ts';
import { patternText } from '../../src/redis/key-pattern.ts';

/**
 * By name of the fact. Two are left out: confidence, which is more where more types are known, and the library, since the declarations of
 * `redis` are those of @redis/client.
 */
export function factsTold({ node, command, dialect, major, receiver, spelling, args, callback, use, loop, fn }: RedisCall): Record<string, string> {
  const { kind, maybeCluster, declaredAt, db, prefix, hasPrefix } = receiver;
  return {
    command, kind, spelling,
    client: `${dialect} ${major}`,
    maybeCluster: String(maybeCluster),
    receiver: at(receiver.node),
    identity: declaredAt.replace(/^.*\//, ''),
    database: String(db),
    prefix: prefix ? patternText(prefix) : String(hasPrefix),
    node: at(node),
    arguments: args.list.map(at).join(),
    keys: args.keys.map((key) => `${at(key.node)} ${patternText(key.pattern)}`).join(),
    value: at(args.value),
    ttl: args.ttl ? `${args.ttl.unit} ${at(args.ttl.node)}` : '',
    flags: [...args.flags].join(),
    options: at(args.options),
    callback: at(callback),
    use: `${use.kind} ${at(use.value)} ${at(use.target)}`,
    loop: loop ? `${loop.kind} ${at(loop.body)}` : '',
    function: at(fn),
  };
}

function at(node: ts.Node | undefined): string {
  return node ? `${node.getSourceFile().fileName.replace(/^.*\//, '')}#${node.pos}-${node.end}` : '';
}
