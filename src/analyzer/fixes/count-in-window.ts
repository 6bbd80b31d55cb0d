/**
 * INCR, then EXPIRE → one MULTI by which a counter is never without its end: EXPIRE … NX beside INCR where every server has it (7.0), else
 * SET … NX with the TTL before INCR, which leaves it as it is.
 */
import ts from 'typescript';
import { enclosingStatement, unwrap } from '../facts/code/ast.ts';
import { isFirstHit, isLimit } from '../facts/together/counter-window.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { countCommands } from '../dialects/write/count.ts';
import { multiStatements } from '../dialects/write/multi.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { isServerAtLeast } from '../workspace/layout.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { dropDeclaration, replyUses } from './reply-variable.ts';
import { takeOutExpire, type TakenOut } from './take-out-expire.ts';
import { hasComments } from './text/comments.ts';
import { claimScope, freshName } from './text/names.ts';
import { isInList, replaceNode, replaceRange, statementEnd } from './text/edits.ts';
import { indentationOf } from './text/indentation.ts';
import { render } from './text/lines.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';

/** @param incr INCR or INCRBY; @param expire the EXPIRE or PEXPIRE of its key; [] where they cannot be sent together */
export function planCountInWindow(incr: RedisCall, expire: RedisCall, workspace: Workspace): FixPlan[] {
  let isFixed = false;
  const out = takeOutExpire(incr, expire, (test) => {
    const first = isFirstHit(test, incr);
    isFixed ||= first;
    return first || isLimit(test);
  }, workspace);
  const client = incr.receiver.node;
  if (!out || !client || !isRepeatable(client) || !incr.args.list.every((argument) => isRepeatable(argument))) return [];
  if (incr.callback || ts.isOptionalChain(incr.node) || (out.ttl.unit !== 'EX' && out.ttl.unit !== 'PX')) return [];
  const hasNx = isServerAtLeast('7.0', incr.sourceFile.fileName, workspace.layout);
  const commands = countCommands(incr, expire, out.ttl.unit, hasNx, styleOf(incr.sourceFile));
  const edits = commands && (incr.dialect === 'ioredis' ? statements(incr, out, { client: client.getText(), ...commands }, workspace) : expression(incr, out, { client: client.getText(), ...commands }, workspace));
  if (!edits) return [];
  return [
    {
      id: 'count-in-window',
      title: isFixed ? 'Count and set the window in one MULTI' : 'Count and set the window in one MULTI, at the first hit only',
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: isFixed ? 'same' : 'projected', roundTrips: 'fewer' },
      edits: [...edits, ...(out.isBare ? [] : out.edits)],
    },
  ];
}

interface Parts {
  client: string;
  commands: readonly string[];
  /** Where the count is among the replies. */
  at: number;
}

/** node-redis rejects by itself: an expression does. */
function expression(incr: RedisCall, out: TakenOut, { client, commands, at }: Parts, workspace: Workspace): TextEdit[] | undefined {
  const value = unwrap(incr.use.value);
  const sent = `await ${client}.${['multi()', ...commands, 'exec()'].join('.')}`;
  if (!ts.isAwaitExpression(value) || hasComments(incr.sourceFile, { start: value.getStart(), end: value.end })) return undefined;
  if (out.isBare) return bare(out.removed, `${sent}${styleOf(incr.sourceFile).semicolons ? ';' : ''}`);
  const found = replyUses(incr, out.removed, workspace);
  const dropped = found?.unused ? dropDeclaration(found.unused) : [];
  if (!dropped) return undefined;
  return [...dropped, replaceNode(value, found?.unused ? sent : `Number((${sent})[${at}])`)];
}

/** ioredis puts each command's error beside its reply: looked at in statements. */
function statements(incr: RedisCall, out: TakenOut, { client, commands, at }: Parts, workspace: Workspace): TextEdit[] | undefined {
  const { checker } = workspace;
  const statement = out.isBare ? out.removed : enclosingStatement(incr.node);
  const { sourceFile } = incr;
  const style = styleOf(sourceFile);
  const range = { start: statement.getStart(sourceFile), end: statementEnd(statement) };
  if (!isInList(statement) || hasComments(sourceFile, range)) return undefined;
  const counted = out.isBare ? undefined : targetOf(statement, incr);
  if (!out.isBare && counted === undefined) return undefined;
  const isUnused = out.isBare || replyUses(incr, out.removed, workspace)?.unused !== undefined;
  const names = { replies: freshName(statement, ['replies', 'results'], { checker }), error: freshName(statement, ['error', 'failure'], { checker, beside: [] }) };
  const lines = multiStatements(incr, { client, commands, names }, 'awaited');
  const read = isUnused ? [] : [`${counted} = Number(${names.replies}?.[${at}]?.[1]);`];
  return [claimScope(statement), replaceRange(sourceFile, range.start, range.end, render([...lines, ...read], indentationOf(statement), style))];
}

/** `const hits` of `const hits = await r.incr(key);`, `hits` of `hits = await …`. */
function targetOf(statement: ts.Statement, { use }: RedisCall): string | undefined {
  if (!ts.isAwaitExpression(unwrap(use.value))) return undefined;
  const { parent } = use.value;
  if (ts.isVariableStatement(statement)) {
    const [only, ...more] = statement.declarationList.declarations;
    if (!only || more.length > 0 || only !== parent || !ts.isIdentifier(only.name) || ts.getModifiers(statement)?.length) return undefined;
    return statement.getText().slice(0, (only.type ?? only.name).end - statement.getStart());
  }
  const isAssignment = ts.isExpressionStatement(statement) && statement.expression === parent && ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isAssignment ? parent.left.getText() : undefined;
}

function bare(statement: ts.Statement, text: string): TextEdit[] | undefined {
  const sourceFile = statement.getSourceFile();
  return hasComments(sourceFile, { start: statement.getStart(), end: statement.end }) ? undefined : [replaceNode(statement, text)];
}
