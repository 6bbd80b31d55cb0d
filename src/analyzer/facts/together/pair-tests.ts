/** What lies between the halves of a pair on one key: which answer of the first leads to the second, and what else is done there. */
import ts from 'typescript';
import { commandInfo } from '../../../redis/commands.ts';
import { contains, enclosingFunction, leaves, walk, walkOwn } from '../code/ast.ts';
import type { KeyEffect } from '../keys/key-effects.ts';
import { conditionsBetween, type Condition } from '../code/path-conditions.ts';
import { isNoError, replyOf, type Reply } from '../replies/reply-tests.ts';

export interface PairPath {
  /** Of the first half, as the function that holds both sees it. */
  reply: Reply;
  /** All but that there was no error. */
  conditions: readonly Condition[];
}

/** @returns undefined where something else decides too whether the second half is sent: a loop, a switch, a helper's own condition */
export function pathOf(first: KeyEffect, second: KeyEffect): PairPath | undefined {
  if (second.call.node !== second.site && conditionsBetween(undefined, second.call.node)?.length !== 0) return undefined;
  const reply = replyOf(first.site, first.call.node === first.site ? first.call.callback : undefined);
  const conditions = conditionsBetween(first.site, second.site)?.filter((condition) => !isNoError(condition, reply));
  return conditions && { reply, conditions };
}

/** Sent by themselves: not queued with others, nor collected in one burst. */
export function isSentAlone({ call }: KeyEffect): boolean {
  const { receiver, use } = call;
  return receiver.kind !== 'multi' && receiver.kind !== 'pipeline' && use.kind !== 'collected' && use.kind !== 'queued';
}

/** A command that is not known may do anything. */
export function mayWrite({ call }: KeyEffect): boolean {
  return commandInfo(call.command)?.flags.includes('write') ?? true;
}

/** Whether code waits for something else between two places: an `await` that a branch which leaves does not hold. @param isOther whether what is waited for counts */
export function waitsBetween(first: ts.Node, second: ts.Node, isOther: (node: ts.AwaitExpression) => boolean = () => true): boolean {
  let waits = false;
  walkOwn(enclosingFunction(first), (node) => {
    if (node.end <= first.end || node.pos >= second.pos) return node.pos < second.pos || contains(node, second) ? undefined : false;
    if (ts.isAwaitExpression(node) && isOther(node) && !contains(node, first) && !contains(node, second) && !isLeftBefore(node, second)) waits = true;
    return !waits;
  });
  return waits;
}

function isLeftBefore(node: ts.Node, second: ts.Node): boolean {
  for (let at = node; at.parent && !contains(at.parent, second); at = at.parent) {
    if (ts.isStatement(at) && ts.isIfStatement(at.parent) && leaves(at)) return true;
  }
  return false;
}

/** Whether an expression speaks of a variable that is declared only after a place. Syntax alone. */
export function needsWhatFollows(expression: ts.Node, place: ts.Node): boolean {
  const names = new Set<string>();
  const note = (node: ts.Node): undefined => {
    if (ts.isIdentifier(node)) names.add(node.text);
    return undefined;
  };
  note(expression);
  walk(expression, note);
  if (names.size === 0) return false;
  let found = false;
  const declares = (name: ts.BindingName): boolean => (ts.isIdentifier(name) ? names.has(name.text) : name.elements.some((element) => ts.isBindingElement(element) && declares(element.name)));
  walk(enclosingFunction(place), (node) => {
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node)) && node.end > place.pos && node.pos < expression.pos && declares(node.name)) found = true;
    return !found;
  });
  return found;
}
