/** What becomes of a text that GET brings: parsed or not, and whether its fields are looked at one by one or the object goes on whole. */
import ts from 'typescript';
import { unitOf } from '../code/units.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isAsync, isFunctionWithBody, methodOf, wrapped } from '../code/ast.ts';
import type { KeyAccess } from './json-accesses.ts';
import { decodedBy, isJsonCall } from './json-text.ts';
import { referencesTo } from '../code/references.ts';
import { asksWhetherThere } from '../replies/reply-tests.ts';
import { replyValues } from '../replies/reply-values.ts';

/** `text`: used as it is, or not to be followed. `fields`: only by field. `changed`: stored again under a key, but for a field. */
export type ReadUse = 'fields' | 'whole' | 'text';

/** What one use of the text is: parsed (`value` is the object), only asked whether it is there, or anything else. */
export type TextUse =
  | { kind: 'parse'; parse: ts.CallExpression; /** `raw ?? '{}'` */ fallback: ts.Expression | undefined; decoder: ts.CallExpression | undefined; value: ts.Expression }
  | { kind: 'test' }
  | { kind: 'other' };

const deepest = 3;

export function readUse(access: Pick<KeyAccess, 'call' | 'wrappers'>, workspace: Workspace): ReadUse {
  const texts = replyValues(access.call, workspace);
  if (!texts) return 'text';
  const uses = texts.map((text) => textUse(text, workspace.checker));
  if (uses.some((use) => use.kind === 'other')) return 'text';
  const objects = uses.flatMap((use) => (use.kind === 'parse' ? [use.value] : []));
  if (objects.length === 0) return 'text';
  const found = new Set(objects.flatMap((object) => objectUses(object, access.wrappers, workspace, 0)));
  return found.has('whole') || !found.has('field') ? 'whole' : 'fields';
}

/** @param text an expression that is the reply, parentheses and assertions included */
export function textUse(text: ts.Expression, checker: ts.TypeChecker): TextUse {
  const { parent } = text;
  if (ts.isBinaryExpression(parent) && parent.left === text && /^(?:\?\?|\|\|)$/.test(parent.operatorToken.getText())) {
    const whole = textUse(wrapped(parent), checker);
    return whole.kind === 'parse' && !whole.fallback && !whole.decoder ? { ...whole, fallback: parent.right } : { kind: 'other' };
  }
  if (ts.isCallExpression(parent) && parent.arguments[0] === text && isJsonCall(parent, 'parse')) {
    return parent.arguments.length === 1 ? { kind: 'parse', parse: parent, fallback: undefined, decoder: undefined, value: wrapped(parent) } : { kind: 'other' };
  }
  if (ts.isCallExpression(parent) && parent.arguments.includes(text)) {
    const parse = decodedBy(parent, text, checker);
    return parse ? { kind: 'parse', parse, fallback: undefined, decoder: parent, value: wrapped(parent) } : { kind: 'other' };
  }
  return asksWhetherThere(text) ? { kind: 'test' } : { kind: 'other' };
}

type ObjectUse = 'field' | 'whole';

/** How an object is used; nothing where it only takes part in a test. */
function objectUses(object: ts.Expression, wrappers: readonly ts.CallExpression[], workspace: Workspace, depth: number): ObjectUse[] {
  const { parent } = object;
  const on = (outer: ts.Expression): ObjectUse[] => objectUses(wrapped(outer), wrappers, workspace, depth);
  if (isFieldAccess(object)) return ['field'];
  if (ts.isConditionalExpression(parent) && parent.condition !== object) return on(parent);
  if (ts.isAwaitExpression(parent)) return on(parent);
  if (ts.isBinaryExpression(parent) && /^(?:\?\?|\|\||&&)$/.test(parent.operatorToken.getText()) && (parent.right === object || !asksWhetherThere(object))) return on(parent);
  if (asksWhetherThere(object) || ts.isExpressionStatement(parent)) return [];
  if (ts.isVariableDeclaration(parent) && parent.initializer === object) {
    const { name } = parent;
    if (!ts.isIdentifier(name)) return ts.isObjectBindingPattern(name) && !name.elements.some((element) => element.dotDotDotToken) ? ['field'] : ['whole'];
    return referencesTo(name, workspace.checker).flatMap((reference) => objectUses(wrapped(reference), wrappers, workspace, depth));
  }
  // Stored again whole, for a change: the rule's own finding is that SET.
  if (isStringified(object)) return ['field'];
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === object)) return returnedUses(object, wrappers, workspace, depth);
  return ['whole'];
}

function returnedUses(object: ts.Expression, wrappers: readonly ts.CallExpression[], workspace: Workspace, depth: number): ObjectUse[] {
  const unit = unitOf(object);
  if (!unit || ts.isClassLike(unit) || !isFunctionWithBody(unit) || depth >= deepest) return ['whole'];
  const [via, ...rest] = wrappers;
  const sites = via && workspace.called(via) === unit ? [via] : workspace.callers(unit);
  if (sites.length === 0) return ['whole'];
  return sites.flatMap((site) => {
    if (!ts.isCallExpression(site)) return ['whole' as const];
    const value = wrapped(site);
    if (!isAsync(unit)) return objectUses(value, rest, workspace, depth + 1);
    if (ts.isReturnStatement(value.parent) || ts.isArrowFunction(value.parent)) return returnedUses(value, rest, workspace, depth + 1);
    return ts.isAwaitExpression(value.parent) ? objectUses(wrapped(value.parent), rest, workspace, depth + 1) : ['whole' as const];
  });
}

/** `user.name`, `user['name']`, not a method's call. */
export function isFieldAccess(object: ts.Expression): boolean {
  const { parent } = object;
  if (ts.isElementAccessExpression(parent)) return parent.expression === object;
  return ts.isPropertyAccessExpression(parent) && parent.expression === object && !(ts.isCallExpression(parent.parent) && parent.parent.expression === parent);
}

function isStringified(object: ts.Expression): boolean {
  const { parent } = object;
  if (ts.isCallExpression(parent)) return methodOf(parent)?.name === 'stringify' && isJsonCall(parent, 'stringify');
  return ts.isSpreadAssignment(parent) && isStringified(wrapped(parent.parent));
}
