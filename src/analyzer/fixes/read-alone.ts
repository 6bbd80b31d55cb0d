/** EXISTS, then GET → GET alone, its reply held against null: an empty text is there too. */
import ts from 'typescript';
import { contains, enclosingFunction, enclosingStatement, leaves, unwrap, wrapped } from '../facts/code/ast.ts';
import { isConst } from '../facts/code/fold.ts';
import { conditionsBetween } from '../facts/code/path-conditions.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { answerOf, replyOf, testOf } from '../facts/replies/reply-tests.ts';
import { awaitOf } from '../facts/calls/use.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { replyUses } from './reply-variable.ts';
import { isSameClient } from './set-with-ttl-pair.ts';
import { absorbStatement } from './text/absorb.ts';
import { hasComments, trailingComments } from './text/comments.ts';
import { insertBefore, isInList, nextStatement, replaceNode, siblings } from './text/edits.ts';
import { hoistPoint, isEvaluatedFirst } from './text/hoist.ts';
import { claimScope, freshName } from './text/names.ts';
import { isUnchanging } from './text/purity.ts';

/** @param check EXISTS or HEXISTS; @param read the GET or HGET that follows where the key is there; [] where it cannot be sent first */
export function planReadAlone(check: RedisCall, read: RedisCall, workspace: Workspace): FixPlan[] {
  const edits = readFirst(check, read, workspace);
  if (!edits) return [];
  return [
    {
      id: 'read-alone',
      title: `Send ${read.command} alone, and compare its reply with null`,
      kind: 'safe',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'fewer' },
      edits,
    },
  ];
}

function readFirst(check: RedisCall, read: RedisCall, workspace: Workspace): TextEdit[] | undefined {
  const { checker } = workspace;
  const { sourceFile } = check;
  const statement = enclosingStatement(check.node);
  if (!areAlike(check, read, workspace) || !isInList(statement) || !isNextOnPath(check, read)) return undefined;
  const found = replyUses(check, undefined, workspace);
  const point = hoistPoint(unwrap(check.use.value));
  if (!found || found.uses.length === 0 || point?.kind !== 'statement' || point.statement !== statement) return undefined;
  const kept = keptValue(read, statement, checker);
  if (!kept) return undefined;
  const tests = found.uses.map((use) => testEdit(use, kept.name));
  if (!tests.every((edit) => edit !== undefined)) return undefined;
  const isHeld = found.uses.every((use) => !contains(use, check.node));
  const command = replaceNode(check.nameNode, read.nameNode.getText());
  if (isHeld) {
    const declaration = check.use.value.parent;
    if (!ts.isVariableDeclaration(declaration) || !ts.isVariableStatement(statement)) return undefined;
    return [claimScope(statement), replaceNode(declaration.name, kept.name), command, ...tests, ...kept.edits];
  }
  const sent = check.node.getText();
  const name = check.nameNode.getStart() - check.node.getStart();
  const text = `const ${kept.name} = await ${sent.slice(0, name)}${read.nameNode.getText()}${sent.slice(name + check.nameNode.getText().length)};`;
  if (sent.includes('\n') || hasComments(sourceFile, { start: check.use.value.getStart(), end: check.use.value.end })) return undefined;
  return [claimScope(statement), insertBefore(statement, [text]), ...tests, ...kept.edits];
}

/** Spelled so that the one's name can take the other's place, and of keys that stay what they are. */
function areAlike(check: RedisCall, read: RedisCall, { checker }: Workspace): boolean {
  const plain = [check, read].every(
    ({ node, nameNode, spelling, args, callback }) => ts.isCallExpression(node) && ts.isIdentifier(nameNode) && (spelling === 'method' || spelling === 'upper') && !callback && node.arguments.length === args.list.length,
  );
  const { client, list } = { client: check.receiver.node, list: check.args.list };
  return plain && client !== undefined && check.use.kind === 'awaited' && list.length === read.args.list.length && list.every((argument) => isUnchanging(argument, checker)) && isSameClient(check, read) &&
    enclosingFunction(check.node) === enclosingFunction(read.node);
}

