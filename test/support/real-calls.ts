/** The Redis calls of a program over the real declarations, by nothing but what the checker says of the symbol that is called. */
import ts from 'typescript';
import { commandInfo } from '../../src/redis/commands.ts';
import { clientOfFile, type Dialect, type RealClient } from './real-clients.ts';
import { commandOf, isListed } from './real-methods.ts';
import { madeKind, receiverKind } from './real-receivers.ts';

export interface RealCall {
  file: string;
  /** Offset of the method's name, or of what is constructed. */
  start: number;
  /** Redis's own name, `@method` for what only the client knows, `@construct`. */
  command: string;
  dialect: Dialect;
  major: number;
  /** `queue`: a pipeline or a transaction, which the real types do not always tell apart. Undefined where they do not say (`Pick<Redis, 'get'>`). */
  receiver: string | undefined;
}

export interface RealCalls {
  calls: RealCall[];
  /** `file:start` of the methods that are called on what the checker knows nothing of, and of what is constructed so: there, types neither confirm nor deny a client. */
  untyped: ReadonlySet<string>;
}

const raw = new Set(['call', 'callBuffer', 'sendCommand', 'send_command', 'SEND_COMMAND', 'addCommand']);
const factories = new Set(['createClient', 'createCluster', 'createClientPool', 'createSentinel']);

export function realCalls(sources: readonly ts.SourceFile[], checker: ts.TypeChecker): RealCalls {
  const calls: RealCall[] = [];
  const untyped = new Set<string>();
  for (const source of sources) visit(source, source);
  return { calls, untyped };

  function visit(node: ts.Node, source: ts.SourceFile): void {
    const { fileName } = source;
    const called = ts.isCallExpression(node) ? (factoryCall(node, checker) ?? methodCall(node, checker) ?? promisifiedCall(node, checker)) : ts.isNewExpression(node) ? construction(node, checker) : undefined;
    if (called) {
      const { name, command, client, receiver } = called;
      calls.push({ file: fileName, start: name.getStart(), command, dialect: client.dialect, major: client.major, receiver });
    }
    const member = ts.isCallExpression(node) ? memberOf(node.expression) : undefined;
    if (member && checker.getTypeAtLocation(member.owner).flags & ts.TypeFlags.Any) untyped.add(`${fileName}:${member.name.getStart()}`);
    if (ts.isNewExpression(node) && checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) untyped.add(`${fileName}:${calleeName(node.expression).getStart()}`);
    ts.forEachChild(node, (child) => visit(child, source));
  }
}

interface Called {
  name: ts.Node;
  command: string;
  client: RealClient;
  receiver: string | undefined;
}

interface Member {
  name: ts.MemberName | ts.StringLiteralLike;
  owner: ts.Expression;
}

function methodCall(node: ts.CallExpression, checker: ts.TypeChecker): Called | undefined {
  const member = memberOf(node.expression);
  return member && sent(member, node.arguments, checker);
}

/** What a method of a client, called with these arguments, sends. */
function sent({ name, owner }: Member, args: readonly ts.Expression[], checker: ts.TypeChecker): Called | undefined {
  const receiver = receiverKind(checker.getTypeAtLocation(owner), checker);
  const client = declaringClient(checker.getSymbolAtLocation(name), checker) ?? (isOfEmitter(checker.getSymbolAtLocation(name)) ? receiver?.client : undefined);
  if (!client) return undefined;
  const words = raw.has(name.text) ? rawWords(args, checker) : undefined;
  if (words) {
    const [first = '', second = ''] = words;
    const command = (commandInfo(`${first} ${second}`) ?? commandInfo(first))?.name;
    return command === undefined ? undefined : { name, command, client, receiver: receiver?.kind };
  }
  if (!isListed(client.dialect, name.text)) return undefined;
  const module = memberOf(owner);
  // `client.json.set`: json is a member of the client, and no client itself.
  const container = module && !receiver && declaringClient(checker.getSymbolAtLocation(module.name), checker) ? module : undefined;
  const kind = container ? receiverKind(checker.getTypeAtLocation(container.owner), checker)?.kind : receiver?.kind;
  const literal = args[0] ? literalText(args[0], checker) : undefined;
  return { name, command: commandOf((container?.name.text ?? '') + name.text, literal), client, receiver: kind };
}

