/** The words of an older major of the client library → those of the one in use, where they say the same. */
import ts from 'typescript';
import { isFunctionWithBody, unwrap } from '../facts/code/ast.ts';
import { isCaughtStatement } from '../facts/code/caught-statement.ts';
import type { Outdated } from '../facts/calls/outdated-api.ts';
import type { Positional } from '../facts/calls/positional-arguments.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { isInlineCallback } from '../facts/code/units.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { subscriptionEdits } from './listener-of-subscription.ts';
import { promiseEdits } from './promise-instead-of-callback.ts';
import { plainStatement } from './set-with-ttl-pair.ts';
import { typeMappingEdits } from './type-mapping.ts';
import { hasComments } from './text/comments.ts';
import { replaceNode } from './text/edits.ts';
import { lineIndentation } from './text/indentation.ts';
import { render, sourceText, type Lines } from './text/lines.ts';
import { braced, styleOf } from './text/style.ts';

export function planCurrentClientApi(call: RedisCall, outdated: Outdated, workspace: Workspace): FixPlan[] {
  const planned = planOf(call, outdated, workspace);
  if (!planned) return [];
  return [{ id: 'current-api', kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, ...planned }];
}

function planOf(call: RedisCall, outdated: Outdated, workspace: Workspace): { title: string; edits: TextEdit[] } | undefined {
  switch (outdated.kind) {
    case 'method': {
      const edits = outdated.instead === 'close' ? closeEdits(call) : destroyEdits(call);
      return edits && { title: `Call ${outdated.instead}() instead`, edits };
    }
    case 'options': {
      const edits = optionEdits(call, outdated.properties);
      return edits && { title: call.dialect === 'ioredis' ? 'Leave the option out' : 'Give the options as this version has them', edits };
    }
    case 'url':
    case 'port': {
      const edits = bareEdits(call, outdated.kind);
      return edits && { title: 'Give it in the options', edits };
    }
    case 'positional': {
      const edits = positionalEdits(call, outdated.positional);
      return edits && { title: outdated.positional.list.length > 0 ? 'Give them as one list' : 'Give the options in an object', edits };
    }
    case 'callback': {
      const edits = promiseEdits(call, workspace);
      return edits && { title: 'Use the promise that it gives', edits };
    }
    case 'event': {
      const edits = outdated.name === 'message' ? subscriptionEdits(call, workspace) : undefined;
      return edits && { title: 'Give the listener to subscribe()', edits };
    }
    case 'command-options': {
      const edits = typeMappingEdits(call, workspace);
      return edits && { title: 'Ask for buffers by withTypeMapping()', edits };
    }
    default:
      return undefined;
  }
}

/** `del(a, b)` → `del([a, b])`, `set(k, v, 'EX', 60)` → `set(k, v, { EX: 60 })`. */
function positionalEdits({ node, sourceFile }: RedisCall, { list, words }: Positional): TextEdit[] | undefined {
  const given = list.length > 0 ? list : words;
  const [first, last] = [given[0], given.at(-1)];
  if (!first || !last || hasComments(sourceFile, { start: first.getStart(sourceFile), end: last.end }) || node.arguments?.at(-1) !== last) return undefined;
  const style = styleOf(sourceFile);
  const text = list.length === 0 ? optionsOf(words) : `[${list.map((one) => one.getText(sourceFile)).join(', ')}]`;
  if (text === undefined) return undefined;
  return [{ sourceFile, start: first.getStart(sourceFile), end: last.end, text: list.length > 0 ? text : style.bracketSpacing ? `{ ${text} }` : `{${text}}` }];
}

/** Words of SET and SCAN that stand alone. */
const flags = /^(?:KEEPTTL|NX|XX|GET)$/;

/** The members of the object; undefined where a word is none that is known here, or stands without what it takes. */
function optionsOf(words: readonly ts.Expression[]): string | undefined {
  const members: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word || !ts.isStringLiteralLike(word)) return undefined;
    const name = word.text.toUpperCase();
    if (flags.test(name)) members.push(`${name}: true`);
    else {
      const value = words[++at];
      if (!value || ts.isSpreadElement(value) || !/^(?:EX|PX|EXAT|PXAT|MATCH|COUNT|TYPE)$/.test(name)) return undefined;
      const isNumber = ts.isStringLiteralLike(value) && /^\d+$/.test(value.text) && name !== 'MATCH';
      members.push(`${name}: ${isNumber ? value.text : value.getText()}`);
    }
  }
  return members.join(', ');
}

/** `close()` gives nothing where `quit()` gives OK: only where nobody looks at it. */
function closeEdits(call: RedisCall): TextEdit[] | undefined {
  if (!ts.isIdentifier(call.nameNode) || !isDropped(call) || (call.node.arguments ?? []).length > 0) return undefined;
  return [replaceNode(call.nameNode, 'close')];
}