/** Whether the read is the first thing done once the key is known to be there. */
function isNextOnPath(check: RedisCall, read: RedisCall): boolean {
  const reply = replyOf(check.node as ts.CallExpression);
  const conditions = conditionsBetween(check.node, read.node);
  const answers = conditions?.map((condition) => {
    const test = testOf(condition, reply);
    return test && answerOf(test);
  });
  if (!answers?.every((answer) => answer === 'yes')) return false;
  const first = enclosingStatement(check.node);
  const second = enclosingStatement(read.node);
  const branch = ts.isIfStatement(first) ? first : nextStatement(first);
  if (second === branch) return answers.length === 0;
  if (!branch || !ts.isIfStatement(branch) || answers.length !== 1) return false;
  const body = second.parent === branch ? second : second.parent;
  if (body === branch.thenStatement || body === branch.elseStatement) return body === second || siblings(second)[0] === second;
  return nextStatement(branch) === second && leaves(branch.thenStatement) && !branch.elseStatement;
}

/** The name by which the value goes, and the edits in the place where it was read. */
function keptValue(read: RedisCall, statement: ts.Statement, checker: ts.TypeChecker): { name: string; edits: TextEdit[] } | undefined {
  const value = read.use.kind === 'awaited' ? awaitOf(read.node) : wrapped(read.node as ts.CallExpression);
  if (!value || (read.use.kind !== 'awaited' && (read.use.kind !== 'returned' || isInTry(value)))) return undefined;
  const own = enclosingStatement(value);
  const { parent } = value;
  if (hasComments(value.getSourceFile(), { start: value.getStart(), end: value.end })) return undefined;
  if (ts.isVariableDeclaration(parent)) {
    const isPlain = isConst(parent) && !parent.type && ts.isIdentifier(parent.name) && ts.isVariableStatement(own) && own.declarationList.declarations.length === 1;
    // A `let` takes the narrower type.
    if (!isPlain || !isInList(own)) return undefined;
    const name = (parent.name as ts.Identifier).text;
    const isFree = own.parent === statement.parent || freshName(statement.parent, [name], { checker, beside: [] }) === name;
    if (isFree && !(contains(statement, own) && trailingComments(own).length > 0) && siblings(own).length > 1) return { name, edits: absorbStatement(statement, own) };
  }
  if (!isEvaluatedFirst(value)) return undefined;
  const name = freshName(statement, ['value', 'found', 'reply'], { checker });
  return { name, edits: [replaceNode(ts.isParenthesizedExpression(value.parent) ? value.parent : value, name)] };
}

function isInTry(node: ts.Node): boolean {
  return ts.findAncestor(node, (at) => (ts.isFunctionLike(at) ? 'quit' : ts.isTryStatement(at))) !== undefined;
}

/** `known`, `!known`, `known === 0` → `value !== null`, `value === null`. */
function testEdit(use: ts.Expression, name: string): TextEdit | undefined {
  const bare = { value: use, name: undefined, flag: undefined, error: undefined };
  let test = use;
  for (let at = wrapped(use.parent as ts.Expression); ; at = wrapped(at.parent as ts.Expression)) {
    if (!testOf({ test: at, holds: true }, bare)) break;
    test = at;
  }
  const said = testOf({ test, holds: true }, bare);
  const answer = said && answerOf(said);
  const { parent } = test;
  if (!answer || isNumber(test) || (said.operator === 'truthy' && test === use && !isTruthOnlyAt(use))) return undefined;
  const isBoolean =
    ts.isIfStatement(parent) || ts.isReturnStatement(parent) || ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || (ts.isConditionalExpression(parent) && parent.condition === test) ||
    (ts.isBinaryExpression(parent) && [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken].includes(parent.operatorToken.kind)) || (ts.isCallExpression(parent) && parent.expression !== test);
  return isBoolean ? replaceNode(test, `${name} ${answer === 'yes' ? '!==' : '==='} null`) : undefined;
}

/** `Number(known)` is no boolean. */
function isNumber(test: ts.Expression): boolean {
  const inner = unwrap(test);
  return ts.isCallExpression(inner) && inner.expression.getText() === 'Number';
}

function isTruthOnlyAt(use: ts.Expression): boolean {
  const { parent } = use;
  return (ts.isIfStatement(parent) && parent.expression === use) || (ts.isConditionalExpression(parent) && parent.condition === use);
}
