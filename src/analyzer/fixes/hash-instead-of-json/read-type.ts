/** As what type the code takes an object that it has parsed: the type argument that the read needs, if any. */
import ts from 'typescript';
import { methodOf, wrapped } from '../../facts/code/ast.ts';
import { isFieldAccess } from '../../facts/values/json-read.ts';
import { asksWhetherThere } from '../../facts/replies/reply-tests.ts';
import { referencesTo } from '../../facts/code/references.ts';
import { styleOf } from '../text/style.ts';
import type { EditContext } from './context.ts';
import type { ParseUse } from './reads.ts';
import { namedBy } from './value-type.ts';

export interface ReadType {
  /** The type argument; undefined where the function's own type serves, and in JavaScript. */
  type: string | undefined;
  /** The type that the code asserts, for where it has to be asserted again. */
  cast: string | undefined;
  /** The type asserted or annotated. */
  expected: ts.TypeNode | undefined;
  /** Assertions that stay, where the parses of one text do not agree. */
  casts: ReadonlyMap<ParseUse, string>;
}

export function readType(parses: readonly ParseUse[], context: EditContext): ReadType {
  const [first] = parses;
  if (!first || !styleOf(first.parse.getSourceFile()).typescript) return { type: undefined, cast: undefined, expected: undefined, casts: new Map() };
  const nodes = new Map(parses.map((parse) => [parse, assertedType(parse)]));
  const texts = new Set([...nodes.values()].map((node) => node?.getText()));
  if (texts.size > 1) {
    const casts = [...nodes].flatMap(([parse, node]): [ParseUse, string][] => (node && !isAnnotated(parse) ? [[parse, node.getText()]] : []));
    return { type: 'any', cast: undefined, expected: undefined, casts: new Map(casts) };
  }
  const node = nodes.get(first);
  const cast = node && !isAnnotated(first) ? node.getText() : undefined;
  const serves = parses.every((parse) => ownTypeServes(parse, node, context));
  return { type: serves ? undefined : (node?.getText() ?? 'any'), cast, expected: node, casts: new Map() };
}

/** `JSON.parse(raw) as User`, `const user: User = JSON.parse(raw)` */
export function assertedType({ parse, decoder, value }: ParseUse): ts.TypeNode | undefined {
  let node: ts.TypeNode | undefined;
  for (let at: ts.Node = decoder ?? parse; at !== value; at = at.parent) if (ts.isAsExpression(at.parent) || ts.isTypeAssertionExpression(at.parent)) node = at.parent.type;
  return node ?? (ts.isVariableDeclaration(value.parent) ? value.parent.type : undefined);
}

function isAnnotated({ value }: ParseUse): boolean {
  return ts.isVariableDeclaration(value.parent) && value.parent.type !== undefined;
}

/** Whether what the function gives by itself can stand for what the code expects. */
function ownTypeServes(parse: ParseUse, node: ts.TypeNode | undefined, { valueType, checker }: EditContext): boolean {
  if (!valueType) return false;
  const { type } = valueType;
  if (node) return !isOwnOf(node, type, checker) && hasAllOf(type, checker.getTypeFromTypeNode(node), checker);
  const decoded = parse.decoder && checker.getTypeAtLocation(parse.decoder);
  if (decoded && !(decoded.flags & ts.TypeFlags.Any)) return hasAllOf(type, decoded, checker);
  return isFieldUse(parse.value, type, checker);
}

/** Not only assignable: a field that the other has as optional can be asked for. */
function hasAllOf(type: ts.Type, other: ts.Type, checker: ts.TypeChecker): boolean {
  return checker.isTypeAssignableTo(type, other) && checker.getPropertiesOfType(checker.getNonNullableType(other)).every(({ name }) => type.getProperty(name) !== undefined);
}

/** Another type, declared in this file: nothing might be left that uses it. */
function isOwnOf(node: ts.TypeNode, type: ts.Type, checker: ts.TypeChecker): boolean {
  const symbol = ts.isTypeReferenceNode(node) ? checker.getSymbolAtLocation(node.typeName) : undefined;
  return symbol !== undefined && symbol !== namedBy(type) && (symbol.declarations?.some((one) => one.getSourceFile() === node.getSourceFile() && !ts.isImportSpecifier(one) && !ts.isImportClause(one)) ?? false);
}

/** An `any` of which only fields are used that the type has. */
function isFieldUse(value: ts.Expression, type: ts.Type, checker: ts.TypeChecker): boolean {
  const { parent } = value;
  if (asksWhetherThere(value)) return true;
  if (isFieldAccess(value)) return ts.isPropertyAccessExpression(parent) && type.getProperty(parent.name.text) !== undefined;
  if (ts.isVariableDeclaration(parent) && parent.initializer === value) {
    if (ts.isIdentifier(parent.name)) return referencesTo(parent.name, checker).every((reference) => isFieldUse(wrapped(reference), type, checker));
    return ts.isObjectBindingPattern(parent.name) && parent.name.elements.every((element) => !element.dotDotDotToken && type.getProperty((element.propertyName ?? element.name).getText()) !== undefined);
  }
  const then = thenCallOf(value);
  const contextual = checker.getContextualType(then ?? value);
  const expected = then && contextual ? checker.getAwaitedType(contextual) : contextual;
  return expected !== undefined && !(expected.flags & ts.TypeFlags.Any) && checker.isTypeAssignableTo(type, expected);
}

/** `redis.get(key).then((raw) => raw ? JSON.parse(raw) : null)`: what the callback gives is what the call gives. */
export function thenCallOf(value: ts.Expression): ts.CallExpression | undefined {
  const whole = ts.isConditionalExpression(value.parent) ? wrapped(value.parent) : value;
  const fn = whole.parent;
  const call = ts.isArrowFunction(fn) && fn.body === whole ? fn.parent : undefined;
  return call && ts.isCallExpression(call) && methodOf(call)?.name === 'then' && call.arguments.length === 1 ? call : undefined;
}
