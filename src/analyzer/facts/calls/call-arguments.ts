/** Arguments by meaning: keys, value, TTL and options, whatever the spelling. */
import ts from 'typescript';
import { keyPositions } from '../../../redis/key-positions.ts';
import { unwrap } from '../code/ast.ts';
import { constantText, identityOf, isConst, keyPattern, resolveAlias, symbolOfValue } from '../code/fold.ts';
import type { CallArguments, KeyArgument, TtlUnit } from './redis-call.ts';

const ttlUnits: ReadonlySet<string> = new Set<TtlUnit>(['EX', 'PX', 'EXAT', 'PXAT', 'KEEPTTL']);

/** Where the value and the TTL stand in commands that give them by position. */
const positional: Readonly<Record<string, { value?: number; ttl?: readonly [number, TtlUnit] }>> = {
  SET: { value: 1 },
  SETNX: { value: 1 },
  GETSET: { value: 1 },
  SETEX: { value: 2, ttl: [1, 'EX'] },
  PSETEX: { value: 2, ttl: [1, 'PX'] },
  'JSON.SET': { value: 2 },
  EXPIRE: { ttl: [1, 'EX'] },
  PEXPIRE: { ttl: [1, 'PX'] },
  EXPIREAT: { ttl: [1, 'EXAT'] },
  PEXPIREAT: { ttl: [1, 'PXAT'] },
};

/** Commands whose node-redis form ends with an options object. */
const maybeOptions = (node: ts.Expression | undefined): ts.Expression | undefined => (node && ts.isObjectLiteralExpression(unwrap(node)) ? node : undefined);

/**
 * @param command in Redis's own words
 * @param list the command's own arguments as written: name words, callback and raw arrays already taken apart
 * @param nameFlags options that the method's name says
 */
export function readArguments(command: string, list: readonly ts.Expression[], nameFlags: readonly string[], objectOptions: boolean, checker: ts.TypeChecker): CallArguments {
  // The document of JSON.SET is an object itself.
  const hasOptions = objectOptions && list.length > (command === 'JSON.SET' ? 3 : 1) && !/^(?:HSET|HMSET|MSET|MSETNX|XADD|ZADD|GEOADD)$/.test(command);
  const options = hasOptions ? optionsObject(list.at(-1), checker) : undefined;
  const plain = options && options === list.at(-1) ? list.slice(0, -1) : list;
  const flags = new Set(nameFlags);
  const place = positional[command];
  let ttl: CallArguments['ttl'] = place?.ttl && plain[place.ttl[0]] ? { unit: place.ttl[1], node: plain[place.ttl[0]] } : undefined;
  const texts = new Map<number, string | undefined>();
  const textAt = (index: number): string | undefined => {
    const node = plain[index];
    if (!texts.has(index)) texts.set(index, !node || ts.isSpreadElement(node) ? undefined : constantText(node, checker));
    return texts.get(index);
  };
  const words = command === 'SET' ? 2 : command === 'JSON.SET' ? 3 : 1;
  if (words > 1 || /^(?:[A-Z]*EXPIRE|Z|GETEX|GEO|LPOS|X)/.test(command)) {
    for (let at = words; at < plain.length; at++) {
      const word = textAt(at)?.toUpperCase();
      if (word === undefined || !/^[A-Z]+$/.test(word)) continue;
      if (ttlUnits.has(word)) ttl = { unit: word as TtlUnit, node: word === 'KEEPTTL' ? undefined : plain[++at] };
      else flags.add(word);
    }
  }
  if (options) ttl = readOptions(options, flags, checker) ?? ttl;
  return { list: plain, keys: keysOf(command, plain, textAt, checker), value: place?.value === undefined ? undefined : plain[place.value], ttl, flags, options };
}

/** An object literal, or a constant that holds one. */
function optionsObject(node: ts.Expression | undefined, checker: ts.TypeChecker): ts.Expression | undefined {
  if (!node || maybeOptions(node)) return node;
  return objectLiteral(node, checker) ? node : undefined;
}