function construction(node: ts.NewExpression, checker: ts.TypeChecker): Called | undefined {
  const made = madeKind(checker.getTypeAtLocation(node), checker);
  return made && { name: calleeName(node.expression), command: '@construct', client: made.client, receiver: made.kind };
}

/** By the factory's own declaration, or, where its name stands for a part of `require('redis')`, by that of the signature. */
function factoryCall(node: ts.CallExpression, checker: ts.TypeChecker): Called | undefined {
  const name = calleeName(node.expression);
  const symbol = resolved(checker.getSymbolAtLocation(name), checker);
  const signature = checker.getResolvedSignature(node)?.declaration;
  const declared = [...(symbol?.declarations ?? []), ...(signature ? [signature] : [])].some((one) => clientOfFile(one.getSourceFile().fileName));
  if (!symbol || !declared || !factories.has(symbol.name)) return undefined;
  const made = madeKind(checker.getTypeAtLocation(node), checker);
  return made && { name, command: '@construct', client: made.client, receiver: made.kind };
}

/** `const getAsync = promisify(client.get).bind(client)`: the method's own symbol is one step away. */
function promisifiedCall(node: ts.CallExpression, checker: ts.TypeChecker): Called | undefined {
  if (!ts.isIdentifier(node.expression)) return undefined;
  const declaration = resolved(checker.getSymbolAtLocation(node.expression), checker)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  let made = bare(declaration.initializer);
  const bind = ts.isCallExpression(made) ? memberOf(made.expression) : undefined;
  if (bind?.name.text === 'bind') made = bare(bind.owner);
  if (!ts.isCallExpression(made) || calleeName(made.expression).getText() !== 'promisify' || !made.arguments[0]) return undefined;
  const method = memberOf(made.arguments[0]);
  const call = method && sent(method, [], checker);
  return call && { ...call, name: node.expression };
}

/** The client whose packages declare a symbol; of a member that a mapped type makes up, those of its signatures. */
export function declaringClient(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): RealClient | undefined {
  const declarations = symbol?.declarations ?? [];
  const own = declarations.length > 0 || !symbol ? declarations : checker.getTypeOfSymbol(symbol).getCallSignatures().flatMap((signature) => signature.declaration ?? []);
  for (const one of own) {
    const client = clientOfFile(one.getSourceFile().fileName);
    if (client) return client;
  }
  return undefined;
}

/** node-redis's clients have `on` and its kin from Node's EventEmitter. */
export function isOfEmitter(symbol: ts.Symbol | undefined): boolean {
  return symbol?.declarations?.some((one) => /\/@types\/node\/events\.d\.ts$/.test(one.getSourceFile().fileName)) ?? false;
}

/** The command's words where they are constant: `(['SET', k, v])`, `('SET', k, v)`, `(key, readOnly, ['GET', k])`. */
function rawWords(args: readonly ts.Expression[], checker: ts.TypeChecker): string[] {
  const list = args.map(bare).find(ts.isArrayLiteralExpression);
  const first = args[0] && literalText(args[0], checker);
  // `send_command('SET', [k, v])`
  const words = list && (first === undefined || !commandInfo(first)) ? list.elements : args;
  return words.slice(0, 2).map((word) => literalText(word, checker) ?? '');
}

function literalText(node: ts.Expression, checker: ts.TypeChecker): string | undefined {
  const type = checker.getTypeAtLocation(node);
  return type.isStringLiteral() ? type.value : undefined;
}

function resolved(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function calleeName(callee: ts.Expression): ts.Node {
  return memberOf(callee)?.name ?? bare(callee);
}

function memberOf(expression: ts.Expression): Member | undefined {
  const node = bare(expression);
  if (ts.isPropertyAccessExpression(node)) return { name: node.name, owner: node.expression };
  return ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression) ? { name: node.argumentExpression, owner: node.expression } : undefined;
}

/** Compilers write `(0, redis_1.createClient)()`. */
function bare(node: ts.Expression): ts.Expression {
  let inner = node;
  if (ts.isParenthesizedExpression(inner) && ts.isBinaryExpression(inner.expression) && inner.expression.operatorToken.kind === ts.SyntaxKind.CommaToken) inner = inner.expression.right;
  while (ts.isParenthesizedExpression(inner) || ts.isAsExpression(inner) || ts.isNonNullExpression(inner) || ts.isSatisfiesExpression(inner) || ts.isTypeAssertionExpression(inner)) inner = inner.expression;
  return inner;
}
