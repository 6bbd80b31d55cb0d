/**
 * What is known of a string before the program runs: literal parts, and holes named so that equal names mean equal text.
 * Follows constants, `const` objects, enums, and key helpers of one expression, across files.
 */
import ts from 'typescript';
import type { KeyPart, KeyPattern } from '../../../redis/key-pattern.ts';
import { assignmentsTo as assignedIn } from './assignments.ts';
import { calledDeclaration } from './called-declaration.ts';
import { lazily } from '../../lazily.ts';
import { constantMember, exportedValue, isConstantObject, isOfImported } from './constant-access.ts';
import { nodesOf } from '../calls/nodes.ts';
import { isAssignment, isFunctionWithBody, methodOf, unwrap } from './ast.ts';
import { objectIdentity } from './object-identity.ts';

/** Parameters, and `this`, standing for what was passed, which is folded when a key speaks of it: few of what a helper is given are part of one. */
export type Bindings = ReadonlyMap<ts.Declaration | 'this', () => readonly KeyPart[]>;

const deepest = 8;
const noBindings: Bindings = new Map();

export function keyPattern(node: ts.Expression, checker: ts.TypeChecker, bindings: Bindings = noBindings): KeyPattern {
  return { parts: merge(fold(node, checker, bindings, 0)) };
}

/** The text, where all of it is known. */
export function constantText(node: ts.Expression, checker: ts.TypeChecker): string | undefined {
  const parts = merge(fold(node, checker, noBindings, 0));
  if (parts.length === 0) return '';
  const [only, ...more] = parts;
  return only && 'literal' in only && more.length === 0 ? only.literal : undefined;
}

/** Equal for equal text as far as can be told; see KeyArgument.identity. */
export function identityOf(pattern: KeyPattern): string {
  return pattern.parts.map((part) => ('literal' in part ? JSON.stringify(part.literal) : `{${part.hole}}`)).join('');
}

/** The parameters of a helper bound to the arguments of a call, and its `this` to what it is called on. */
export function bindArguments(
  fn: ts.SignatureDeclaration,
  call: ts.CallExpression,
  checker: ts.TypeChecker,
  bindings: Bindings = noBindings,
  depth = 0,
): Bindings {
  const bound = new Map(bindings);
  const target = methodOf(call)?.target;
  if (target) bound.set('this', lazily(() => [{ hole: objectIdentity(target, checker, bindings) }]));
  fn.parameters.forEach((parameter, index) => {
    const argument = call.arguments[index] ?? parameter.initializer;
    if (argument && ts.isIdentifier(parameter.name) && !parameter.dotDotDotToken && !ts.isSpreadElement(argument)) bound.set(parameter, lazily(() => fold(argument, checker, bindings, depth + 1)));
  });
  return bound;
}