export function objectLiteral(node: ts.Expression, checker: ts.TypeChecker): ts.ObjectLiteralExpression | undefined {
  const inner = unwrap(node);
  if (ts.isObjectLiteralExpression(inner)) return inner;
  if (!ts.isIdentifier(inner)) return undefined;
  const declaration = resolveAlias(symbolOfValue(inner, checker), checker)?.valueDeclaration;
  const initializer = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) ? declaration.initializer : undefined;
  const literal = initializer && unwrap(initializer);
  return literal && ts.isObjectLiteralExpression(literal) ? literal : undefined;
}

/** node-redis: `{ EX: 60, NX: true }`, and from v5 `{ expiration: { type: 'EX', value: 60 }, condition: 'NX' }`. */
function readOptions(options: ts.Expression, flags: Set<string>, checker: ts.TypeChecker): CallArguments['ttl'] {
  let ttl: CallArguments['ttl'];
  for (const property of objectLiteral(options, checker)?.properties ?? []) {
    if (ts.isSpreadAssignment(property)) {
      flags.add('...');
      continue;
    }
    const name = property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? property.name.text : undefined;
    const value = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (!name || !value) continue;
    if (ttlUnits.has(name)) ttl = { unit: name as TtlUnit, node: name === 'KEEPTTL' ? undefined : value };
    else if (name === 'expiration') ttl = readExpiration(value, checker);
    else if (name === 'condition') flags.add(constantText(value, checker) ?? 'NX');
    else if (value.kind !== ts.SyntaxKind.FalseKeyword) flags.add(name.toUpperCase());
  }
  return ttl;
}

function readExpiration(node: ts.Expression, checker: ts.TypeChecker): CallArguments['ttl'] {
  if (constantText(node, checker) === 'KEEPTTL') return { unit: 'KEEPTTL', node: undefined };
  const literal = objectLiteral(node, checker);
  const property = (name: string): ts.Expression | undefined => {
    const found = literal?.properties.find((one) => one.name && ts.isIdentifier(one.name) && one.name.text === name);
    return found && ts.isPropertyAssignment(found) ? found.initializer : found && ts.isShorthandPropertyAssignment(found) ? found.name : undefined;
  };
  const type = property('type');
  const unit = type && constantText(type, checker);
  return unit && ttlUnits.has(unit) ? { unit: unit as TtlUnit, node: unit === 'KEEPTTL' ? undefined : property('value') } : { unit: 'EX', node: property('value') };
}

function keysOf(command: string, list: readonly ts.Expression[], textAt: (index: number) => string | undefined, checker: ts.TypeChecker): KeyArgument[] {
  const { keys } = keyPositions(command, list.length, textAt);
  const firstSpread = list.findIndex(ts.isSpreadElement);
  const isBehindSpread = (index: number): boolean => firstSpread >= 0 && index > firstSpread;
  // `del(...ids, 'jobs')`: however many there are, each is a key. Of `mset(...pairs, k, v)` nobody knows which one is.
  const areAllKeys = keyPositions(command, list.length + 1, textAt).keys.length === keys.length + 1;
  const isKey = new Set(keys.map(({ index }) => index));
  const isKeyBehindSpread = (index: number): boolean => areAllKeys && list.slice(firstSpread, index).every((_, offset) => isKey.has(firstSpread + offset));
  return keys.flatMap(({ index }) => {
    const node = list[index];
    if (!node || (isBehindSpread(index) && !isKeyBehindSpread(index))) return [];
    const inner = unwrap(node);
    // `del([a, b])`: one argument that stands for several keys.
    const each = ts.isArrayLiteralExpression(inner) ? [...inner.elements] : [node];
    return each.filter((one) => !ts.isSpreadElement(one)).map((one) => keyArgument(one, checker));
  });
}

function keyArgument(node: ts.Expression, checker: ts.TypeChecker): KeyArgument {
  const pattern = keyPattern(node, checker);
  return { node, pattern, identity: identityOf(pattern) };
}
