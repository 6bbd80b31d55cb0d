/**
 * A loop's body cut in two: what decides and computes the command of a turn, and what is done with its reply. All commands are
 * sent between the two. Undefined wherever that could be seen in what the program does, errors of a command aside:
 *
 * - the first part may not need what the second does, nor the second see the first run ahead;
 * - no reply may end the loop; what is waited for between the commands stays in the second part, and then reads alone are sent ahead,
 *   and no key that another turn writes there.
 */
import ts from 'typescript';
import { contains, some } from '../../facts/code/ast.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { jumpsOf, tiesOf } from '../text/jumps.ts';
import type { Awaits, Candidate } from './candidates.ts';
import { effectsOf, isTotal, meet, symbolOfUse, type Effects, type Root, type Scope } from './effects.ts';
import { labels, type Header } from './header.ts';
import { haveDisjointKeys, leadsToRedis } from './hazards.ts';
import { shareKeyOfTurn } from './unique-items.ts';

export type Zone = 'before' | 'inside' | 'after';

/** A statement of the second part, one that holds a command among them; `inside` the `try`, where there is one. */
export interface PostItem {
  statement: ts.Statement;
  zone: Zone;
}

/** Statements of the first part; those of the next level are within the `if`. */
export interface Level {
  /** In the order of the source, those that hold the commands among them: there they are queued. */
  statements: readonly ts.Statement[];
  condition?: ts.IfStatement;
}

export interface Split {
  header: Header;
  levels: readonly Level[];
  /** What is sent for one item, in order. */
  batch: readonly Candidate[];
  post: readonly PostItem[];
  tryStatement: ts.TryStatement | undefined;
  /** Variables of the turn that the second part reads, in order of their use. */
  captures: readonly ts.Symbol[];
  /** The first part is nothing but the commands. */
  isBare: boolean;
  checker: ts.TypeChecker;
}

interface Item extends PostItem {
  state: 'free' | 'pre' | 'post' | 'batch';
  candidates: readonly Candidate[];
}

export function splitLoop(header: Header, awaits: Awaits, workspace: Workspace): Split | undefined {
  const { node } = header;
  const { checker } = workspace;
  const scope: Scope = { checker, commands: new Set(awaits.candidates.map(({ call }) => call.node)) };
  if (ts.isDoStatement(node) || awaits.strays.length > 0) return undefined;
  const ties = tiesOf([node.statement]);
  if (ties.has('return') || ties.has('yield')) return undefined;

  const { outer, items, tryStatement } = flatten(node.statement, awaits);
  const batch = classify(items, awaits, scope);
  const [first] = batch;
  if (!first) return undefined;
  if (tryStatement && batch.length > 1 && batch.some(({ reads }) => !reads)) return undefined;

  const firstBatch = items.findIndex(({ state }) => state === 'batch');
  const guards = items.filter((item, index) => item.state === 'free' && index < firstBatch && leavesTurn(item.statement));
  const lastGuard = guards.at(-1);
  if (lastGuard) for (const item of items.slice(0, items.indexOf(lastGuard) + 1)) item.state = 'pre';
  takeNeeded(items, header, outer, batch, scope);

  const preStatements = [...outer.flatMap(({ statements }) => statements), ...statementsIn(items, 'pre')];
  const writes = batch.some(({ reads }) => !reads);
  if (preStatements.some((statement) => hasOwnAwait(statement) || (writes && throws(statement)) || jumpsFurther(statement, header))) return undefined;
  if (tryStatement && !items.every(({ state, zone, statement }) => zone !== 'inside' || state !== 'pre' || (isTotal(statement) && !(tryStatement.finallyBlock && leavesTurn(statement))))) return undefined;
  if (tryStatement && !batch.every(({ promise, helper }) => helper || argumentsOf(promise).every(isTotal))) return undefined;

  const post = items.filter(({ state }) => state === 'post' || state === 'batch');
  const postNodes: ts.Node[] = [...post.filter(({ statement }) => !isSent(statement, batch)).map(({ statement }) => statement), ...(tryStatement ? [tryStatement.catchClause, tryStatement.finallyBlock].filter((one) => one !== undefined) : [])];
  if (postNodes.some(leavesLoop) || (writes && postNodes.some(throws))) return undefined;
  if (!mayWaitLater(postNodes, batch, awaits, header, workspace)) return undefined;

  const sent = new Set<ts.Node>(batch.map(({ awaited }) => awaited));
  const preEffects = effectsOf([...headParts(header), ...outer.flatMap(({ condition }) => (condition ? [condition.expression] : [])), ...preStatements, ...batch.map(({ promise }) => promise)], scope);
  const postEffects = effectsOf(postNodes, scope, sent);
  const inTurn = (root: Root): boolean => typeof root !== 'string' && declaredWithin(root, node);
  if (meet(outside(postEffects, inTurn), preEffects.reads)) return undefined;
  if (meet(outside(preEffects, inTurn), new Set([...postEffects.reads, ...postEffects.rebinds, ...postEffects.mutates]))) return undefined;

  const captures = capturesOf(postNodes, sent, node, scope);
  if (captures.some((symbol) => postEffects.rebinds.has(symbol))) return undefined;
  const innermost: Level = { statements: items.filter(({ state }) => state === 'pre' || state === 'batch').map(({ statement }) => statement) };
  const levels = [...outer, innermost];
  const isBare = outer.length === 0 && innermost.statements.every((statement) => batch.some(({ awaited }) => contains(statement, awaited)));
  return { header, levels, batch, post: post.map(({ statement, zone }) => ({ statement, zone })), tryStatement, captures, isBare, checker };
}

