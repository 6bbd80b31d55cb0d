/** What is done with a client that a function makes for itself, and what of it goes when a shared one takes its place. */
import ts from 'typescript';
import { isFunctionWithBody, methodOf, unwrap, wrapped } from '../../facts/ast.ts';
import { referencesTo } from '../../facts/references.ts';
import { calledUnit, deepest } from '../../workspace/call-index.ts';

const closers = new Set(['quit', 'disconnect', 'close', 'destroy', 'end', 'QUIT']);
/** A connection that does this serves its caller alone. */
const dedicating = /^(?:[ps]?(?:un)?subscribe|monitor|watch|unwatch|b(?:l|r|z)(?:pop|move|mpop|poplpush)\w*|bzpop\w*|xread(?:group)?)$/i;
/** It changes the connection for everybody. */
const changing = /^(?:select|auth|hello|readonly|readwrite|reset|client|asking|client\w+)$/i;

export interface Uses {
  /** Mentions that stay: where the variable goes, they name the shared client. */
  kept: ts.Identifier[];
  /** Whole statements that go: `await client.connect()`, `client.on('error', …)`, `await client.quit()`. */
  removed: ts.Statement[];
  /** `return p.finally(() => client.quit())`: the part after `p` goes. */
  unfinished: ts.CallExpression[];
  /** `return client`, `return client.connect()`: what a helper hands to its callers. */
  returned: ts.Expression[];
  /** It blocks, listens or watches: it needs a connection of its own. */
  dedicated: boolean;
}

/** Undefined where something is done that a shared client does not stand. */
export function usesOf(mentions: readonly ts.Expression[], checker: ts.TypeChecker, depth = 0): Uses | undefined {
  const uses: Uses = { kept: [], removed: [], unfinished: [], returned: [], dedicated: false };
  for (const mention of mentions) if (!note(mention, uses, checker, depth)) return undefined;
  return uses;
}

function note(mention: ts.Expression, uses: Uses, checker: ts.TypeChecker, depth: number): boolean {
  const value = wrapped(mention);
  const { parent } = value;
  const keep = (): true => {
    if (ts.isIdentifier(mention)) uses.kept.push(mention);
    return true;
  };
  if (ts.isPropertyAccessExpression(parent) && parent.expression === value) {
    const call = ts.isCallExpression(parent.parent) && parent.parent.expression === parent ? parent.parent : undefined;
    if (!call) return keep();
    const method = parent.name.text;
    if (closers.has(method)) return noteEnd(call, uses);
    if (method === 'connect') return noteConnect(call, uses);
    if (/^(?:on|once|addListener)$/.test(method)) return noteListener(call, uses);
    if (changing.test(method) || /^(?:off|removeListener|removeAllListeners|unref|ref|defineCommand)$/.test(method)) return false;
    if (isDedicating(method, call)) uses.dedicated = true;
    return keep();
  }
  if (isReturned(value)) {
    uses.returned.push(value);
    return keep();
  }
  if (ts.isAwaitExpression(parent) && isReturned(wrapped(parent))) {
    uses.returned.push(value);
    return keep();
  }
  if (isCondition(value)) return keep();
  if (ts.isCallExpression(parent) && parent.arguments.includes(value)) return isBorrowed(parent, parent.arguments.indexOf(value), checker, depth) && keep();
  return false;
}

/** XREAD blocks only where it says so; ioredis sends MULTI and what follows one by one where it is told not to queue them. */
function isDedicating(method: string, call: ts.CallExpression): boolean {
  const says = (what: RegExp): boolean => call.arguments.some((argument) => what.test(argument.getText()));
  if (method === 'multi') return says(/\bpipeline\s*:\s*false\b/);
  return dedicating.test(method) && (!/^xread/i.test(method) || says(/\bBLOCK\b/i));
}

function noteEnd(call: ts.CallExpression, uses: Uses): boolean {
  const outer = settled(call);
  const callback = callbackAround(outer);
  if (callback) {
    const around = callback.parent;
    if (!ts.isCallExpression(around)) return false;
    const method = methodOf(around);
    if (method?.name === 'finally') {
      uses.unfinished.push(around);
      return true;
    }
    const statement = statementOf(settled(around));
    const isEvent = (method !== undefined && /^(?:on|once|addListener)$/.test(method.name)) || around.expression.getText() === 'setTimeout';
    if (!isEvent || !statement) return false;
    uses.removed.push(statement);
    return true;
  }
  return removeStatementOf(outer, uses);
}

