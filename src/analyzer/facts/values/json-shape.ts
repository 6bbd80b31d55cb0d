/**
 * What JSON makes of a value of some type: an object of scalars, an object of more, or something that is no object or is not known.
 * Judged as JSON.stringify works: dates are text, functions and `undefined` are left out.
 */
import ts from 'typescript';

/** `text` comes back from a hash as it is; the others are converted. `mixed` cannot be told from its text. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'mixed';

export interface JsonField {
  kind: FieldKind;
  /** May be left out: optional, or `undefined`. */
  absent: boolean;
  /** May be `null`. */
  null: boolean;
}

export interface FlatShape {
  kind: 'flat';
  fields: ReadonlyMap<string, JsonField>;
  /** The fields of a `Record<string, …>`, whatever their names. */
  rest: JsonField | undefined;
  /** Has methods: an instance of a class, of which JSON keeps only the data. */
  instance: boolean;
}

export interface NestedShape {
  kind: 'nested';
  instance: boolean;
}

export type JsonShape = FlatShape | NestedShape;

/** Undefined for arrays, scalars, what may be one of them, and what is not known: generics, `any`, `unknown`. */
export function jsonShape(type: ts.Type, checker: ts.TypeChecker, at: ts.Node): JsonShape | undefined {
  if (!type.isUnion()) return shapeOfPart(type, checker, at);
  let whole: JsonShape | undefined;
  for (const part of type.types) {
    const shape = shapeOfPart(part, checker, at);
    if (!shape) return undefined;
    whole = whole ? eitherShape(whole, shape) : shape;
  }
  return whole;
}

/** A value that is one or the other: what only one has may be absent. */
export function eitherShape(a: JsonShape, b: JsonShape): JsonShape {
  const instance = a.instance || b.instance;
  if (a.kind === 'nested' || b.kind === 'nested') return { kind: 'nested', instance };
  const fields = new Map<string, JsonField>();
  for (const name of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const [one, other] = [a.fields.get(name) ?? a.rest, b.fields.get(name) ?? b.rest];
    if (one && other) fields.set(name, eitherField(one, other, !a.fields.has(name) || !b.fields.has(name)));
    else fields.set(name, { ...(one ?? other as JsonField), absent: true });
  }
  const rest = a.rest && b.rest ? eitherField(a.rest, b.rest, true) : (a.rest ?? b.rest);
  return { kind: 'flat', fields, rest, instance };
}

function eitherField(a: JsonField, b: JsonField, absent: boolean): JsonField {
  return { kind: a.kind === b.kind ? a.kind : 'mixed', absent: absent || a.absent || b.absent, null: a.null || b.null };
}

function shapeOfPart(type: ts.Type, checker: ts.TypeChecker, at: ts.Node): JsonShape | undefined {
  if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || isListOrFunction(type, checker) || isBuiltIn(type)) return undefined;
  const toJson = type.getProperty('toJSON');
  if (toJson) {
    const [signature] = checker.getTypeOfSymbolAtLocation(toJson, at).getCallSignatures();
    const made = signature && jsonShape(signature.getReturnType(), checker, at);
    return made && { ...made, instance: true };
  }
  const members: Member[] = [];
  for (const property of checker.getPropertiesOfType(type)) {
    // A symbol is no name in JSON.
    if (property.name.startsWith('__@')) continue;
    members.push({ name: property.name, type: checker.getTypeOfSymbolAtLocation(property, at), optional: (property.flags & ts.SymbolFlags.Optional) !== 0 });
  }
  for (const index of checker.getIndexInfosOfType(type)) members.push({ name: undefined, type: index.type, optional: true });
  return shapeOfMembers(members, isClass(type));
}

/** A property; without a name, those of a `Record`. */
export interface Member {
  name: string | undefined;
  type: ts.Type;
  optional: boolean;
}

export function shapeOfMembers(members: readonly Member[], isInstance: boolean): JsonShape | undefined {
  const fields = new Map<string, JsonField>();
  let instance = isInstance;
  let nested = false;
  let unknown = false;
  let rest: JsonField | undefined;
  for (const { name, type, optional } of members) {
    const found = fieldOf(type);
    if (found === 'function') instance = true;
    else if (found === 'nested') nested = true;
    else if (found === 'unknown') unknown = true;
    else {
      const field = { ...found, absent: found.absent || optional };
      if (name === undefined) rest = rest ? eitherField(rest, field, true) : field;
      else fields.set(name, field);
    }
  }
  if (nested) return { kind: 'nested', instance };
  if (unknown || (fields.size === 0 && !rest)) return undefined;
  return { kind: 'flat', fields, rest, instance };
}

function fieldOf(type: ts.Type): JsonField | 'nested' | 'function' | 'unknown' {
  const field: JsonField = { kind: 'text', absent: false, null: false };
  const kinds = new Set<FieldKind>();
  let isFunction = false;
  for (const part of type.isUnion() ? type.types : [type]) {
    const { flags } = part;
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) field.absent = true;
    else if (flags & ts.TypeFlags.Null) field.null = true;
    else if (flags & ts.TypeFlags.StringLike) kinds.add('text');
    else if (flags & ts.TypeFlags.NumberLike) kinds.add('number');
    else if (flags & ts.TypeFlags.BooleanLike) kinds.add('boolean');
    else if (isDate(part)) kinds.add('text');
    else if (part.getCallSignatures().length > 0) isFunction = true;
    else if (flags & (ts.TypeFlags.Object | ts.TypeFlags.NonPrimitive)) return 'nested';
    // `string & { __brand: 'UserId' }`
    else if (part.isIntersection()) kinds.add(kindOfIntersection(part));
    else return 'unknown';
  }
  if (kinds.has('mixed')) return 'nested';
  const [kind, ...more] = kinds;
  if (kind === undefined) return isFunction ? 'function' : field;
  if (isFunction) return 'unknown';
  return { ...field, kind: more.length > 0 ? 'mixed' : kind };
}

/** `mixed` stands for an intersection of objects. */
function kindOfIntersection(type: ts.IntersectionType): FieldKind {
  for (const { flags } of type.types) {
    if (flags & ts.TypeFlags.StringLike) return 'text';
    if (flags & ts.TypeFlags.NumberLike) return 'number';
    if (flags & ts.TypeFlags.BooleanLike) return 'boolean';
  }
  return 'mixed';
}

function isListOrFunction(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (checker.isArrayLikeType(type) || checker.isTupleType(type)) return true;
  return type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0;
}

/** `Map`, `Set`, `Error`, `Promise` …: JSON makes something else of them. Not `Record` and `Partial`, which are types of plain objects. */
function isBuiltIn(type: ts.Type): boolean {
  const symbol = type.symbol as ts.Symbol | undefined;
  if (!symbol || !(symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class))) return false;
  return symbol.declarations?.some((declaration) => /(?:^|\/)lib\.[\w.]*d\.ts$/.test(declaration.getSourceFile().fileName)) ?? false;
}

function isDate(type: ts.Type): boolean {
  return type.symbol?.name === 'Date' && isBuiltIn(type);
}

function isClass(type: ts.Type): boolean {
  if (type.isIntersection()) return type.types.some(isClass);
  const symbol = type.symbol as ts.Symbol | undefined;
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Class) !== 0;
}
