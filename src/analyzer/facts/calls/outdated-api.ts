/** What code says to a client library in the words of an older major: methods, arguments, events and options that are gone or going. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { objectLiteral } from './call-arguments.ts';
import { isAtLeast } from '../clients/client-version.ts';
import { constantText, resolveAlias } from '../code/fold.ts';
import { positionalArguments, type Positional } from './positional-arguments.ts';
import type { RedisCall } from './redis-call.ts';
import { optionsOfThree } from './spoken-major.ts';

export type Outdated =
  /** node-redis 5: still there. */
  | { kind: 'method'; instead: 'close' | 'destroy' }
  /** node-redis 5: gone. */
  | { kind: 'command-options' }
  /** node-redis 4: events that no client emits any more, callbacks that nobody calls. */
  | { kind: 'event'; name: string }
  | { kind: 'callback' }
  /** node-redis 4: all but the first, or options by their words, are passed over in silence. */
  | { kind: 'positional'; positional: Positional }
  /** Options that are passed over in silence; `url`, `port`: given in place of options. */
  | { kind: 'options'; properties: readonly ts.ObjectLiteralElementLike[]; names: readonly string[] }
  | { kind: 'url' | 'port' };

const goneEvents: ReadonlySet<string> = new Set(['message', 'pmessage', 'message_buffer', 'pmessage_buffer', 'subscribe', 'psubscribe', 'unsubscribe', 'punsubscribe']);
/** Take a function as what they are about. */
const takesListener = /^(?:@|[PS]?(?:UN)?SUBSCRIBE$|MONITOR$)/;

/** Options of node-redis 3, and those of ioredis 4 that its version 5 has dropped. */
const goneOptions: Readonly<Record<RedisCall['dialect'], ReadonlySet<string>>> = {
  'node-redis': optionsOfThree,
  ioredis: new Set(['dropBufferSupport', 'allowUsernameInURI', 'maxScriptsCachingTime']),
};

export function outdatedApi(call: RedisCall, workspace: Workspace): Outdated | undefined {
  const { dialect, major, command, library } = call;
  if (dialect === 'ioredis') return library === 'ioredis' && major >= 5 && command === '@construct' && isAtLeast('5.0.0', call, workspace) ? goneOptionsIn(call, workspace) : undefined;
  if (major < 4) return undefined;
  if (major >= 5 && isAtLeast('5.0.0', call, workspace)) {
    const found = outdatedInFive(call, workspace);
    if (found) return found;
  }
  // In legacy mode a client of version 4 is one of version 3.
  const found = outdatedInFour(call, workspace);
  return found && isAtLeast('4.0.0', call, workspace) && !workspace.isAnyMentioned(['legacyMode']) ? found : undefined;
}

function outdatedInFive(call: RedisCall, workspace: Workspace): Outdated | undefined {
  const { command, receiver, node } = call;
  if (receiver.kind === 'client' || receiver.kind === 'cluster') {
    if (command === 'QUIT' && call.spelling !== 'raw') return { kind: 'method', instead: 'close' };
    if (command === '@disconnect') return { kind: 'method', instead: 'destroy' };
  }
  const first = node.arguments?.[0] && unwrap(node.arguments[0]);
  return first && ts.isCallExpression(first) && ts.isIdentifier(first.expression) && first.expression.text === 'commandOptions' && !isOwn(first.expression, workspace.checker) ? { kind: 'command-options' } : undefined;
}

/** A function of the project's own. */
const isOwn = (name: ts.Identifier, checker: ts.TypeChecker): boolean => {
  const declaration = resolveAlias(checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
  return declaration !== undefined && isFunctionWithBody(declaration);
};

function outdatedInFour(call: RedisCall, workspace: Workspace): Outdated | undefined {
  const { command, node, receiver } = call;
  const { checker } = workspace;
  if (command === '@construct') return receiver.kind === 'client' ? goneOptionsIn(call, workspace) : undefined;
  if (command === '@on' || command === '@once' || command === '@addListener') {
    const [event] = node.arguments ?? [];
    const name = event && constantText(event, checker);
    return receiver.kind === 'client' && name !== undefined && goneEvents.has(name) ? { kind: 'event', name } : undefined;
  }
  if (call.spelling === 'alias') return { kind: 'callback' };
  if (takesListener.test(command) && command !== '@exec') return undefined;
  const last = node.arguments?.at(-1);
  if (last && isCallback(unwrap(last), checker)) return isLegacyView(call, checker) ? undefined : { kind: 'callback' };
  const positional = positionalArguments(call);
  return positional && !isLegacyView(call, checker) ? { kind: 'positional', positional } : undefined;
}

function isCallback(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  if (!ts.isIdentifier(node)) return false;
  if (isFunctionName(node, checker)) return true;
  if (!/^(?:cb|callback|done)$/.test(node.text)) return false;
  const type = checker.getTypeAtLocation(node);
  return (type.flags & ts.TypeFlags.Any) !== 0 || type.getCallSignatures().length > 0;
}

/** `function noop() {}`, `const onDone = () => {…}`: told without a question about its type. */
function isFunctionName(name: ts.Identifier, checker: ts.TypeChecker): boolean {
  const declaration = resolveAlias(checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
  if (!declaration) return false;
  return isFunctionWithBody(declaration) || (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && isFunctionWithBody(unwrap(declaration.initializer)));
}

/** `client.legacy().get(key, callback)`: the old ways on purpose. */
function isLegacyView({ receiver, node }: RedisCall, checker: ts.TypeChecker): boolean {
  const target = ts.isCallExpression(node) ? methodOf(node)?.target : undefined;
  return [target, receiver.node].some((one) => {
    if (!one) return false;
    const declaration = ts.isIdentifier(unwrap(one)) ? checker.getSymbolAtLocation(unwrap(one))?.valueDeclaration : undefined;
    return /\.legacy\b/.test(`${one.getText()} ${declaration?.getText() ?? ''}`);
  });
}

function goneOptionsIn({ node, dialect }: RedisCall, { checker }: Workspace): Outdated | undefined {
  const [first] = node.arguments ?? [];
  // `new Redis(url, { … })`, `new Redis(port, host, { … })`
  const candidates = dialect === 'ioredis' ? (node.arguments ?? []) : first ? [first] : [];
  for (const argument of candidates) {
    const literal = objectLiteral(argument, checker);
    if (!literal) continue;
    const properties = literal.properties.filter((one) => one.name && (ts.isIdentifier(one.name) || ts.isStringLiteral(one.name)) && goneOptions[dialect].has(one.name.text));
    if (properties.length > 0) return { kind: 'options', properties, names: properties.map((one) => (one.name as ts.Identifier).text) };
  }
  if (dialect === 'ioredis' || !first || ts.isSpreadElement(first)) return undefined;
  // The environment's type may not be known.
  if (/^process\.env\.\w+$/.test(first.getText())) return { kind: 'url' };
  const { flags } = checker.getNonNullableType(checker.getTypeAtLocation(first));
  return flags & ts.TypeFlags.StringLike ? { kind: 'url' } : flags & ts.TypeFlags.NumberLike ? { kind: 'port' } : undefined;
}
