/** GET → parse → change → SET: which fields are changed between, where that can be told for sure. */
import ts from 'typescript';
import { enclosingFunction, isAssignment, unwrap, wrapped } from '../../facts/code/ast.ts';
import { isFieldAccess } from '../../facts/values/json-read.ts';
import { asksWhetherThere } from '../../facts/replies/reply-tests.ts';
import { isJsonCall } from '../../facts/values/json-text.ts';
import type { JsonWrite } from '../../facts/values/json-write.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { referencesTo } from '../../facts/code/references.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { sourceText } from '../text/lines.ts';

export interface FieldChange {
  name: string;
  /** The new value. */
  text: string;
  type: ts.Type;
}

export interface Changes {
  /** The GET whose object is changed. */
  read: RedisCall;
  fields: readonly FieldChange[];
}

/** Undefined where the object stored is not what was read under the same key, or may have been changed otherwise than by field. */
export function fieldChanges(write: JsonWrite, workspace: Workspace): Changes | undefined {
  const { checker } = workspace;
  const value = unwrap(write.text.value);
  const literal = ts.isObjectLiteralExpression(value) ? value : undefined;
  const [spread, ...others] = literal?.properties ?? [];
  const object = literal ? (spread && ts.isSpreadAssignment(spread) ? unwrap(spread.expression) : undefined) : value;
  const declaration = object && ts.isIdentifier(object) ? checker.getSymbolAtLocation(object)?.valueDeclaration : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !declaration.initializer) return undefined;
  const read = parsedRead(declaration.initializer, workspace);
  if (!read || !isSameKey(read, write) || enclosingFunction(declaration) !== enclosingFunction(write.call.node)) return undefined;
  const assigned = assignedFields(declaration.name, write, checker);
  if (!assigned) return undefined;
  const fields = new Map<string, FieldChange>();
  for (const [name, node] of assigned) fields.set(name, { name, text: `${declaration.name.text}.${name}`, type: checker.getTypeAtLocation(node) });
  for (const property of others) {
    const expression = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (!expression || !property.name || !ts.isIdentifier(property.name)) return undefined;
    // A JSON text in there is about to become something else.
    if (speaksOfText(expression, read, checker)) return undefined;
    fields.set(property.name.text, { name: property.name.text, text: sourceText(expression), type: checker.getTypeAtLocation(expression) });
  }
  return fields.size === 0 ? undefined : { read, fields: [...fields.values()] };
}

/** The GET whose reply an expression parses: `JSON.parse(raw)`, `raw ? JSON.parse(raw) : null`, `JSON.parse((await redis.get(key))!)`. */
function parsedRead(initializer: ts.Expression, workspace: Workspace): RedisCall | undefined {
  const node = unwrap(initializer);
  if (ts.isConditionalExpression(node)) {
    const branches = [unwrap(node.whenTrue), unwrap(node.whenFalse)];
    const parse = branches.find((branch) => ts.isCallExpression(branch));
    const nothing = branches.find((branch) => branch.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(branch) && branch.text === 'undefined'));
    return parse && nothing ? parsedRead(parse, workspace) : undefined;
  }
  const [text] = ts.isCallExpression(node) && isJsonCall(node, 'parse') && node.arguments.length === 1 ? node.arguments : [];
  return text && textRead(unwrap(text), workspace);
}

function textRead(text: ts.Expression, workspace: Workspace): RedisCall | undefined {
  // `(await redis.get(key)) ?? 'null'`: nothing is nothing. Another default would be stored with the first change.
  if (ts.isBinaryExpression(text) && ts.isStringLiteralLike(text.right) && text.right.text === 'null') return textRead(unwrap(text.left), workspace);
  if (ts.isAwaitExpression(text)) {
    const call = unwrap(text.expression);
    return workspace.factsOf(call.getSourceFile().fileName)?.calls.find((one) => one.node === call && one.command === 'GET');
  }
  const declaration = ts.isIdentifier(text) ? workspace.checker.getSymbolAtLocation(text)?.valueDeclaration : undefined;
  const initializer = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  return initializer && ts.isAwaitExpression(initializer) ? textRead(initializer, workspace) : undefined;
}

function isSameKey(read: RedisCall, { call }: JsonWrite): boolean {
  const [one, other] = [read.args.keys[0], call.args.keys[0]];
  return one !== undefined && other !== undefined && one.identity === other.identity && !one.identity.includes('{?') && read.receiver.identity === call.receiver.identity;
}

/** Fields assigned to, with the last node that does; undefined where the object may be changed in another way. */
function assignedFields(name: ts.Identifier, write: JsonWrite, checker: ts.TypeChecker): Map<string, ts.Expression> | undefined {
  const fields = new Map<string, ts.Expression>();
  for (const reference of referencesTo(name, checker)) {
    const object = wrapped(reference);
    const { parent } = object;
    if (isFieldAccess(object)) {
      const access = wrapped(parent as ts.Expression);
      const change = changeOf(access);
      if (change === 'none') continue;
      if (change === 'other' || !ts.isPropertyAccessExpression(parent)) return undefined;
      fields.set(parent.name.text, parent);
    } else if (asksWhetherThere(object) || ts.isReturnStatement(parent) || ts.isSpreadAssignment(parent) || object.getStart() > write.call.node.end) continue;
    else if (!(ts.isCallExpression(parent) && (isJsonCall(parent, 'stringify') || /^console\./.test(parent.expression.getText())))) return undefined;
  }
  return fields;
}

/** What is done to a field: `other` for a deletion and a destructuring assignment. */
function changeOf(access: ts.Expression): 'none' | 'assigned' | 'other' {
  let at: ts.Node = access;
  while (ts.isArrayLiteralExpression(at.parent) || ts.isObjectLiteralExpression(at.parent) || ts.isPropertyAssignment(at.parent) || ts.isSpreadElement(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isDeleteExpression(parent)) return 'other';
  if (isAssignment(parent) && parent.left === at) return at === access ? 'assigned' : 'other';
  if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === at) return 'other';
  const stepped = (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) && (parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken);
  return stepped ? 'assigned' : 'none';
}

/** Of the variable that holds what was read. */
function speaksOfText(expression: ts.Expression, read: RedisCall, checker: ts.TypeChecker): boolean {
  const target = read.use.target;
  if (!target || !ts.isIdentifier(target)) return false;
  return referencesTo(target, checker).some((reference) => reference.pos >= expression.pos && reference.end <= expression.end);
}
