/** A write and its EXPIRE → one MULTI: both or neither, in one round trip. */
import ts from 'typescript';
import { methodOf, unwrap } from '../facts/code/ast.ts';
import { isConst } from '../facts/code/fold.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { multiStatements } from '../dialects/write/multi.ts';
import { commandText, mayBeQueued } from './queued-statements.ts';
import { isSameClient, plainStatement } from './set-with-ttl-pair.ts';
import { commentsIn } from './text/comments.ts';
import { isInList, replaceNode, replaceRange, siblings, statementEnd } from './text/edits.ts';
import { indentationOf } from './text/indentation.ts';
import { render } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';

/**
 * @param write the write; @param expire the EXPIRE of its key, further down in the same list of statements
 * @returns [] where anything but commands on that client lies between them, or a reply is read
 */
export function planMulti(write: RedisCall, expire: RedisCall, workspace: Pick<Workspace, 'checker' | 'factsOf'>): FixPlan[] {
  const edits = write.receiver.kind === 'pipeline' ? pipelineToMulti(write, expire, workspace.checker) : statementsToMulti(write, expire, workspace);
  if (!edits) return [];
  const queued = write.receiver.kind === 'pipeline';
  return [
    {
      id: 'multi',
      title: queued ? 'Send the pipeline as one MULTI' : `Send ${write.command} and ${expire.command} in one MULTI`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: write.use.kind === 'awaited' ? 'fewer' : 'same' },
      edits,
    },
  ];
}

function statementsToMulti(write: RedisCall, expire: RedisCall, workspace: Pick<Workspace, 'checker' | 'factsOf'>): TextEdit[] | undefined {
  const first = plainStatement(write);
  const last = plainStatement(expire);
  if (!first || !last || !isInList(first) || write.receiver.kind === 'multi' || !write.receiver.node || !isRepeatable(write.receiver.node)) return undefined;
  const list = siblings(first);
  const statements = list.slice(list.indexOf(first), list.indexOf(last) + 1);
  const { checker } = workspace;
  const calls = workspace.factsOf(write.sourceFile.fileName)?.calls ?? [];
  const commands: string[] = [];
  for (const statement of statements) {
    const call = calls.find((one) => plainStatement(one) === statement);
    const command = call && isSameClient(write, call) && call.use.kind === write.use.kind && fits(call, write) ? commandText(call) : undefined;
    if (command === undefined) return undefined;
    commands.push(command);
  }
  if (commands.length < 2) return undefined;
  const how = write.use.kind === 'floating' ? 'floating' : 'awaited';
  if (how === 'floating' && write.major !== 3) return undefined;
  const { sourceFile } = write;
  const range = { start: first.getStart(sourceFile), end: statementEnd(last) };
  const style = styleOf(sourceFile);
  const fresh = (...wanted: string[]): string => freshName(first, wanted, { checker });
  const names = { replies: fresh('replies', 'results'), error: freshName(first, ['error', 'failure'], { checker, beside: [] }) };
  const kept = statements.flatMap((statement) => calls.filter((one) => plainStatement(one) === statement).flatMap((one) => (one.node as ts.CallExpression).arguments));
  const comments = commentsIn(sourceFile, range)
    .filter(({ pos }) => !kept.some((node) => pos >= node.getStart(sourceFile) && pos < node.end))
    .map((comment) => sourceFile.text.slice(comment.pos, comment.end));
  const lines = [...comments, ...multiStatements(write, { client: write.receiver.node.getText(), commands, names }, how)];
  return [claimScope(first), replaceRange(sourceFile, range.start, range.end, render(lines, indentationOf(first), style))];
}

/** A command that MULTI can queue; on a cluster one of the same key. */
function fits(call: RedisCall, write: RedisCall): boolean {
  if (!mayBeQueued(call)) return false;
  const isClustered = write.receiver.kind === 'cluster' || write.receiver.maybeCluster;
  return !isClustered || (call.args.keys.length > 0 && call.args.keys.every((key) => key.identity === write.args.keys[0]?.identity));
}

/** ioredis: `redis.pipeline()` → `redis.multi()`, whose `exec` gives the same list. */
function pipelineToMulti(write: RedisCall, expire: RedisCall, checker: ts.TypeChecker): TextEdit[] | undefined {
  if (write.dialect !== 'ioredis' || expire.receiver.kind !== 'pipeline' || write.receiver.maybeCluster) return undefined;
  const [made, other] = [pipelineOf(write, checker), pipelineOf(expire, checker)];
  return made && made === other ? [replaceNode(made, 'multi')] : undefined;
}

/** The name `pipeline` where the queue of a call is made, in the same chain or in the variable's declaration. */
function pipelineOf(call: RedisCall, checker: ts.TypeChecker): ts.Identifier | undefined {
  let node: ts.Expression = call.node;
  for (;;) {
    node = unwrap(node);
    if (!ts.isCallExpression(node)) return ts.isIdentifier(node) ? declaredPipeline(node, checker) : undefined;
    const method = methodOf(node);
    if (!method || method.name === 'pipeline') return pipelineName(node);
    node = method.target;
  }
}

function declaredPipeline(name: ts.Identifier, checker: ts.TypeChecker): ts.Identifier | undefined {
  const declaration = checker.getSymbolAtLocation(name)?.valueDeclaration;
  const made = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  return made && ts.isCallExpression(made) ? pipelineName(made) : undefined;
}

function pipelineName(made: ts.CallExpression): ts.Identifier | undefined {
  const method = methodOf(made);
  return method?.name === 'pipeline' && made.arguments.length === 0 && ts.isIdentifier(method.nameNode) ? method.nameNode : undefined;
}
