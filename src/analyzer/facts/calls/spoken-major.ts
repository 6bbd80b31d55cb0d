/**
 * The API that code for node-redis is written for, where the version does not say it: that of version 3, which takes callbacks and gives no
 * promises, in legacy mode (`legacyMode`, `client.legacy()`), and where the manifest admits it and the code speaks it.
 */
import ts from 'typescript';
import { onlyOfThree } from '../../dialects/client-declarations.ts';
import { mayBeCommand } from '../../dialects/read-command.ts';
import type { ReceiverType } from '../../dialects/client-types.ts';
import { assignmentsTo } from '../code/assignments.ts';
import { methodOf, some, unwrap, wrapped } from '../code/ast.ts';
import { objectLiteral } from './call-arguments.ts';
import type { Construction } from '../clients/construction.ts';
import { isConst, resolveAlias, symbolOfValue } from '../code/fold.ts';
import { nodesOf } from './nodes.ts';

/** `legacy`: asked for by `legacyMode`. `three`: by arguments or options that only version 3 takes. */
export type SpokenApi = 'legacy' | 'three';

/** Options of node-redis 3 that are gone in version 4. */
export const optionsOfThree: ReadonlySet<string> = new Set([
  'host', 'port', 'path', 'family', 'db', 'user', 'auth_pass', 'no_ready_check', 'retry_strategy', 'return_buffers', 'detect_buffers', 'prefix', 'connect_timeout', 'enable_offline_queue', 'retry_max_delay',
  'max_attempts', 'retry_unfulfilled_commands', 'rename_commands', 'string_numbers', 'socket_keepalive', 'socket_initial_delay', 'disable_resubscribing',
]);

/** What the construction of a client says. */
export function spokenApi(construction: Construction, checker: ts.TypeChecker): SpokenApi | undefined {
  if (!ts.isCallExpression(construction)) return undefined;
  const [first, ...more] = construction.arguments;
  if (!first) return undefined;
  if (construction.arguments.some((argument) => mayAskForLegacy(argument, checker, 0))) return 'legacy';
  if (more.length > 0 || ts.isNumericLiteral(unwrap(first)) || ts.isStringLiteralLike(unwrap(first))) return 'three';
  const names = objectLiteral(first, checker)?.properties.map((property) => property.name?.getText()) ?? [];
  // Version 3 connects by itself.
  return names.some((name) => name !== undefined && optionsOfThree.has(name)) && !isConnected(construction.getSourceFile()) ? 'three' : undefined;
}

