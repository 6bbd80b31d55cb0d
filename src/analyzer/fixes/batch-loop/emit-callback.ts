/**
 * The loop's own body as the callback of `map`, its `try` and all, where each turn's end may come as soon as its reply does:
 *
 * - replies come in the order of the commands, so that what the turns do with them comes in the order of the loop;
 * - nothing is thrown outside of the `try`, so that no turn ends the others;
 * - what the turns share may be changed from within a callback, as the compiler sees it too.
 */
import ts from 'typescript';
import { keepsOrder } from '../../dialects/write/batch.ts';
import { contains, methodOf, some, unwrap, walk } from '../../facts/code/ast.ts';
import { jumpsOf } from '../text/jumps.ts';
import { sourceText, type Lines } from '../text/lines.ts';
import { mayBeInCallback } from './closures.ts';
import { addStatement, dangling } from './code.ts';
import type { Context, List } from './context.ts';
import { effectsOf, isChanging, isPureCall, rootOf } from './effects.ts';
import { listText } from './header.ts';
import { listOf, parameterFor } from './loops.ts';
import { statementsOf, type Split } from './split.ts';

/** The lines that replace the loop; undefined where its body cannot be a callback. @param list what it walks, where that has a name already */
export function emitCallback(split: Split, context: Context, list: List | undefined): Lines | undefined {
  const { header, batch, tryStatement } = split;
  const body = header.node.statement;
  const [command, ...more] = batch;
  if (!tryStatement?.catchClause || !command?.direct || more.length > 0 || !keepsOrder(command.call)) return undefined;
  if (!header.list || !header.binding || !ts.isForOfStatement(header.node) || header.node.awaitModifier) return undefined;
  if (waitsElse(body, command.awaited) || !mayBeInCallback([body], header, split.checker) || !mayShare(split)) return undefined;
  if (readsEarly(body, command.awaited, split)) return undefined;
  const jumps = jumpsOf(body);
  if (jumps.some((jump) => ts.isBreakStatement(jump) || jump.label) || !isQuietAround(body, tryStatement.tryBlock)) return undefined;
  const parameter = parameterFor(split, [body], []);
  const walked = mapHead(split, context, list);
  if (parameter === undefined || !walked) return undefined;
  const lines: (string | Lines)[] = [];
  for (const statement of statementsOf(body)) {
    const own = jumps.filter((jump) => contains(statement, jump));
    addStatement(lines, statement, own.map((jump) => ({ start: jump.getStart(), end: jump.getStart() + 'continue'.length, text: 'return' })));
  }
  const comma = context.style.trailingCommas ? ',' : '';
  return [...walked.lines, 'await Promise.all(', [`${walked.head}async (${parameter}) => {`, [...lines, ...dangling(body)], `})${comma}`], ');'];
}

function mapHead(split: Split, context: Context, list: List | undefined): { lines: Lines; head: string } | undefined {
  const { header } = split;
  if (list) return { lines: [], head: `${list.text}.map(` };
  if (!header.list) return undefined;
  if (!header.isArray) return { lines: [], head: `Array.from(${sourceText(header.list)}, ` };
  if (!ts.isAwaitExpression(header.list)) return { lines: [], head: `${listText(header.list)}.map(` };
  const made = listOf(split, context);
  return made && { lines: made.lines, head: `${made.list.text}.map(` };
}

function waitsElse(body: ts.Node, awaited: ts.AwaitExpression): boolean {
  return some(body, (node) => (ts.isAwaitExpression(node) && node !== awaited) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined), true);
}

/** `total += await …` reads the total before it waits: what another turn adds meanwhile would be lost. */
function readsEarly(body: ts.Node, awaited: ts.AwaitExpression, { checker }: Split): boolean {
  const { rebinds, mutates } = effectsOf([body], { checker, commands: new Set() });
  let statement: ts.Node = awaited;
  while (!ts.isStatement(statement)) statement = statement.parent;
  return some(statement, (node) => {
    if (node.end > awaited.getStart() || (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node))) return false;
    const root = rootOf(node, checker);
    return root !== undefined && (rebinds.has(root) || mutates.has(root)) && !isWritten(node, awaited);
  });
}

/** `list.push(await …)`, `out[id] = await …`: named before it waits, looked into after. */
function isWritten(node: ts.Node, awaited: ts.Node): boolean {
  const { parent } = node;
  const isMember = (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === node;
  const at = isMember ? parent : node;
  const around = at.parent;
  if (ts.isBinaryExpression(around) && around.left === at) return around.operatorToken.kind === ts.SyntaxKind.EqualsToken && contains(around.right, awaited);
  return isMember && ts.isCallExpression(around) && around.expression === at && isChanging(methodOf(around)?.name ?? '');
}

/** A variable that a callback sets keeps, for the compiler, what it was set to outside; a list that starts empty has its type from what is put in where it stands. */
function mayShare({ header, checker }: Split): boolean {
  const body = header.node.statement;
  const { rebinds, reads } = effectsOf([body], { checker, commands: new Set() });
  const isOwn = (symbol: ts.Symbol): boolean => symbol.declarations?.some((declaration) => contains(header.node, declaration)) ?? false;
  const typeOf = (symbol: ts.Symbol): ts.Type | undefined => symbol.valueDeclaration && checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration);
  for (const root of rebinds) if (typeof root !== 'string' && !isOwn(root) && typeOf(root)?.isUnion() !== false) return false;
  return [...reads].every((root) => typeof root === 'string' || isOwn(root) || !root.valueDeclaration || !startsUntyped(root.valueDeclaration));
}

function startsUntyped(declaration: ts.Declaration): boolean {
  if (!ts.isVariableDeclaration(declaration) || declaration.type) return false;
  const value = declaration.initializer && unwrap(declaration.initializer);
  return value !== undefined && ts.isArrayLiteralExpression(value) && value.elements.length === 0 && /\.tsx?$/.test(declaration.getSourceFile().fileName);
}

/** Outside of the `try` block: nothing thrown, and no call of a function that may throw; what is printed or put into a list is not. */
function isQuietAround(body: ts.Node, tryBlock: ts.Block): boolean {
  let quiet = true;
  walk(body, (node) => {
    if (node === tryBlock) return false;
    if (ts.isThrowStatement(node) || ts.isTaggedTemplateExpression(node)) quiet = false;
    else if (ts.isNewExpression(node)) quiet &&= /^(?:Map|Set|Date|\w*Error)$/.test(node.expression.getText());
    else if (ts.isCallExpression(node)) quiet &&= isQuietCall(node);
    return undefined;
  });
  return quiet;
}

function isQuietCall(call: ts.CallExpression): boolean {
  if (isPureCall(call)) return call.expression.getText() !== 'JSON.parse';
  const name = methodOf(call)?.name ?? '';
  return isChanging(name) || /^(?:log|trace|debug|info|warn|error)$/.test(name);
}
