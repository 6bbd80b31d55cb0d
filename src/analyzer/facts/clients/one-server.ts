/** Whether two commands may go to the same server: not where the constructions of their clients name two, or the clients' own names do. */
import ts from 'typescript';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { unwrap } from '../code/ast.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import { identityOf, isConst, keyPattern, resolveAlias, symbolOfValue } from '../code/fold.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { deepest } from '../code/units.ts';

/** What the constructions of a client say of its server, by the client's identity. */
const servers = new Join<string>('servers', function* (calls, { checker }) {
  for (const { command, node, receiver } of calls) {
    const server = command === '@construct' && receiver.identity !== '' ? serverOf(node.arguments ?? [], checker) : undefined;
    if (server !== undefined) yield [receiver.identity, server];
  }
});

export function mayShareServer(one: RedisCall, other: RedisCall, workspace: Workspace): boolean {
  const [a, b] = [one.receiver, other.receiver];
  if (a.identity !== '' && a.identity === b.identity) return true;
  const [ones, others] = [a, b].map(({ identity }) => (identity === '' ? [] : workspace.under(servers, identity)));
  if (ones && others && ones.length > 0 && others.length > 0) return ones.some((server) => others.includes(server));
  const [name, otherName] = [purposeOf(a.node), purposeOf(b.node)];
  return name === '' || otherName === '' || name === otherName;
}

/** `session` of `this.sessionRedis`; empty where the name says no more than that it is a client. */
function purposeOf(node: ts.Expression | undefined): string {
  const inner = node && unwrap(node);
  const name = inner && ts.isPropertyAccessExpression(inner) ? inner.name.text : inner && ts.isIdentifier(inner) ? inner.text : '';
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().match(/[a-z]+/g) ?? [];
  return words.filter((word) => !/^(?:redis|io|ioredis|valkey|client|clients|conn|connection|db|database|store|r|rc|c|kv|instance|service|my|the|main|default|shared|blocking|pipe|pipeline|multi|tx|cluster|pub|sub|publisher|subscriber|reader|writer|duplicate|get|use)$/.test(word)).join(' ');
}

const named = new Set(['url', 'host', 'port', 'path', 'socket', 'sentinels', 'name', 'nodes', 'rootNodes', 'redisOptions']);

/** Equal for equal servers; undefined where it cannot be told. */
function serverOf(args: readonly ts.Expression[], checker: ts.TypeChecker): string | undefined {
  const said: string[] = [];
  for (const argument of args) {
    const text = objectLiteral(argument, checker) ? ofOptions(argument, checker) : textOf(argument, checker);
    if (text === undefined) return undefined;
    if (text !== '') said.push(text);
  }
  return said.join(' ');
}

function ofOptions(options: ts.Expression, checker: ts.TypeChecker): string | undefined {
  const said: string[] = [];
  for (const property of objectLiteral(options, checker)?.properties ?? []) {
    if (ts.isSpreadAssignment(property)) return undefined;
    const name = property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? property.name.text : '';
    const value = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (!named.has(name) || !value) continue;
    const text = objectLiteral(value, checker) ? ofOptions(value, checker) : textOf(value, checker);
    if (text === undefined) return undefined;
    // `new Redis(url)` of one library is `createClient({ url })` of the other.
    if (text !== '') said.push(name === 'url' ? text : `${name}=${text}`);
  }
  return said.sort().join(' ');
}

/** `process.env.REDIS_URL ?? 'redis://localhost'` is known by the left side, also through a constant. */
function textOf(value: ts.Expression, checker: ts.TypeChecker, depth = 0): string | undefined {
  const node = unwrap(value);
  const declaration = ts.isIdentifier(node) ? resolveAlias(symbolOfValue(node, checker), checker)?.valueDeclaration : undefined;
  const made = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && depth < deepest ? declaration.initializer : undefined;
  const said = made && textOf(made, checker, depth + 1);
  if (said !== undefined) return said;
  if (ts.isBinaryExpression(node) && (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken)) return textOf(node.left, checker, depth);
  const text = identityOf(keyPattern(node, checker));
  return text.includes('{?') ? undefined : text;
}
