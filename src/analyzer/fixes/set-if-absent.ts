/** EXISTS (or GET), a condition, SET → SET … NX in the condition: the server decides. */
import ts from 'typescript';
import { contains, leaves, unwrap } from '../facts/code/ast.ts';
import { isRepliedWhen } from '../facts/replies/reply-absence.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { referencesTo } from '../facts/code/references.ts';
import { setIfAbsent } from '../dialects/write/set-if-absent.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isSameClient, plainStatement } from './set-with-ttl-pair.ts';
import { isSpelledOut } from './spelled-out.ts';
import { hasComments } from './text/comments.ts';
import { isInList, nextStatement, removeStatement, replaceNode, replaceRange, siblings, statementEnd } from './text/edits.ts';
import { absorbStatement } from './text/absorb.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';

/** @param check an EXISTS or GET whose reply is only tested; @param set the SET or SETEX of its key where there was none; [] where more than that is done between */
export function planSetIfAbsent(check: RedisCall, set: RedisCall, workspace: Workspace): FixPlan[] {
  const edits = editsOf(check, set, workspace);
  if (!edits) return [];
  return [{ id: 'set-if-absent', title: 'Let SET decide with NX', kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'fewer' }, edits }];
}

function editsOf(check: RedisCall, set: RedisCall, workspace: Workspace): TextEdit[] | undefined {
  const statement = plainStatement(set);
  const { sourceFile } = set;
  const client = set.receiver.node;
  const [key] = check.args.keys;
  if (!statement || !client || !key || check.use.kind !== 'awaited' || set.use.kind !== 'awaited' || !isSameClient(check, set) || !isSpelledOut(check) || !isSpelledOut(set)) return undefined;
  if (check.args.list.length !== 1 || !set.args.value || !isHarmless(set.args.value) || set.args.list.some((one) => one.getText().includes('\n'))) return undefined;
  const command = setIfAbsent(set, styleOf(sourceFile));
  if (command === undefined || hasComments(sourceFile, { start: statement.getStart(sourceFile), end: statementEnd(statement) })) return undefined;
  const found = conditionAround(check, statement, workspace);
  if (!found) return undefined;
  const { test, kept } = found;
  const call = `await ${client.getText()}.${command}`;
  const removedCheck = kept ? [removeStatement(kept)] : [];
  if (found.kind === 'exit') return [...removedCheck, replaceNode(test.expression, `(${call}) === null`), ...absorbStatement(test, statement)];
  const isAlone = statement.parent === test || (ts.isBlock(statement.parent) && statement.parent.statements.length === 1);
  if (!isAlone) return [...removedCheck, replaceNode(test.expression, `(${call}) !== null`), removeStatement(statement)];
  if (test.elseStatement || hasComments(sourceFile, { start: test.getStart(sourceFile), end: test.end })) return undefined;
  const semicolon = styleOf(sourceFile).semicolons ? ';' : '';
  return [...removedCheck, replaceRange(sourceFile, test.getStart(sourceFile), test.end, call + semicolon)];
}

interface Found {
  /** `exit`: leaves where the key is there, and the SET comes after it; `branch`: the SET begins what is done where it is not. */
  kind: 'exit' | 'branch';
  test: ts.IfStatement;
  /** The statement that puts the reply into a variable. */
  kept: ts.Statement | undefined;
}

function conditionAround(check: RedisCall, statement: ts.Statement, workspace: Workspace): Found | undefined {
  const list = siblings(statement);
  const before = list[list.indexOf(statement) - 1];
  const around = ts.isBlock(statement.parent) ? statement.parent.parent : statement.parent;
  if (before && ts.isIfStatement(before) && !before.elseStatement && leaves(before.thenStatement)) return withReply('exit', before);
  const isFirst = list.length === 0 || list[0] === statement;
  return isFirst && ts.isIfStatement(around) && contains(around.thenStatement, statement) ? withReply('branch', around) : undefined;

  function withReply(kind: Found['kind'], test: ts.IfStatement): Found | undefined {
    if (!isInList(test) || !isTest(test.expression)) return undefined;
    const answers = isRepliedWhen(check, test.expression, workspace);
    const wanted = kind === 'exit' ? { absent: false, present: true } : { absent: true, present: false };
    if (answers.absent !== wanted.absent || answers.present !== wanted.present) return undefined;
    if (contains(test.expression, check.node)) return { kind, test, kept: undefined };
    const { target, value } = check.use;
    const declaration = value.parent;
    if (!target || !ts.isIdentifier(target) || !ts.isVariableDeclaration(declaration) || !ts.isVariableDeclarationList(declaration.parent) || declaration.parent.declarations.length !== 1) return undefined;
    const kept = declaration.parent.parent;
    if (!ts.isVariableStatement(kept) || nextStatement(kept) !== test) return undefined;
    return referencesTo(target, workspace.checker).every((one) => contains(test.expression, one)) ? { kind, test, kept } : undefined;
  }
}

/** The reply alone, asked whether it is there. */
function isTest(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isPrefixUnaryExpression(node)) return isTest(node.operand);
  if (ts.isAwaitExpression(node) || ts.isIdentifier(node)) return true;
  return ts.isBinaryExpression(node) && isTest(node.left) && (/^(?:null|undefined)$/.test(node.right.getText()) || ts.isNumericLiteral(node.right) || /^(?:true|false)$/.test(node.right.getText()));
}

/** Evaluated now also where the key is there. */
function isHarmless(value: ts.Expression): boolean {
  const node = unwrap(value);
  if (isRepeatable(node)) return true;
  if (ts.isTemplateExpression(node)) return node.templateSpans.every((span) => isHarmless(span.expression));
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && (node.arguments ?? []).every(isHarmless);
  if (ts.isObjectLiteralExpression(node)) return node.properties.every((one) => ts.isShorthandPropertyAssignment(one) || (ts.isPropertyAssignment(one) && isHarmless(one.initializer)));
  if (!ts.isCallExpression(node)) return false;
  return /^(?:String|JSON\.stringify|Date\.now|(?:crypto\.)?randomUUID|uuid(?:v4)?|nanoid)$|\.(?:toString|toISOString|getTime)$/.test(node.expression.getText().replace(/\s/g, '')) && node.arguments.every(isHarmless) && (!ts.isPropertyAccessExpression(node.expression) || isHarmless(node.expression.expression));
}