function fold(expression: ts.Expression, checker: ts.TypeChecker, bindings: Bindings, depth: number): KeyPart[] {
  const node = unwrap(expression);
  if (depth > deepest) return [unknown(node)];
  const again = (inner: ts.Expression, extra = bindings): KeyPart[] => fold(inner, checker, extra, depth + 1);

  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [{ literal: node.text }];
  if (ts.isTemplateExpression(node)) {
    return [{ literal: node.head.text }, ...node.templateSpans.flatMap((span) => [...again(span.expression), { literal: span.literal.text }])];
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return [...again(node.left), ...again(node.right)];
  if (ts.isIdentifier(node)) return foldIdentifier(node);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return foldAccess(node);
  if (ts.isCallExpression(node)) return foldCall(node);
  return [unknown(node)];

  function foldIdentifier(identifier: ts.Identifier): KeyPart[] {
    const own = symbolOfValue(identifier, checker);
    const symbol = resolveAlias(own, checker);
    const declaration = onlyDeclaration(symbol);
    if (!symbol || !declaration) return [{ hole: `global:${identifier.text}` }];
    const bound = bindings.get(declaration);
    if (bound) return [...bound()];
    if (ts.isVariableDeclaration(declaration) && declaration.initializer && isConst(declaration) && mayBeText(declaration.initializer)) {
      const parts = again(declaration.initializer);
      // One of a helper is made anew for each that calls it.
      return isOfHelper(bindings) ? parts : parts.map(settled);
    }
    // `const { PREFIX } = require('./names')`
    const exported = own === symbol || ts.isVariableDeclaration(declaration) ? undefined : exportedValue(symbol, checker);
    if (exported && mayBeText(exported)) return again(exported).map(settled);
    return [isReassigned(symbol, declaration, checker) ? unknown(identifier) : { hole: place(declaration) }];
  }

  function foldAccess(access: ts.PropertyAccessExpression | ts.ElementAccessExpression): KeyPart[] {
    const name = constantMember(access, checker);
    const symbol = name && resolveAlias(checker.getSymbolAtLocation(name), checker);
    const declaration = onlyDeclaration(symbol);
    if (declaration) {
      const initializer =
        ts.isPropertyAssignment(declaration) || ts.isEnumMember(declaration) || (ts.isPropertyDeclaration(declaration) && isReadonly(declaration))
          ? declaration.initializer
          : undefined;
      if (initializer && mayBeText(initializer) && (ts.isEnumMember(declaration) || ts.isPropertyDeclaration(declaration) || isConstantObject(access.expression, checker))) {
        return again(initializer);
      }
      const exported = isOfImported(access.expression, checker) && !isSetFromOutside(access, symbol) ? exportedValue(symbol, checker) : undefined;
      if (exported && mayBeText(exported)) return again(exported).map(settled);
      if (ts.isGetAccessor(declaration)) {
        const returned = returnedExpression(declaration);
        if (returned && mayBeText(returned)) return again(returned);
      }
    }
    const owner = access.expression.kind === ts.SyntaxKind.ThisKeyword ? [{ hole: objectIdentity(access.expression, checker, bindings) }] : again(access.expression);
    const index: KeyPart[] = ts.isPropertyAccessExpression(access) ? [{ literal: access.name.text }] : again(access.argumentExpression);
    const parts = [...owner, ...index];
    return [parts.some((part) => 'hole' in part && part.hole.startsWith('?')) ? unknown(access) : { hole: `${identityOf({ parts: owner })}.${identityOf({ parts: index })}` }];
  }

  /** `names.PREFIX = …` in the file that imports them. */
  function isSetFromOutside(access: ts.Node, symbol: ts.Symbol | undefined): boolean {
    return symbol !== undefined && assignedIn(access.getSourceFile(), symbol.name).some(({ left }) => ts.isPropertyAccessExpression(left) && isOfImported(left.expression, checker) && resolveAlias(checker.getSymbolAtLocation(left.name), checker) === symbol);
  }

  function foldCall(call: ts.CallExpression): KeyPart[] {
    const method = methodOf(call);
    const [first] = call.arguments;
    if (method?.name === 'toString' && !first) return again(method.target);
    if (ts.isIdentifier(call.expression) && call.expression.text === 'String' && first) return again(first);
    if (method?.name === 'join' && ts.isArrayLiteralExpression(unwrap(method.target))) {
      const list = (unwrap(method.target) as ts.ArrayLiteralExpression).elements;
      const separator: KeyPart[] = first ? again(first) : [{ literal: ',' }];
      return list.flatMap((element, index) => [...(index > 0 ? separator : []), ...(ts.isSpreadElement(element) ? [unknown(element)] : again(element))]);
    }
    const helper = calledDeclaration(call, checker);
    const returned = helper && isFunctionWithBody(helper) ? returnedExpression(helper) : undefined;
    if (helper && returned && mayBeText(returned)) return again(returned, bindArguments(helper as ts.SignatureDeclaration, call, checker, bindings, depth));
    return [unknown(call)];
  }
}

/** Whether parameters are bound: one that has none makes the same each time. */
const isOfHelper = (bindings: Bindings): boolean => bindings.size > (bindings.has('this') ? 1 : 0);

/** The one expression that a function returns, where that is all it does. */
export function returnedExpression(fn: ts.Node): ts.Expression | undefined {
  if (!isFunctionWithBody(fn)) return undefined;
  if (!ts.isBlock(fn.body)) return fn.body;
  const [only, ...more] = fn.body.statements;
  return only && more.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}

export function resolveAlias(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** What a name stands for: of `{ match }` the variable, not the property it makes. */
export function symbolOfValue(name: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  return ts.isShorthandPropertyAssignment(name.parent) ? checker.getShorthandAssignmentValueSymbol(name.parent) : checker.getSymbolAtLocation(name);
}

/** Of a property of a mapped type, `Readonly<…>` among them, too. */
export function onlyDeclaration(symbol: ts.Symbol | undefined): ts.Declaration | undefined {
  return symbol?.valueDeclaration ?? (symbol?.declarations?.length === 1 ? symbol.declarations[0] : undefined);
}

export function isConst(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}

function isReadonly(declaration: ts.PropertyDeclaration): boolean {
  return ts.getModifiers(declaration)?.some((modifier) => modifier.kind === ts.SyntaxKind.ReadonlyKeyword) ?? false;
}

/** May be a text at all: folding an object or a function is no use, and an awaited value is not the same text twice. */
function mayBeText(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  return (
    ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || ts.isTemplateExpression(node) || ts.isIdentifier(node) || ts.isCallExpression(node) ||
    ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
  );
}

const reassigned = new WeakMap<ts.Symbol, boolean>();

/** Whether a variable or parameter is given another value after its declaration. */
export function isReassigned(symbol: ts.Symbol, declaration: ts.Declaration, checker: ts.TypeChecker): boolean {
  if (ts.isVariableDeclaration(declaration) && isConst(declaration)) return false;
  let known = reassigned.get(symbol);
  if (known === undefined) {
    known = assignmentsTo(symbol, declaration, checker).length > 0;
    reassigned.set(symbol, known);
  }
  return known;
}

/** Where a variable or parameter is assigned to after its declaration, in its own file. */
export function assignmentsTo(symbol: ts.Symbol, declaration: ts.Declaration, checker: ts.TypeChecker): ts.Identifier[] {
  return assignments(declaration.getSourceFile()).get(symbol.name)?.filter((target) => checker.getSymbolAtLocation(target) === symbol) ?? [];
}

const assignmentsOf = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.Identifier[]>>();

/** Identifiers of a file that are assigned to after their declaration, by name. */
function assignments(file: ts.SourceFile): ReadonlyMap<string, readonly ts.Identifier[]> {
  let known = assignmentsOf.get(file);
  if (!known) {
    const found = new Map<string, ts.Identifier[]>();
    const add = (node: ts.Node): void => {
      if (!ts.isIdentifier(node)) return ts.forEachChild(node, add);
      const list = found.get(node.text);
      if (list) list.push(node);
      else found.set(node.text, [node]);
    };
    for (const node of nodesOf(file)) {
      if (isAssignment(node)) {
        const target = unwrap(node.left);
        if (ts.isIdentifier(target) || ts.isArrayLiteralExpression(target) || ts.isObjectLiteralExpression(target)) add(target);
      } else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
        if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) add(node.operand);
      }
    }
    assignmentsOf.set(file, (known = found));
  }
  return known;
}

