/** Where a construction connects to, as text that is equal for equal targets: two clients with the same target can be one. */
import { posix } from 'node:path';
import ts from 'typescript';
import { hasModifier, unwrap } from '../../facts/code/ast.ts';
import { objectLiteral } from '../../facts/calls/call-arguments.ts';
import { isConst, place, resolveAlias } from '../../facts/code/fold.ts';
import type { DialectName } from '../../facts/calls/redis-call.ts';

/** Options about how a connection is kept, not about what it is connected to or what its replies are. */
const ofTheConnection = new Set([
  'maxRetriesPerRequest', 'retryStrategy', 'reconnectStrategy', 'reconnectOnError', 'clusterRetryStrategy', 'connectTimeout', 'commandTimeout', 'socketTimeout', 'disconnectTimeout',
  'keepAlive', 'keepAliveInitialDelay', 'noDelay', 'lazyConnect', 'enableOfflineQueue', 'disableOfflineQueue', 'enableReadyCheck', 'maxLoadingRetryTime', 'connectionName',
  'autoResubscribe', 'autoResendUnfulfilledCommands', 'enableAutoPipelining', 'showFriendlyErrorStack', 'pingInterval', 'commandsQueueMaxLength', 'disableClientInfo', 'clientInfoTag',
  'retry_strategy', 'retry_max_delay', 'connect_timeout', 'max_attempts', 'socket_keepalive', 'no_ready_check', 'enable_offline_queue', 'minimizeConnections',
]);

/** @param args of the construction; `undefined` where it cannot be told: then no two are equal. */
export function targetOf(args: readonly ts.Expression[], dialect: DialectName, checker: ts.TypeChecker): string | undefined {
  const entries: string[] = [];
  let position = 0;
  for (const argument of args) {
    const literal = objectLiteral(argument, checker);
    if (literal) {
      const own = optionEntries(literal, '', dialect, checker);
      if (!own) return undefined;
      entries.push(...own);
    } else {
      const value = valueOf(argument, checker);
      if (value === undefined) return undefined;
      // A port and host, or an address; an address is the option `url` too.
      entries.push(`${position === 0 && !/^"?\d+"?$/.test(value) ? 'url' : `#${position}`}=${value}`);
      position++;
    }
  }
  return entries.sort().join(' ');
}

/** Equal, or both what is the default everywhere. */
export function isSameTarget(one: string, other: string): boolean {
  return one === other || (isDefaultTarget(one) && isDefaultTarget(other));
}

/** What the shared client of src/client-template connects to: REDIS_URL, else the default address. */
export function isDefaultTarget(target: string): boolean {
  const fallback = '"(?:redis://(?:127\\.0\\.0\\.1|localhost)(?::6379)?/?)?"';
  return target === '' || new RegExp(`^url=(?:process\\.env\\.REDIS_URL|\\(process\\.env\\.REDIS_URL,${fallback}\\))$`).test(target);
}

function optionEntries(literal: ts.ObjectLiteralExpression, path: string, dialect: DialectName, checker: ts.TypeChecker): string[] | undefined {
  const entries: string[] = [];
  for (const [index, property] of literal.properties.entries()) {
    if (ts.isSpreadAssignment(property)) {
      // By its place, since what comes later wins.
      const value = valueOf(property.expression, checker) ?? placeOfConst(property.expression, checker);
      if (value === undefined) return undefined;
      entries.push(`${path}...${index}=${value}`);
      continue;
    }
    const name = property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? property.name.text : undefined;
    if (name !== undefined && (ofTheConnection.has(name) || (name === 'name' && dialect === 'node-redis'))) continue;
    const initializer = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (name === undefined || !initializer) return undefined;
    const nested = objectLiteral(initializer, checker);
    if (nested) {
      const own = optionEntries(nested, `${path}${name}.`, dialect, checker);
      if (!own) return undefined;
      entries.push(...own);
      continue;
    }
    const value = valueOf(initializer, checker, property);
    if (value === undefined) return undefined;
    entries.push(`${path}${name}=${value}`);
  }
  return entries;
}

/** The same text for what is the same value wherever it is written; undefined for what may differ from time to time. */
function valueOf(expression: ts.Expression, checker: ts.TypeChecker, shorthand?: ts.Node): string | undefined {
  const node = unwrap(expression);
  const again = (inner: ts.Expression): string | undefined => valueOf(inner, checker);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return JSON.stringify(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword || node.kind === ts.SyntaxKind.NullKeyword) return node.getText();
  if (ts.isIdentifier(node)) return valueOfName(node, checker, shorthand);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return valueOfAccess(node, checker);
  if (ts.isBinaryExpression(node) && /^(?:\?\?|\|\|)$/.test(node.operatorToken.getText())) return joined([node.left, node.right], again, (parts) => `(${parts.join(',')})`);
  if (ts.isTemplateExpression(node)) {
    return joined(node.templateSpans.map((span) => span.expression), again, (parts) => JSON.stringify([node.head.text, ...node.templateSpans.map((span, i) => [parts[i], span.literal.text])]));
  }
  if (ts.isArrayLiteralExpression(node)) return joined([...node.elements], again, (parts) => `[${parts.join(',')}]`);
  if (ts.isObjectLiteralExpression(node)) return optionEntries(node, '', 'ioredis', checker)?.sort().join(',');
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && /^(?:Number|parseInt|String)$/.test(node.expression.text)) {
    return joined([...node.arguments], again, (parts) => `${node.expression.getText()}(${parts.join(',')})`);
  }
  return undefined;
}