function noteConnect(call: ts.CallExpression, uses: Uses): boolean {
  const outer = settled(call);
  if (isReturned(wrapped(outer))) {
    uses.returned.push(call);
    const target = unwrap((call.expression as ts.PropertyAccessExpression).expression);
    if (ts.isIdentifier(target)) uses.kept.push(target);
    return true;
  }
  return removeStatementOf(outer, uses);
}

/** The shared client has its own listener for errors; any other event may be of consequence. */
function noteListener(call: ts.CallExpression, uses: Uses): boolean {
  const event = call.arguments[0];
  return event !== undefined && ts.isStringLiteralLike(event) && event.text === 'error' && removeStatementOf(settled(call), uses);
}

function removeStatementOf(expression: ts.Expression, uses: Uses): boolean {
  let statement: ts.Statement | undefined = statementOf(expression);
  if (!statement) return false;
  // `if (!client.isOpen) await client.connect();`
  for (let around = soleStatementIn(statement); around; around = soleStatementIn(around)) {
    if (!/\b(?:isOpen|isReady|status|connected)\b/.test(around.expression.getText()) && !ts.isIdentifier(unwrap(around.expression))) return false;
    statement = around;
  }
  uses.removed.push(statement);
  return true;
}

/** The `if` without `else` whose only statement this is. */
function soleStatementIn(statement: ts.Statement): ts.IfStatement | undefined {
  const body = ts.isBlock(statement.parent) && statement.parent.statements.length === 1 ? statement.parent : statement;
  return ts.isIfStatement(body.parent) && body.parent.thenStatement === body && !body.parent.elseStatement ? body.parent : undefined;
}

/** `await`, `void`, parentheses and a `.catch(…)` around a call. */
function settled(call: ts.Expression): ts.Expression {
  let outer: ts.Expression = call;
  for (;;) {
    const { parent } = outer;
    if (ts.isAwaitExpression(parent) || ts.isVoidExpression(parent) || ts.isParenthesizedExpression(parent)) outer = parent;
    else if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'catch' && ts.isCallExpression(parent.parent)) outer = parent.parent;
    else return outer;
  }
}

const statementOf = (expression: ts.Expression): ts.ExpressionStatement | undefined => (ts.isExpressionStatement(expression.parent) ? expression.parent : undefined);

/** The callback that does nothing else: `() => client.quit()`, `async () => { await client.quit(); }`. */
function callbackAround(expression: ts.Expression): ts.FunctionLikeDeclaration | undefined {
  const { parent } = expression;
  if (ts.isArrowFunction(parent) && parent.body === expression) return parent;
  if (!ts.isExpressionStatement(parent) && !ts.isReturnStatement(parent)) return undefined;
  const block = parent.parent;
  if (!ts.isBlock(block) || block.statements.length !== 1) return undefined;
  const fn = block.parent;
  return (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) && ts.isCallExpression(fn.parent) ? fn : undefined;
}

function isReturned(value: ts.Expression): boolean {
  return ts.isReturnStatement(value.parent) || (ts.isArrowFunction(value.parent) && value.parent.body === value);
}

function isCondition(value: ts.Expression): boolean {
  const { parent } = value;
  return ((ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) && (parent as ts.IfStatement).expression === value) || (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken);
}

/** Given to a function of the project that neither closes nor keeps nor changes it. */
function isBorrowed(call: ts.CallExpression, index: number, checker: ts.TypeChecker, depth: number): boolean {
  const unit = depth < deepest ? calledUnit(call, checker) : undefined;
  const parameter = unit && isFunctionWithBody(unit) ? unit.parameters[index] : undefined;
  if (!unit || !parameter || !ts.isIdentifier(parameter.name) || parameter.dotDotDotToken) return false;
  const uses = usesOf(referencesTo(parameter.name, checker), checker, depth + 1);
  return uses !== undefined && !uses.dedicated && uses.removed.length === 0 && uses.unfinished.length === 0 && uses.returned.length === 0;
}
