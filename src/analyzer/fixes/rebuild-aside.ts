/** DEL of a key and the writes that fill it again → the writes fill another key, which then takes the place of the old one in one step. */
import { methodName } from '../dialects/write/method-name.ts';
import { contains, enclosingFunction } from '../facts/code/ast.ts';
import { regionOf } from '../facts/calls/regions.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { unitOf } from '../facts/code/units.ts';
import { isWrite } from '../../redis/commands.ts';
import type { FixPlan } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { leadsToRedis } from './batch-loop/hazards.ts';
import { isSameClient, plainStatement } from './set-with-ttl-pair.ts';
import { insertAfter, isInList, replaceNode, replaceRange, siblings, statementEnd } from './text/edits.ts';
import { hasComments } from './text/comments.ts';
import { addImport } from './text/imports.ts';
import type { Lines } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable, isUnchanging } from './text/purity.ts';
import { styleOf } from './text/style.ts';
import { derivedKey, isAwaitedMethod, staysInSlot, staysOnPath } from './under-another-name.ts';

/** @param removal the DEL; @param write the first command that fills its key again, in the same function; [] where anything else may see the key meanwhile */
export function planRebuildAside(removal: RedisCall, write: RedisCall, workspace: Workspace): FixPlan[] {
  const { checker } = workspace;
  const first = plainStatement(removal);
  const client = removal.receiver.node;
  const [key] = removal.args.keys;
  if (!first || !isInList(first) || !client || !isRepeatable(client) || !key || !isAwaitedMethod(removal) || removal.args.list.length !== 1 || !staysInSlot(removal)) return [];
  const list = siblings(first);
  const onKey = workspace.callsIn(unitOf(first) ?? regionOf(first)).filter((call) => call.node.pos > removal.node.pos && call.args.keys.some(({ identity }) => identity === key.identity));
  const last = list.findLast((statement) => onKey.some((call) => isWrite(call.command) && contains(statement, call.node)));
  const statements = last ? list.slice(list.indexOf(first) + 1, list.indexOf(last) + 1) : [];
  if (!last || !statements.some((statement) => contains(statement, write.node))) return [];
  const moved = onKey.filter(({ node }) => node.pos < last.end);
  const isMovable = (call: RedisCall): boolean => isAwaitedMethod(call) && isSameClient(removal, call) && enclosingFunction(call.node) === enclosingFunction(removal.node) && call.args.keys.every(({ node, identity }) => identity !== key.identity || isUnchanging(node, checker));
  if (!isUnchanging(key.node, checker) || !moved.every(isMovable) || statements.some((statement) => !staysOnPath(statement) || leadsToRedis(statement, workspace))) return [];
  if (hasComments(removal.sourceFile, { start: first.getStart(), end: statementEnd(first) })) return [];
  const style = styleOf(removal.sourceFile);
  const name = freshName(first, ['rebuilt', 'rebuilding'], { checker });
  const uuid = addImport(removal.sourceFile, { from: 'node:crypto', name: 'randomUUID' });
  const semicolon = style.semicolons ? ';' : '';
  // A command that fills the key whatever happens, or fails: there is something to rename.
  const isFilled = moved.some((call) => isFill(call) && statements.some((statement) => statement === plainStatement(call)));
  return [
    {
      id: 'rename',
      title: `Fill another key, and rename it to this one`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: isFilled ? 'same' : 'one-more' },
      edits: [
        claimScope(first),
        ...uuid.edits,
        replaceRange(removal.sourceFile, first.getStart(), statementEnd(first), `const ${name} = ${derivedKey(key.node, 'rebuilt', style, `${uuid.name}()`)}${semicolon}`),
        ...moved.flatMap((call) => call.args.keys.filter(({ identity }) => identity === key.identity).map(({ node }) => replaceNode(node, name))),
        insertAfter(last, renamed(removal, client.getText(), name, key.node.getText(), isFilled)),
      ],
    },
  ];
}

/** Those that leave a key behind, or fail. */
const fills = new Set(['HSET', 'HMSET', 'SADD', 'ZADD', 'LPUSH', 'RPUSH', 'GEOADD', 'PFADD', 'XADD']);
const isFill = ({ command, args }: RedisCall): boolean => fills.has(command) && !args.options && !['XX', 'NOMKSTREAM', '...'].some((flag) => args.flags.has(flag));

function renamed(like: RedisCall, client: string, name: string, key: string, isFilled: boolean): Lines {
  const rename = `await ${client}.${methodName('RENAME', like)}(${name}, ${key})`;
  if (isFilled) return [`${rename};`];
  const remove = like.command === 'DEL' ? 'del' : 'unlink';
  return ['// Of nothing there is no key to rename.', `${rename}.catch((error${styleOf(like.sourceFile).typescript ? ': Error' : ''}) => {`, ["if (!error.message.includes('no such key')) throw error;", `return ${client}.${remove}(${key});`], '});'];
}
