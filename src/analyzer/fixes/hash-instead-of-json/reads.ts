/** A GET whose text is only parsed: what of it has to be written anew, or why it cannot be. */
import ts from 'typescript';
import { contains, enclosingFunction, methodOf, unwrap, walk, wrapped } from '../../facts/code/ast.ts';
import { isFieldAccess, textUse, type TextUse } from '../../facts/values/json-read.ts';
import type { KeyAccess } from '../../facts/values/json-accesses.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { referencesTo } from '../../facts/code/references.ts';
import { replyTaker } from '../../facts/calls/use.ts';
import { commentsIn } from '../text/comments.ts';
import { isReassigned } from '../text/variables.ts';
import type { Obstacle } from './obstacle.ts';
import { isWholeClient } from './target.ts';

export type ParseUse = Extract<TextUse, { kind: 'parse' }>;

/** Every mention of the variable that held the text. */
export interface TextReference {
  name: ts.Identifier;
  use: TextUse;
}

export interface PlannedRead {
  call: RedisCall;
  node: ts.CallExpression;
  /** What GET is called on. */
  target: ts.Expression;
  key: ts.Expression;
  /** `JSON.parse(await redis.get(key))`, or through a variable (a parameter of `.then`'s callback). */
  form: { kind: 'direct'; parse: ParseUse } | VariableRead;
}

export interface VariableRead {
  kind: 'variable';
  name: ts.Identifier;
  /** `const raw: string | null` */
  annotation: ts.TypeNode | undefined;
  references: readonly TextReference[];
  /** `const user = JSON.parse(raw)`, the only parse: `user` then takes the place of `raw`. */
  object: { name: ts.Identifier; statement: ts.VariableStatement } | undefined;
}

export function planRead(access: KeyAccess, checker: ts.TypeChecker): PlannedRead | Obstacle {
  const { call, wrappers, listed } = access;
  const { node, args, use } = call;
  const site = wrappers.at(-1);
  if (site) return { node: site, reason: 'reads it through a wrapper that reads other values too' };
  if (listed || !ts.isCallExpression(node)) return { node: call.nameNode, reason: 'reads it among other keys' };
  const [key] = args.list;
  const method = methodOf(node);
  if (use.kind === 'queued') return { node: call.nameNode, reason: 'reads it in a queue' };
  const isPlain = call.spelling === 'raw' ? args.list.length === 1 : node.arguments.length === 1 && call.spelling !== 'alias';
  if (!key || !isPlain || !method || call.callback || ts.isOptionalChain(node) || /Buffer$/.test(method.name)) {
    return { node: call.nameNode, reason: 'reads it in a form that cannot be written anew' };
  }
  if (!isWholeClient(method.target, checker)) return { node: method.target, reason: 'uses a client of a type of its own' };
  if (hasLooseComments(node, [key], method.nameNode.getStart())) return { node: call.nameNode, reason: 'has a comment between its arguments' };
  const planned = { call, node, target: method.target, key };
  const awaited = wrapped(node).parent;
  if (use.kind !== 'awaited' || !ts.isAwaitExpression(awaited)) {
    const name = thenParameter(node);
    return name ? withForm(planned, variableRead(name, checker)) : { node: call.nameNode, reason: 'hands the text on' };
  }
  if (!use.target) {
    const parse = textUse(use.value, checker);
    if (parse.kind !== 'parse') return { node: call.nameNode, reason: 'uses the text as it is' };
    if (hasLooseComments(parse.value, [key])) return { node: parse.value, reason: 'has a comment in the parsing' };
    if (parse.fallback && !isPlainText(parse.fallback)) return { node: parse.fallback, reason: 'parses another text where there is none' };
    return { ...planned, form: { kind: 'direct', parse } };
  }
  const declared = ts.isIdentifier(use.target) && ts.isVariableDeclaration(use.target.parent) && use.target.parent.initializer === use.value ? use.target : undefined;
  return declared ? withForm(planned, variableRead(declared, checker)) : { node: use.target, reason: 'keeps the text in a way that cannot be followed' };
}

/** Comments in a node that are in none of the parts that stay. */
export function hasLooseComments(node: ts.Node, kept: readonly ts.Node[], start = node.getStart()): boolean {
  const sourceFile = node.getSourceFile();
  return commentsIn(sourceFile, { start, end: node.end }).some((comment) => !kept.some((one) => comment.pos >= one.getStart(sourceFile) && comment.end <= one.end));
}

function withForm(planned: Omit<PlannedRead, 'form'>, form: VariableRead | Obstacle): PlannedRead | Obstacle {
  return 'reason' in form ? form : { ...planned, form };
}

/** `'{}'`: a text that is known. */
function isPlainText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(unwrap(node));
}

/** `redis.get(key).then((raw) => …)` */
function thenParameter(node: ts.CallExpression): ts.Identifier | undefined {
  const name = replyTaker(node)?.reply;
  return name && ts.isIdentifier(name) && !(name.parent as ts.ParameterDeclaration).initializer ? name : undefined;
}

