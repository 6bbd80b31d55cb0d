/** What every form of the scan needs of a KEYS call: client, pattern, key prefix, free names. None where SCAN cannot give the same. */
import ts from 'typescript';
import { enclosingStatement, methodOf, unwrap } from '../facts/code/ast.ts';
import { withNode } from '../facts/calls/collect-calls.ts';
import { keyPattern } from '../facts/code/fold.ts';
import { clientOf } from '../facts/clients/provided-client.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { scanWriter, setScanWriter, type ScanParts, type ScanWriter } from '../dialects/write/scan.ts';
import type { KeyPart, KeyPattern } from '../../redis/key-pattern.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isBufferView, looseComments, plainRead, textOf } from './plain-read.ts';
import { freshName } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';
import { quote } from './text/quote.ts';
import { styleOf, type Style } from './text/style.ts';

export interface KeysScan {
  call: RedisCall & { node: ts.CallExpression };
  /** Undefined for node-redis 3, which has callbacks alone. */
  writer: ScanWriter | undefined;
  style: Style;
  parts: ScanParts;
  checker: ts.TypeChecker;
  /** `.slice('app:'.length)` where the key prefix was added to the pattern and has to come off the names; else nothing. */
  strip: string;
  /** `this.redis?.keys(…)`: nothing is scanned where there is no client. */
  optional: boolean;
  /** Comments between the parts of the call, which have to go somewhere. */
  comments: string[];
}

export function keysScan(call: RedisCall, workspace: Workspace): KeysScan | undefined {
  const { checker } = workspace;
  const { node, args, spelling } = call;
  const [pattern, ...more] = args.list;
  if (call.command !== 'KEYS' || !ts.isCallExpression(node) || !pattern || more.length > 0 || ts.isSpreadElement(pattern) || spelling === 'alias' || call.use.kind === 'queued') return undefined;
  if (node.arguments.length > (call.callback ? 2 : 1) && spelling !== 'raw') return undefined;
  const method = methodOf(node);
  // Names as buffers do not fit into a Set.
  if (!method || /Buffer$/.test(method.name) || isBufferView(method.target)) return undefined;
  const style = styleOf(call.sourceFile);
  const client = unwrap(method.target);
  if (call.receiver.kind === 'cluster' && !isRepeatable(client)) return undefined;
  if (call.receiver.maybeCluster && !isRepeatable(client)) return undefined;
  const optional = ts.isOptionalChain(node);
  if (optional && (!isRepeatable(client) || ts.isOptionalChain(client))) return undefined;
  // It is written in several places, on lines of any depth.
  if (client.getText().includes('\n')) return undefined;
  const { text, strip } = withPrefix(pattern, clientOf(call.receiver, workspace).prefix, checker, style);
  return {
    call: withNode(call, node),
    writer: scanWriter(call, style),
    style,
    parts: { client: client.getText(), pattern: text, names: namesOf(enclosingStatement(node).parent, [client, pattern], checker) },
    checker,
    strip,
    optional,
    comments: looseComments(node, [client, pattern, ...(call.callback ? [call.callback] : [])]),
  };
}

/** The same of an SMEMBERS: the key of the set stands for the pattern. */
export function membersScan(call: RedisCall, checker: ts.TypeChecker): KeysScan | undefined {
  const read = plainRead(call, 1);
  const style = styleOf(call.sourceFile);
  const writer = setScanWriter(call, style);
  if (!read || !writer) return undefined;
  const { node, client, key, comments } = read;
  const names = namesOf(enclosingStatement(node).parent, [client, key], checker);
  return {
    call: withNode(call, node),
    writer,
    style,
    parts: { client: client.getText(), pattern: textOf(key), names: { ...names, key: freshName(enclosingStatement(node).parent, ['member', 'item'], { checker, beside: [client, key] }) } },
    checker,
    strip: '',
    optional: false,
    comments,
  };
}

export function namesOf(at: ts.Node, beside: readonly ts.Node[], checker: ts.TypeChecker): ScanParts['names'] {
  const fresh = (...wanted: string[]): string => freshName(at, wanted, { checker, beside });
  return {
    key: fresh('key', 'name'),
    batch: fresh('batch', 'page'),
    list: fresh('keys', 'names'),
    node: fresh('node', 'master'),
    master: fresh('master', 'shard'),
    cursor: freshName(at, ['cursor', 'position'], { checker }),
    page: fresh('page', 'reply'),
  };
}

/**
 * KEYS and SCAN take their pattern as it is, whatever the client's key prefix: a pattern without it finds nothing of the client's
 * own. Where the prefix is known and not there, it is added, and comes off the names; where it is there, the code deals with it.
 */
export function withPrefix(pattern: ts.Expression, prefix: KeyPattern | undefined, checker: ts.TypeChecker, style: Style): { text: string; strip: string } {
  const plain = { text: textOf(pattern), strip: '' };
  const [only, ...more] = prefix?.parts ?? [];
  if (!only || more.length > 0 || !('literal' in only) || only.literal === '') return plain;
  const escaped = only.literal.replace(/[*?[\]\\]/g, '\\$&');
  const [first] = keyPattern(pattern, checker).parts;
  if (!first || !isWithout(first, [escaped, only.literal])) return plain;
  const strip = `.slice(${quote(only.literal, style)}.length)`;
  const inner = unwrap(pattern);
  if (ts.isStringLiteralLike(inner)) return { text: quote(escaped + inner.text, style), strip };
  if (ts.isTemplateExpression(inner)) return { text: `\`${escaped.replace(/[\\`]|\$\{/g, '\\$&')}${textOf(inner).slice(1)}`, strip };
  return { text: `${quote(escaped, style)} + ${textOf(pattern)}`, strip };
}

/** Known not to begin with any of the prefixes: text that differs from each within its length. */
function isWithout(first: KeyPart, prefixes: readonly string[]): boolean {
  return 'literal' in first && prefixes.every((prefix) => !first.literal.startsWith(prefix) && !prefix.startsWith(first.literal));
}