function unknown(node: ts.Node): KeyPart {
  return { hole: `?${place(node)}` };
}

/** A constant is made once: what is not known of its text is the same wherever it is used. */
function settled(part: KeyPart): KeyPart {
  return 'hole' in part && part.hole.startsWith('?') ? { hole: part.hole.slice(1) } : part;
}

const places = new WeakMap<ts.Node, string>();
let placed = 0;

/** A name for a node, the same wherever an edit moves it. */
export function place(node: ts.Node): string {
  const known = places.get(node) ?? `#${++placed}`;
  places.set(node, known);
  return known;
}

/** Lets a node go by the name of the one whose place it takes. */
export function takePlace(node: ts.Node, before: ts.Node): void {
  const known = places.get(before);
  if (known !== undefined) places.set(node, known);
}

/** Undefined for a node that nobody has asked to be named. */
export const placeIfKnown = (node: ts.Node): string | undefined => places.get(node);

/** The places that the name of a hole is made of. */
export const placesIn = (hole: string): string[] => hole.match(/#\d+/g) ?? [];

function merge(parts: readonly KeyPart[]): KeyPart[] {
  const merged: KeyPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if ('literal' in part && last && 'literal' in last) merged[merged.length - 1] = { literal: last.literal + part.literal };
    else if (!('literal' in part) || part.literal !== '') merged.push(part);
  }
  return merged;
}
