/** A read that was sent already → the reply of the first: by the variable that holds it, or one that is put before its statement. */
import ts from 'typescript';
import { contains, enclosingFunction, isAssignment, isAsync, methodOf, some, unwrap, wrapped } from '../facts/code/ast.ts';
import { referencesTo } from '../facts/code/references.ts';
import { awaitOf } from '../facts/calls/use.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isChanging, isPureCall } from './batch-loop/effects.ts';
import { replyNounOf } from './batch-loop/names.ts';
import { hasComments } from './text/comments.ts';
import { replaceNode } from './text/edits.ts';
import { hoist, hoistPoint } from './text/hoist.ts';
import { sourceText } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';
import { narrowsAway } from './text/narrowing.ts';
import { styleOf } from './text/style.ts';
import { isReassigned } from './text/variables.ts';

/**
 * @param first what gives the reply, awaited: the command or the helper that sends it; @param second the same further down
 * @param command Redis's name of what both send, for a name of the reply
 * @returns [] where the reply is not to be had at the second place, or one of its two users might change it under the other
 */
export function planReuseReply(first: ts.CallExpression, second: ts.CallExpression, command: string, workspace: Workspace): FixPlan[] {
  const { checker } = workspace;
  const [given, wanted] = [awaitOf(first), awaitOf(second) ?? returned(second)];
  if (!given || !wanted || enclosingFunction(first) !== enclosingFunction(second) || ts.isExpressionStatement(wrapped(wanted).parent)) return [];
  const sourceFile = first.getSourceFile();
  if (hasComments(sourceFile, { start: wanted.getStart(), end: wanted.end })) return [];
  const held = holderOf(given, second, checker);
  const plan = held ? { name: held.text, edits: [] } : hoisted(given, second, command);
  if (!plan) return [];
  const mentions: ts.Node[] = held ? referencesTo(held, checker) : [given];
  if (styleOf(sourceFile).typescript && (narrowsAway(mentions, second) || isVariable(wanted))) return [];
  if (!isPrimitive(checker.getTypeAtLocation(given)) && ![...(held ? mentions : [given]), wanted].every((node) => isOnlyRead(node as ts.Expression, checker))) return [];
  return [
    {
      id: 'reuse-reply',
      title: `Use ${held ? `\`${plan.name}\`` : 'the first reply'} instead of reading again`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'fewer' },
      edits: [...plan.edits, replaceNode(withParentheses(wanted), plan.name)],
    },
  ];
}

/** `return redis.get(key);` of an async function. */
function returned(call: ts.CallExpression): ts.Expression | undefined {
  const outer = wrapped(call);
  return ts.isReturnStatement(outer.parent) && isAsync(enclosingFunction(call)) ? outer : undefined;
}

/** The variable that is nothing but the reply, and still is at another place. */
function holderOf(given: ts.AwaitExpression, second: ts.Node, checker: ts.TypeChecker): ts.Identifier | undefined {
  const { parent } = given;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== given || parent.type || !ts.isIdentifier(parent.name) || isReassigned(parent.name, checker)) return undefined;
  const symbol = checker.getSymbolAtLocation(parent.name);
  return symbol !== undefined && checker.resolveName(parent.name.text, second, ts.SymbolFlags.Value, false) === symbol ? parent.name : undefined;
}

/** A variable before the first statement, where that evaluates the reply first; undefined where the second place cannot see it. */
function hoisted(given: ts.AwaitExpression, second: ts.Node, command: string): { name: string; edits: TextEdit[] } | undefined {
  const point = hoistPoint(given);
  if (point?.kind !== 'statement' || !contains(point.statement.parent, second) || ts.isCaseOrDefaultClause(point.statement.parent)) return undefined;
  const name = freshName(given, [replyNounOf(command), 'reply']);
  const edits = hoist(withParentheses(given), [`const ${name} = ${sourceText(given)};`], name);
  return edits && { name, edits: [claimScope(given), ...edits] };
}

/** What the parentheses around an `await` were for is gone with it. */
function withParentheses(node: ts.Expression): ts.Expression {
  const { parent } = node;
  return ts.isParenthesizedExpression(parent) && !hasComments(node.getSourceFile(), { start: parent.getStart(), end: parent.end }) ? parent : node;
}

/** `let again = await …`: its type would be that of the moment. */
function isVariable(wanted: ts.Expression): boolean {
  const { parent } = wrapped(wanted);
  return ts.isVariableDeclaration(parent) && !parent.type && (ts.getCombinedNodeFlags(parent) & ts.NodeFlags.Const) === 0;
}

function isPrimitive(type: ts.Type): boolean {
  const primitive = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.BigIntLike | ts.TypeFlags.Null | ts.TypeFlags.Undefined;
  return (type.isUnion() ? type.types : [type]).every(({ flags }) => (flags & primitive) !== 0);
}

/** A value, and what a variable that it is put into holds, is looked at, and nothing that is known keeps it or changes it. */
function isOnlyRead(value: ts.Expression, checker: ts.TypeChecker): boolean {
  const { parent } = wrapped(value);
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.initializer === undefined || referencesTo(parent.name, checker).every((one) => isLookedAt(one)) : true;
  return isLookedAt(value);
}

function isLookedAt(value: ts.Expression): boolean {
  const node = wrapped(value);
  const { parent } = node;
  if ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === node) {
    const call = wrapped(parent).parent;
    if (ts.isCallExpression(call) && unwrap(call.expression) === parent) return !isChanging(methodOf(call)?.name ?? '');
    return !isTarget(parent) && (!isAccess(wrapped(parent).parent) || isLookedAt(parent));
  }
  if (ts.isCallExpression(parent)) return parent.expression !== node && isPureCall(parent);
  if (ts.isVariableDeclaration(parent)) return !ts.isIdentifier(parent.name);
  if (ts.isForOfStatement(parent)) return parent.expression === node && !some(parent.statement, isAssignment);
  return (
    ts.isReturnStatement(parent) || ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent) || ts.isPrefixUnaryExpression(parent) || ts.isTemplateSpan(parent) || ts.isTypeOfExpression(parent) || ts.isIfStatement(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition === node) || (ts.isBinaryExpression(parent) && /^(?:[!=]==?|[<>]=?|in|instanceof)$/.test(parent.operatorToken.getText()))
  );
}

const isAccess = (node: ts.Node): boolean => ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);

function isTarget(access: ts.Expression): boolean {
  const { parent } = wrapped(access);
  if (isAssignment(parent)) return unwrap(parent.left) === access;
  return ts.isDeleteExpression(parent) || ((ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) && /^\+\+|--|\+\+$/.test(parent.getText()));
}
