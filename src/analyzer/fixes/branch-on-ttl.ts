/** A TTL that may be `undefined` → the command with it or the one without, as the code then says. */
import ts from 'typescript';
import { methodName } from '../dialects/write/method-name.ts';
import { methodOf, unwrap } from '../facts/code/ast.ts';
import type { GivenTtl } from '../facts/values/given-ttl.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { hasComments } from './text/comments.ts';
import { isInList, replaceNode, replaceStatement } from './text/edits.ts';
import { sourceText, type Replacement } from './text/lines.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';

/** @returns [] where the TTL is not to be evaluated twice, or the command without it would reply with something else */
export function planTtlBranch(call: RedisCall, ttl: GivenTtl, { checker }: Workspace): FixPlan[] {
  const inner = unwrap(ttl.node);
  if (!isRepeatable(inner) || call.callback || (call.dialect === 'node-redis' && call.major < 4)) return [];
  // Tests in which nothing else can be meant: `ttl == null` for what may be null as well.
  const type = checker.getTypeAtLocation(inner);
  const isNullable = type.isUnion() && type.types.some(({ flags }) => (flags & ts.TypeFlags.Null) !== 0);
  const absent = `${inner.getText()} ${isNullable ? '== null' : '=== undefined'}`;
  const edits = ttl.literal && call.command === 'SET' ? inOptions(ttl, absent) : withoutTtl(call, ttl, absent, `${inner.getText()} ${isNullable ? '!= null' : '!== undefined'}`);
  if (!edits) return [];
  const without = /EXPIRE/.test(call.command) ? 'leave the TTL alone' : call.command === 'GETEX' ? 'only read' : 'set no TTL';
  return [
    {
      id: 'branch',
      title: `Branch on ${inner.getText()}: ${without} where it is undefined`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits,
    },
  ];
}

/** `{ EX: ttl }` → `ttl === undefined ? {} : { EX: ttl }`, beside other options as a spread. */
function inOptions({ node, property, literal }: GivenTtl, absent: string): TextEdit[] | undefined {
  if (!property || !literal || !literal.properties.includes(property)) return undefined;
  const replace = withoutAssertion(node);
  const sourceFile = node.getSourceFile();
  const [open, close] = styleOf(sourceFile).bracketSpacing ? ['{ ', ' }'] : ['{', '}'];
  if (literal.properties.length === 1) return [replaceNode(literal, `${absent} ? {} : ${inPlace(literal, replace)}`)];
  return [replaceNode(property, `...(${absent} ? {} : ${open}${inPlace(property, replace)}${close})`)];
}

/** `value!` is `value` where it has been tested. */
function withoutAssertion(node: ts.Expression): Replacement[] {
  const sourceFile = node.getSourceFile();
  const inner = ts.isNonNullExpression(node) && (ts.isIdentifier(node.expression) || ts.isPropertyAccessExpression(node.expression)) ? node.expression : undefined;
  return inner ? [{ start: node.getStart(sourceFile), end: node.end, text: inner.getText() }] : [];
}

/** A node's text, which stays on its lines. */
function inPlace(node: ts.Node, replace: readonly Replacement[]): string {
  const sourceFile = node.getSourceFile();
  const [one] = replace;
  const start = node.getStart(sourceFile);
  return one ? sourceFile.text.slice(start, one.start) + one.text + sourceFile.text.slice(one.end, node.end) : node.getText();
}

function withoutTtl(call: RedisCall, ttl: GivenTtl, absent: string, present: string): TextEdit[] | undefined {
  const { node, use, receiver, spelling, sourceFile } = call;
  const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
  if (!ts.isCallExpression(node) || !method || !ts.isIdentifier(method.nameNode) || (spelling !== 'method' && spelling !== 'upper')) return undefined;
  if (/Buffer$/.test(method.name) || node.arguments.some(ts.isSpreadElement) || (!call.args.options && call.args.flags.size > 0)) return undefined;
  // A chain goes on from the command.
  if (receiver.kind !== 'client' && receiver.kind !== 'cluster' && !ts.isExpressionStatement(node.parent)) return undefined;
  const replace = withoutAssertion(ttl.node);
  const statement = use.value.parent;
  const isStatement = ts.isExpressionStatement(statement) && isInList(statement) && (use.kind === 'awaited' || use.kind === 'queued');
  const whole = (by: string): string => sourceText(statement, { replace: [{ start: node.getStart(sourceFile), end: node.end, text: by }] });
  const kept = ts.isExpressionStatement(statement) ? sourceText(statement, { replace }) : '';
  if (/EXPIRE/.test(call.command)) {
    if (!isStatement || use.kind === 'queued' || call.args.list.length !== 2) return undefined;
    return [replaceStatement(statement, [`if (${present}) {`, [kept], '}'])];
  }
  const other = plainCommand(call, ttl, node, method);
  if (other === undefined) return undefined;
  if (isStatement) return [replaceStatement(statement, [`if (${absent}) {`, [whole(other)], '} else {', [kept], '}'])];
  const chosen = `${absent} ? ${other} : ${inPlace(node, replace)}`;
  if (use.kind === 'awaited' && ts.isAwaitExpression(node.parent)) return [replaceNode(node, `(${chosen})`)];
  const { parent } = node;
  return use.kind === 'returned' && (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node)) ? [replaceNode(node, chosen)] : undefined;
}

/** `set(key, value)` for `setex(key, ttl, value)` and `set(key, value, 'EX', ttl)`, `get(key)` for `getEx(key, …)`. */
function plainCommand(call: RedisCall, ttl: GivenTtl, node: ts.CallExpression, { nameNode }: { nameNode: ts.Node }): string | undefined {
  const { command, sourceFile, args: { list, options, value } } = call;
  const [key] = list;
  const parts = command === 'GETEX' ? 1 : 2;
  const expected = command === 'SETEX' || command === 'PSETEX' ? 3 : command === 'SET' ? 4 : options ? 1 : 3;
  if (!key || !/^(?:SET|P?SETEX|GETEX)$/.test(command) || list.length !== expected || (parts === 2 && (!value || options))) return undefined;
  if (options && !(ttl.literal && ttl.literal.properties.length <= 2)) return undefined;
  const callee = sourceFile.text.slice(node.getStart(sourceFile), nameNode.getStart(sourceFile));
  const name = command === 'SET' ? nameNode.getText() : methodName(command === 'GETEX' ? 'GET' : 'SET', call);
  // What is said between the arguments stays with the command that keeps them all.
  if (hasComments(sourceFile, { start: node.getStart(sourceFile), end: nameNode.end })) return undefined;
  return `${callee}${name}(${[key, ...(parts === 2 && value ? [value] : [])].map((one) => one.getText()).join(', ')})`;
}