/** Down through a block, an `if` that ends the body, one `try`: to the statements among which the first command is. */
function flatten(body: ts.Statement, awaits: Awaits): { outer: Level[]; items: Item[]; tryStatement: ts.TryStatement | undefined } {
  const outer: Level[] = [];
  const holds = (node: ts.Node | undefined): boolean => node !== undefined && awaits.candidates.some(({ awaited }) => contains(node, awaited));
  let level = statementsOf(body);
  for (;;) {
    const at = level.findIndex(holds);
    const holder = level[at];
    if (holder && ts.isBlock(holder) && level.length === 1) level = [...holder.statements];
    else if (holder && ts.isIfStatement(holder) && at === level.length - 1 && !holder.elseStatement && !holds(holder.expression)) {
      outer.push({ statements: level.slice(0, at), condition: holder });
      level = statementsOf(holder.thenStatement);
    } else if (holder && ts.isTryStatement(holder) && !holds(holder.catchClause) && !holds(holder.finallyBlock)) {
      const zones: [readonly ts.Statement[], Zone][] = [[level.slice(0, at), 'before'], [holder.tryBlock.statements, 'inside'], [level.slice(at + 1), 'after']];
      return { outer, items: zones.flatMap(([statements, zone]) => statements.map((statement) => item(statement, zone))), tryStatement: holder };
    } else return { outer, items: level.map((statement) => item(statement, 'inside')), tryStatement: undefined };
  }

  function item(statement: ts.Statement, zone: Zone): Item {
    return { statement, zone, state: 'free', candidates: awaits.candidates.filter(({ awaited }) => contains(statement, awaited)) };
  }
}