function valueOfName(node: ts.Identifier, checker: ts.TypeChecker, shorthand: ts.Node | undefined): string | undefined {
  const own = shorthand && ts.isShorthandPropertyAssignment(shorthand) ? checker.getShorthandAssignmentValueSymbol(shorthand) : checker.getSymbolAtLocation(node);
  const declaration = resolveAlias(own, checker)?.valueDeclaration;
  if (/^(?:process|undefined)$/.test(node.text) && (!declaration || isAmbient(declaration))) return node.text;
  if (!declaration) return importedFrom(own);
  if (ts.isBindingElement(declaration)) return placeOfPart(declaration);
  if (!ts.isVariableDeclaration(declaration) || !isConst(declaration)) return undefined;
  const value = declaration.initializer && valueOf(declaration.initializer, checker);
  if (value !== undefined) return value;
  // What cannot be read is still one value where it is worked out once.
  return ts.isSourceFile(declaration.parent.parent.parent) ? place(declaration) : undefined;
}

/** Said to the compiler alone, as by @types/node, or by `declare const process: …`. */
function isAmbient(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().isDeclarationFile || (ts.isVariableDeclaration(declaration) && hasModifier(declaration.parent.parent, ts.SyntaxKind.DeclareKeyword));
}

/** `const { hostname } = new URL(…)` of a module: one value, whatever it is. */
function placeOfPart(declaration: ts.BindingElement): string | undefined {
  const whole = ts.walkUpBindingElementsAndPatterns(declaration);
  return ts.isVariableDeclaration(whole) && isConst(whole) && ts.isSourceFile(whole.parent.parent.parent) ? place(declaration) : undefined;
}

function valueOfAccess(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, checker: ts.TypeChecker): string | undefined {
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
  if (name === undefined) return undefined;
  const owner = valueOf(node.expression, checker) ?? placeOfConst(node.expression, checker);
  return owner === undefined ? undefined : `${owner}.${name}`;
}

/** `config` in `config.redisUrl`, a module's constant whose text is of no interest. */
function placeOfConst(expression: ts.Expression, checker: ts.TypeChecker): string | undefined {
  const node = unwrap(expression);
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration;
  return declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && ts.isSourceFile(declaration.parent.parent.parent) ? place(declaration) : undefined;
}

/** A name of a file that is not in the program, which holds what has to do with Redis: the same import is the same value. */
function importedFrom(symbol: ts.Symbol | undefined): string | undefined {
  const declaration = symbol?.declarations?.[0];
  if (!declaration || !ts.isImportSpecifier(declaration)) return undefined;
  const { moduleSpecifier } = declaration.parent.parent.parent;
  if (!ts.isStringLiteral(moduleSpecifier)) return undefined;
  const { text } = moduleSpecifier;
  const path = text.startsWith('.') ? posix.join(posix.dirname(declaration.getSourceFile().fileName), text) : text;
  return `${path.replace(/\.[cm]?[jt]s$/, '')}#${(declaration.propertyName ?? declaration.name).text}`;
}

function joined(nodes: readonly ts.Expression[], value: (node: ts.Expression) => string | undefined, join: (parts: string[]) => string): string | undefined {
  const parts: string[] = [];
  for (const node of nodes) {
    const part = value(node);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return join(parts);
}
