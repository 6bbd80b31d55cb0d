/** The fields that a HSET is given and their values, in whatever form: in turn, as an object, a list, pairs or a Map. */
import ts from 'typescript';
import { isAssignment, unwrap } from '../code/ast.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';

export interface HashField {
  /** As far as the code says it. */
  name: string | undefined;
  /** The value as written; undefined where only the type of the whole object says it. */
  value: ts.Expression | undefined;
  /** `{ value }`: the property that has no text of its own for the value. */
  shorthand: ts.ShorthandPropertyAssignment | undefined;
  /** Of a property that only a type tells. */
  type: ts.Type | undefined;
  /** Such a property need not be there, which is no `undefined` as a value. */
  optional: boolean;
}

const setters: ReadonlySet<string> = new Set(['HSET', 'HMSET', 'HSETNX']);

/** @param checker for the fields that only a type tells; without one, those are left out @returns what is known of the fields; [] for other commands */
export function hashFields(call: RedisCall, checker: ts.TypeChecker | undefined): HashField[] {
  if (!setters.has(call.command)) return [];
  const [, ...given] = call.args.list;
  const [first] = given;
  if (given.length > 1) return pairsOf(given);
  return !first || ts.isSpreadElement(first) ? [] : fieldsOf(unwrap(first), checker);
}

function fieldsOf(node: ts.Expression, checker: ts.TypeChecker | undefined): HashField[] {
  if (ts.isObjectLiteralExpression(node)) return fieldsOfLiteral(node, checker);
  if (ts.isArrayLiteralExpression(node)) {
    const inner = node.elements.map(unwrap);
    return inner.some(ts.isArrayLiteralExpression) ? inner.flatMap((one) => (ts.isArrayLiteralExpression(one) ? pairsOf(one.elements) : [])) : pairsOf(node.elements);
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Map') {
    const [list] = node.arguments ?? [];
    return list ? fieldsOf(unwrap(list), checker) : [];
  }
  return ts.isCallExpression(node) || ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? fieldsOfType(node, checker) : [];
}

/** Field, value, field, value, as far as no spread hides which is which. */
function pairsOf(list: readonly ts.Expression[]): HashField[] {
  const spread = list.findIndex(ts.isSpreadElement);
  const known = spread < 0 ? list : list.slice(0, spread);
  return known.flatMap((value, index) => {
    const field = index % 2 === 1 ? known[index - 1] : undefined;
    if (!field) return [];
    const inner = unwrap(field);
    return [written(ts.isStringLiteralLike(inner) ? inner.text : undefined, value)];
  });
}

const written = (name: string | undefined, value: ts.Expression, shorthand?: ts.ShorthandPropertyAssignment): HashField => ({ name, value, shorthand, type: undefined, optional: false });

function fieldsOfLiteral(literal: ts.ObjectLiteralExpression, checker: ts.TypeChecker | undefined): HashField[] {
  const fields = new Map<unknown, HashField>();
  for (const property of literal.properties) {
    if (ts.isSpreadAssignment(property)) {
      const inner = unwrap(property.expression);
      // `...(ttl ? { ttl } : {})` says itself what may be absent.
      const found = ts.isConditionalExpression(inner) || ts.isBinaryExpression(inner) ? [] : ts.isObjectLiteralExpression(inner) ? fieldsOfLiteral(inner, checker) : fieldsOfType(inner, checker);
      for (const field of found) fields.set(field.name ?? field, field);
    } else if (ts.isPropertyAssignment(property)) {
      const name = ts.isComputedPropertyName(property.name) ? undefined : property.name.text;
      fields.set(name ?? property, written(name, property.initializer));
    } else if (ts.isShorthandPropertyAssignment(property)) fields.set(property.name.text, written(property.name.text, property.name, property));
  }
  return [...fields.values()];
}

/** What a constant's literal says beside a spread of which nothing is known, which makes one of the whole: `const d = { at: new Date(), ...rest }`. */
function fieldsOfConstant(at: ts.Expression, checker: ts.TypeChecker): HashField[] {
  const literal = objectLiteral(at, checker);
  const name = literal && ts.isVariableDeclaration(literal.parent) && ts.isIdentifier(literal.parent.name) ? literal.parent.name : undefined;
  if (!literal || !name || referencesTo(name, checker).some(isMemberSet)) return [];
  // It may be used elsewhere as it is, so that nothing is to be changed there.
  return fieldsOfLiteral(literal, checker).map((field) => (field.value ? { ...field, value: undefined, shorthand: undefined, type: checker.getTypeAtLocation(field.value) } : field));
}

/** `d.at = …` */
const isMemberSet = ({ parent }: ts.Identifier): boolean => (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && isAssignment(parent.parent) && parent.parent.left === parent;

function fieldsOfType(at: ts.Expression, checker: ts.TypeChecker | undefined): HashField[] {
  if (!checker) return [];
  const type = checker.getNonNullableType(checker.getTypeAtLocation(at));
  if (type.flags & ts.TypeFlags.Any) return fieldsOfConstant(at, checker);
  if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || checker.isArrayLikeType(type) || type.getCallSignatures().length > 0) return [];
  const told = (name: string | undefined, of: ts.Type, optional: boolean): HashField => ({ name, value: undefined, shorthand: undefined, type: of, optional });
  if (isOfLanguage(type)) {
    const [, value] = type.symbol.name === 'Map' ? checker.getTypeArguments(type as ts.TypeReference) : [];
    return value ? [told(undefined, value, true)] : [];
  }
  return [
    ...checker.getPropertiesOfType(type).filter(({ name }) => !name.startsWith('__@')).map((property) => told(property.name, checker.getTypeOfSymbolAtLocation(property, at), (property.flags & ts.SymbolFlags.Optional) !== 0)),
    ...checker.getIndexInfosOfType(type).map((index) => told(undefined, index.type, true)),
  ];
}

/** An interface or class that the language declares: not `Record` and the like, which are types of plain objects. */
export function isOfLanguage(type: ts.Type): boolean {
  const symbol = type.symbol as ts.Symbol | undefined;
  if (!symbol || !(symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class))) return false;
  return symbol.declarations?.some((declaration) => /(?:^|\/)lib\.[\w.]*d\.ts$/.test(declaration.getSourceFile().fileName)) ?? false;
}