/** Finds what is sent together, and marks all that needs a reply, or comes after something that is waited for, as the second part. */
function classify(items: readonly Item[], awaits: Awaits, scope: Scope): Candidate[] {
  const batch: Candidate[] = [];
  const tainted = new Set<Root>();
  let barrier = false;
  let acted = false;
  for (const item of items) {
    const { statement, candidates } = item;
    const others = awaits.others.filter((other) => contains(statement, other));
    const effects = effectsOf([statement], scope);
    const dependent = meet(effects.reads, tainted);
    if (candidates.length > 0 && !barrier && item.zone !== 'after') {
      const isFirst = ({ awaited }: Candidate): boolean => others.every((other) => contains(other, awaited) || awaited.end <= other.getStart());
      const isIndependent = ({ promise }: Candidate): boolean => !meet(effectsOf([promise], scope).reads, tainted) && !nests(promise, candidates);
      const end = candidates.findIndex((one) => !(isFirst(one) && isIndependent(one) && isUnconditional(one.awaited, statement) && (one.reads || !acted)));
      const taken = end === -1 ? candidates : candidates.slice(0, end);
      item.state = taken.length > 0 ? 'batch' : 'post';
      batch.push(...taken);
      barrier = taken.length < candidates.length || others.length > 0;
    } else if (candidates.length > 0 || others.length > 0) {
      barrier = true;
      item.state = 'post';
    } else if (dependent || barrier || (batch.length > 0 && leavesTurn(statement))) {
      item.state = 'post';
      barrier ||= leavesTurn(statement);
    }
    if (item.state === 'free') continue;
    if (item.state === 'post') acted ||= effects.opaque || effects.mutates.size > 0;
    for (const root of [...effects.rebinds, ...effects.mutates]) tainted.add(root);
    for (const name of declaredNames(statement, scope.checker)) tainted.add(name);
  }
  return batch;
}

/** Moves into the first part what the commands, the guards and the header need; the rest goes with the replies. */
function takeNeeded(items: readonly Item[], header: Header, outer: readonly Level[], batch: readonly Candidate[], scope: Scope): void {
  const needed = new Set<Root>();
  const need = (nodes: readonly ts.Node[]): void => effectsOf(nodes, scope).reads.forEach((root) => needed.add(root));
  need(batch.map(({ promise }) => promise));
  need(headParts(header).filter((part) => part !== header.list));
  need(outer.flatMap(({ statements }) => statements));
  need(statementsIn(items, 'pre'));
  for (let size = -1; size !== needed.size; ) {
    size = needed.size;
    for (const item of items.toReversed()) {
      if (item.state !== 'free') continue;
      const effects = effectsOf([item.statement], scope);
      const gives = new Set<Root>([...effects.rebinds, ...effects.mutates, ...declaredNames(item.statement, scope.checker)]);
      if (!meet(gives, needed)) continue;
      item.state = 'pre';
      need([item.statement]);
    }
  }
  for (const item of items) if (item.state === 'free') item.state = 'post';
}

/** Whether what the second part waits for may come after all commands: only where those read, and no key that another turn writes. */
function mayWaitLater(postNodes: readonly ts.Node[], batch: readonly Candidate[], awaits: Awaits, header: Header, workspace: Workspace): boolean {
  const within = (node: ts.Node): boolean => postNodes.some((post) => contains(post, node));
  const later = awaits.candidates.filter((candidate) => !batch.includes(candidate) && within(candidate.awaited));
  const others = awaits.others.filter(within);
  if (later.length === 0 && others.length === 0) return true;
  if (batch.some(({ reads }) => !reads)) return false;
  if (others.some((other) => leadsToRedis(other, workspace))) return false;
  return later.every(({ call, reads }) => reads || batch.every((one) => haveDisjointKeys(one.call, call) || shareKeyOfTurn(one.call, call, header, workspace)));
}

function capturesOf(nodes: readonly ts.Node[], sent: ReadonlySet<ts.Node>, loop: ts.Node, scope: Scope): ts.Symbol[] {
  const found = new Set<ts.Symbol>();
  for (const root of effectsOf(nodes, scope, sent).reads) {
    if (typeof root === 'string' || !declaredWithin(root, loop)) continue;
    if (!root.declarations?.some((declaration) => nodes.some((node) => contains(node, declaration)))) found.add(root);
  }
  return [...found];
}