/** `destroy()` gives no promise. */
function destroyEdits(call: RedisCall): TextEdit[] | undefined {
  const { nameNode, node, use } = call;
  if (!ts.isIdentifier(nameNode) || !ts.isCallExpression(node) || node.arguments.length > 0) return undefined;
  if (plainStatement(call)) {
    const whole = unwrap(use.value);
    const callee = ts.isAwaitExpression(whole) ? whole : undefined;
    if (!callee) return [replaceNode(nameNode, 'destroy')];
    const { sourceFile } = call;
    if (hasComments(sourceFile, { start: callee.getStart(sourceFile), end: node.getStart(sourceFile) })) return undefined;
    return [{ sourceFile, start: callee.getStart(sourceFile), end: node.getStart(sourceFile), text: '' }, replaceNode(nameNode, 'destroy')];
  }
  return isOfCallback(call) ? [replaceNode(nameNode, 'destroy')] : undefined;
}

function isDropped(call: RedisCall): boolean {
  return plainStatement(call) !== undefined || call.use.kind === 'void' || isOfCallback(call) || isCaughtStatement(call.node);
}

/** `finally(() => client.quit())`: what is given to a call, and declares nothing of what it returns. */
function isOfCallback({ use, fn }: RedisCall): boolean {
  return use.kind === 'returned' && ts.isArrowFunction(fn) && fn.body === use.value && isFunctionWithBody(fn) && !fn.type && isInlineCallback(fn);
}

/** How version 4 calls options of version 3; `socket`: one of that object. undefined: there is nothing like it, and no need. */
const renamed: Readonly<Record<string, readonly [name: string, socket: boolean] | undefined>> = {
  host: ['host', true],
  port: ['port', true],
  path: ['path', true],
  family: ['family', true],
  connect_timeout: ['connectTimeout', true],
  db: ['database', false],
  user: ['username', false],
  auth_pass: ['password', false],
  no_ready_check: undefined,
  dropBufferSupport: undefined,
  allowUsernameInURI: undefined,
  maxScriptsCachingTime: undefined,
};

function optionEdits({ node, sourceFile }: RedisCall, gone: readonly ts.ObjectLiteralElementLike[]): TextEdit[] | undefined {
  const literal = gone[0]?.parent;
  // Options that are kept in a variable may be somebody else's, too.
  if (!literal || !ts.isObjectLiteralExpression(literal) || !node.arguments?.some((argument) => unwrap(argument) === literal)) return undefined;
  if (hasComments(sourceFile, { start: literal.getStart(sourceFile), end: literal.end })) return undefined;
  const [own, socket]: [string[], string[]] = [[], []];
  let place: number | undefined;
  for (const property of literal.properties) {
    if (!gone.includes(property)) {
      if (property.name && ts.isIdentifier(property.name) && (property.name.text === 'socket' || property.name.text === 'tls')) return undefined;
      own.push(sourceText(property));
      continue;
    }
    const name = (property.name as ts.Identifier | ts.StringLiteral).text;
    if (!Object.hasOwn(renamed, name)) return undefined;
    const now = renamed[name];
    if (!now) continue;
    const value = ts.isPropertyAssignment(property) ? sourceText(property.initializer) : ts.isShorthandPropertyAssignment(property) ? name : undefined;
    if (value === undefined) return undefined;
    if (now[1]) place ??= own.length;
    (now[1] ? socket : own).push(value === now[0] ? value : `${now[0]}: ${value}`);
  }
  const style = styleOf(sourceFile);
  if (socket.length > 0) own.splice(place ?? 0, 0, `socket: ${braced(socket.join(', '), style)}`);
  const isSpread = literal.getText(sourceFile).includes('\n');
  if (own.length === 0) {
    // The argument goes, and what parts it from the one before.
    const at = node.arguments.findIndex((argument) => unwrap(argument) === literal);
    const [argument, before] = [node.arguments[at], node.arguments[at - 1]];
    if (!argument || argument !== node.arguments.at(-1)) return [replaceNode(literal, '{}')];
    return [{ sourceFile, start: before?.end ?? argument.getStart(sourceFile), end: argument.end, text: '' }];
  }
  if (!isSpread) return [replaceNode(literal, render([braced(own.join(', '), style)], '', style))];
  const lines: Lines = ['{', own.map((text, index) => (index < own.length - 1 || style.trailingCommas ? `${text},` : text)), '}'];
  return [replaceNode(literal, render(lines, lineIndentation(sourceFile, literal.getStart(sourceFile)), style))];
}

/** `createClient(url)` → `createClient({ url })`, `createClient(port, host)` → `createClient({ socket: { host, port } })`. */
function bareEdits({ node, sourceFile }: RedisCall, kind: 'url' | 'port'): TextEdit[] | undefined {
  const [first, second, ...more] = node.arguments ?? [];
  if (!first || more.length > 0 || (kind === 'url' && second) || [first, second].some((one) => one && ts.isSpreadElement(one))) return undefined;
  const style = styleOf(sourceFile);
  const member = (name: string, value: ts.Expression): string => (value.getText(sourceFile) === name ? name : `${name}: ${value.getText(sourceFile)}`);
  if (kind === 'url') return [replaceNode(first, braced(member('url', first), style))];
  if (second && !ts.isStringLiteralLike(second) && !ts.isIdentifier(second) && !ts.isPropertyAccessExpression(second)) return undefined;
  const last = second ?? first;
  if (hasComments(sourceFile, { start: first.getStart(sourceFile), end: last.end })) return undefined;
  const socket = [...(second ? [member('host', second)] : []), member('port', first)].join(', ');
  return [{ sourceFile, start: first.getStart(sourceFile), end: last.end, text: braced(`socket: ${braced(socket, style)}`, style) }];
}