const isConnected = (file: ts.SourceFile): boolean => /\.connect\(/.test(file.text);

const deepest = 3;

/** `{ legacyMode: true }`, spread, merged, or one of what a variable may hold. */
function mayAskForLegacy(options: ts.Expression, checker: ts.TypeChecker, depth: number): boolean {
  const node = unwrap(options);
  if (depth > deepest) return false;
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) {
    const name = ts.isIdentifier(node) ? node : node.name;
    const declaration = resolveAlias(ts.isIdentifier(node) ? symbolOfValue(node, checker) : checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
    if (!declaration || declaration.getSourceFile().isDeclarationFile) return false;
    const given = 'initializer' in declaration ? (declaration.initializer as ts.Expression | undefined) : undefined;
    const assigned = assignmentsTo(declaration.getSourceFile(), name.text).map(({ right }) => right);
    return [...(given ? [given] : []), ...assigned].some((value) => mayAskForLegacy(value, checker, depth + 1));
  }
  if (isLegacyOption(node) || some(node, isLegacyOption)) return true;
  return partsOf(node).some((one) => mayAskForLegacy(one, checker, depth + 1));
}

/** `{ ...defaults }`, `Object.assign({}, defaults)`, `options || defaults`, `isOld ? old : options` */
function partsOf(node: ts.Expression): readonly ts.Expression[] {
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap((property) => (ts.isSpreadAssignment(property) ? [property.expression] : []));
  if (ts.isCallExpression(node)) return node.arguments;
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  return ts.isBinaryExpression(node) ? [node.left, node.right] : [];
}

function isLegacyOption(node: ts.Node): boolean {
  if (ts.isPropertyAssignment(node)) return node.name.getText() === 'legacyMode' && node.initializer.kind !== ts.SyntaxKind.FalseKeyword;
  return ts.isShorthandPropertyAssignment(node) && node.name.text === 'legacyMode';
}

/**
 * The major whose API a call speaks: the library's own, or 3.
 * @param command as `RedisCall.command` @param method as the code spells it @param target what the method is called on @param api what the client's construction says
 */
export function spokenMajor(type: ReceiverType, command: string, method: string, target: ts.Expression | undefined, api: SpokenApi | undefined, checker: ts.TypeChecker, file: ts.SourceFile): number {
  const { dialect, major } = type;
  if (dialect !== 'node-redis' || major < 4) return major;
  // Connecting and closing give promises in legacy mode too.
  if (!command.startsWith('@') || command === '@exec') {
    const view = target && viewOf(target, checker);
    if (view === 'v4') return major;
    if (view === 'legacy' || api === 'legacy') return 3;
  }
  return type.isOpen && api !== 'legacy' && (api === 'three' || onlyOfThree().has(method) || isWrittenForThree(file)) ? 3 : major;
}

/** `client.v4`, `client.legacy()`, or a constant that is one of them. */
function viewOf(target: ts.Expression, checker: ts.TypeChecker): 'v4' | 'legacy' | undefined {
  const node = unwrap(target);
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'v4' ? 'v4' : undefined;
  if (ts.isCallExpression(node)) {
    const method = methodOf(node);
    return method?.name === 'legacy' ? 'legacy' : method && viewOf(method.target, checker);
  }
  const declaration = ts.isIdentifier(node) ? resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration : undefined;
  const made = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) ? declaration.initializer && unwrap(declaration.initializer) : undefined;
  return made && (ts.isPropertyAccessExpression(made) || ts.isCallExpression(made)) ? viewOf(made, checker) : undefined;
}

const written = new WeakMap<ts.SourceFile, { text: string; isForThree: boolean }>();

/** Whether a client that a JavaScript file makes is given callbacks there, or what only version 3 has. In TypeScript the types would refuse it. */
function isWrittenForThree(file: ts.SourceFile): boolean {
  if (!/\.[cm]?jsx?$/.test(file.fileName)) return false;
  const { text } = file;
  let known = written.get(file);
  if (known?.text !== text) written.set(file, (known = { text, isForThree: speaksThree(file) }));
  return known.isForThree;
}

/** Take a function for what they are about, in every version. */
const listening = /^(?:on|once|off|addListener|removeListener|p?(?:un)?subscribe|monitor)$/i;

function speaksThree(file: ts.SourceFile): boolean {
  const calls = [...nodesOf(file)].filter(ts.isCallExpression);
  const clients = new Set(calls.flatMap((call) => (/\bcreateClient$/.test(call.expression.getText()) ? holderText(call) ?? [] : [])));
  const sent = calls.flatMap((call) => {
    const method = methodOf(call);
    return method && clients.has(method.target.getText()) ? [{ call, name: method.name }] : [];
  });
  if (sent.some(({ name }) => name === 'connect')) return false;
  return sent.some(({ call, name }) => {
    const last = call.arguments.at(-1);
    const isGivenFunction = last !== undefined && (ts.isArrowFunction(unwrap(last)) || ts.isFunctionExpression(unwrap(last)));
    return onlyOfThree().has(name) || (isGivenFunction && mayBeCommand(name) && !listening.test(name));
  });
}

/** `client` of `var client = redis.createClient()`, `this.client` of `this.client = redis.createClient()`. */
function holderText(construction: ts.CallExpression): string | undefined {
  const outer = wrapped(construction);
  const { parent } = outer;
  if (ts.isVariableDeclaration(parent) && parent.initializer === outer) return parent.name.getText();
  return ts.isBinaryExpression(parent) && parent.right === outer && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken ? parent.left.getText() : undefined;
}