/** `await redis.set(k, v);`: nothing is left of it once the command is sent. */
export function isSent(statement: ts.Statement, batch: readonly Candidate[]): boolean {
  return ts.isExpressionStatement(statement) && batch.some(({ awaited }) => statement.expression === awaited);
}

/** The header's own expressions. */
function headParts({ node, list }: Header): ts.Node[] {
  if (ts.isForStatement(node)) return [node.initializer, node.condition, node.incrementor].filter((part) => part !== undefined);
  if (ts.isForInStatement(node)) return [node.expression];
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return [node.expression];
  return list ? [list] : [];
}

export function statementsOf(body: ts.Statement): ts.Statement[] {
  return ts.isBlock(body) ? [...body.statements] : [body];
}

const statementsIn = (items: readonly Item[], state: Item['state']): ts.Statement[] => items.filter((item) => item.state === state).map(({ statement }) => statement);

const outside = ({ rebinds, mutates }: Effects, inTurn: (root: Root) => boolean): Set<Root> => new Set([...rebinds, ...mutates].filter((root) => !inTurn(root)));

const declaredWithin = (symbol: ts.Symbol, loop: ts.Node): boolean => symbol.declarations?.some((declaration) => contains(loop, declaration)) ?? false;

function declaredNames(statement: ts.Statement, checker: ts.TypeChecker): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  some(statement, (node) => {
    const symbol = ts.isIdentifier(node) && (ts.isVariableDeclaration(node.parent) || ts.isBindingElement(node.parent)) && node.parent.name === node ? symbolOfUse(node, checker) : undefined;
    if (symbol) found.push(symbol);
    return false;
  });
  return found;
}

function hasOwnAwait(node: ts.Node): boolean {
  return ts.isAwaitExpression(node) || some(node, (one) => ts.isAwaitExpression(one) || (ts.isForOfStatement(one) && one.awaitModifier !== undefined), true);
}

const throws = (node: ts.Node): boolean => ts.isThrowStatement(node) || some(node, ts.isThrowStatement, true);
const leavesTurn = (statement: ts.Node): boolean => jumpsOf(statement).length > 0 || throws(statement);
/** A `break`, or a jump to a loop further out. */
const leavesLoop = (node: ts.Node): boolean => jumpsOf(node).some((jump) => ts.isBreakStatement(jump) || jump.label !== undefined);
/** `continue outer`: what is queued so far would not be sent. */
const jumpsFurther = (node: ts.Node, header: Header): boolean => jumpsOf(node).some(({ label }) => label !== undefined && !labels(header, label.text));
const nests = (promise: ts.Node, candidates: readonly Candidate[]): boolean => candidates.some(({ awaited }) => contains(promise, awaited));

function argumentsOf(promise: ts.Expression): readonly ts.Expression[] {
  return ts.isCallExpression(promise) ? promise.arguments : [promise];
}

/** Evaluated whenever its statement is, once. */
function isUnconditional(node: ts.Node, statement: ts.Statement): boolean {
  for (let at = node; at !== statement; at = at.parent) {
    const { parent } = at;
    if (ts.isConditionalExpression(parent) && at !== parent.condition) return false;
    if (ts.isBinaryExpression(parent) && at === parent.right && /^(?:&&|\|\||\?\?)/.test(parent.operatorToken.getText())) return false;
    if (ts.isIfStatement(parent) && at !== parent.expression) return false;
    if (ts.isSwitchStatement(parent) && at !== parent.expression) return false;
    if (ts.isTryStatement(parent) || ts.isIterationStatement(parent, false) || ts.isFunctionLike(parent)) return false;
    if (ts.isOptionalChain(parent) && ts.isCallExpression(parent) && at !== parent.expression) return false;
    if (ts.isBlock(parent) && parent.parent !== statement.parent && ts.isIfStatement(parent.parent)) return false;
  }
  return true;
}