function variableRead(name: ts.Identifier, checker: ts.TypeChecker): VariableRead | Obstacle {
  if (isReassigned(name, checker)) return { node: name, reason: 'keeps other texts in the same variable' };
  const references: TextReference[] = [];
  for (const reference of referencesTo(name, checker)) {
    const use = textUse(wrapped(reference), checker);
    if (use.kind === 'other') return { node: reference, reason: 'uses the text as it is' };
    if (use.kind === 'parse' && use.fallback) return { node: reference, reason: 'parses another text where there is none' };
    if (use.kind === 'parse' && hasLooseComments(use.value, [])) return { node: use.value, reason: 'has a comment in the parsing' };
    references.push({ name: reference, use });
  }
  const parses = references.flatMap(({ use }) => (use.kind === 'parse' ? [use] : []));
  const [first] = parses;
  if (!first) return { node: name, reason: 'asks only whether there is a text' };
  const shared = parses.find((parse) => (parses.length > 1 || isRepeated(parse.value, name)) && !isFieldAccess(parse.value));
  if (shared) return { node: shared.value, reason: 'parses the text several times, each time into an object of its own' };
  const apart = parses.find((parse) => tryAround(parse.value) !== tryAround(name));
  if (apart) return { node: apart.value, reason: 'catches what its parsing throws' };
  const annotation = (name.parent as ts.VariableDeclaration | ts.ParameterDeclaration).type;
  return { kind: 'variable', name, annotation, references, object: parsedObject(name, references, checker) };
}

/** Run more than once for one text: in a loop or a function further in. */
function isRepeated(value: ts.Node, name: ts.Identifier): boolean {
  const scope = enclosingFunction(name);
  for (let at = value.parent; at !== scope; at = at.parent) {
    if (ts.isFunctionLike(at)) return true;
    if (ts.isIterationStatement(at, false) && !contains(at, name)) return true;
  }
  return false;
}

/** The nearest `try` of the function that catches what a node throws. */
function tryAround(node: ts.Node): ts.TryStatement | undefined {
  const scope = enclosingFunction(node);
  for (let at = node; at !== scope && at.parent; at = at.parent) if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause) return at.parent;
  return undefined;
}

/** Where the one parse makes a constant of its own, and its name means nothing else in the function. */
function parsedObject(name: ts.Identifier, references: readonly TextReference[], checker: ts.TypeChecker): VariableRead['object'] {
  const [only, ...more] = references.filter(({ use }) => use.kind === 'parse');
  if (!only || more.length > 0 || only.use.kind !== 'parse') return undefined;
  const value = wholeOf(only.use.value, name.text);
  const declaration = value.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer !== value || !ts.isIdentifier(declaration.name)) return undefined;
  const list = declaration.parent;
  const statement = list.parent;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length > 1 || !ts.isVariableStatement(statement) || hasLooseComments(statement, [])) return undefined;
  const scope = enclosingFunction(name);
  if (enclosingFunction(declaration) !== scope || isReassigned(declaration.name, checker)) return undefined;
  return isOnlyName(declaration.name, scope, checker) ? { name: declaration.name, statement } : undefined;
}

/** `raw ? JSON.parse(raw) : null`, `raw && JSON.parse(raw)`: null where the text is, else the object. */
export function wholeOf(value: ts.Expression, text: string): ts.Expression {
  const { parent } = value;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && parent.right === value && unwrap(parent.left).getText() === text) return wrapped(parent);
  if (!ts.isConditionalExpression(parent) || parent.condition === value || !isAbout(parent.condition, text)) return value;
  const other = unwrap(parent.whenTrue === value ? parent.whenFalse : parent.whenTrue);
  return other.kind === ts.SyntaxKind.NullKeyword ? wrapped(parent) : value;
}

/** `raw`, `!raw`, `raw === null`, `raw != null` */
export function isAbout(condition: ts.Expression, name: string): boolean {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node)) return isAbout(node.operand, name);
  if (ts.isBinaryExpression(node) && /^[!=]==?$/.test(node.operatorToken.getText())) return unwrap(node.left).getText() === name || unwrap(node.right).getText() === name;
  return node.getText() === name;
}

/** Whether every identifier of that text within a function is this variable. */
function isOnlyName(name: ts.Identifier, scope: ts.Node, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  let only = true;
  walk(scope, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text || (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) return undefined;
    if ((ts.isPropertyAssignment(node.parent) || ts.isPropertySignature(node.parent)) && node.parent.name === node) return undefined;
    const own = ts.isShorthandPropertyAssignment(node.parent) ? checker.getShorthandAssignmentValueSymbol(node.parent) : checker.getSymbolAtLocation(node);
    only &&= own === symbol;
    return undefined;
  });
  return only;
}
