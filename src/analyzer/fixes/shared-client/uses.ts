/** What is done with a client that a function makes for itself, and what of it goes when a shared one takes its place. */
import ts from 'typescript';
import { isFunctionWithBody, methodOf, unwrap, wrapped } from '../../facts/code/ast.ts';
import { referencesTo } from '../../facts/code/references.ts';
import { deepest } from '../../facts/code/units.ts';
import { calledUnit, functionOf } from '../../workspace/callers.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isReturned } from './local.ts';
import { Refusal } from './refusal.ts';

const closers = new Set(['quit', 'disconnect', 'close', 'destroy', 'end', 'QUIT']);
/** A connection that does this serves its caller alone. */
const dedicating = /^(?:[ps]?(?:un)?subscribe|monitor|watch|unwatch|b(?:l|r|z)(?:pop|move|mpop|poplpush)\w*|bzpop\w*|xread(?:group)?)$/i;
/** It changes the connection for everybody. */
const changing = /^(?:select|auth|hello|readonly|readwrite|reset|client|asking|client\w+)$/i;

export interface Uses {
  /** Mentions that stay: where the variable goes, they name the shared client. */
  kept: ts.Expression[];
  /** Whole statements that go: `await client.connect()`, `client.on('error', …)`, `await client.quit()`. */
  removed: ts.Statement[];
  /** `return p.finally(() => client.quit())`: the part after `p` goes. */
  unfinished: ts.CallExpression[];
  /** `Promise.all([client.quit(), other.quit()])`: one of several. */
  elements: ts.Expression[];
  /** `return client`, `return client.connect()`: what a helper hands to its callers. */
  returned: ts.Expression[];
  /** It blocks, listens or watches: it needs a connection of its own. Then `removed` is its connecting alone, and all else stays. */
  dedicated: boolean;
}

/** What is done with the client, or what of it a shared client does not stand. */
export function usesOf(mentions: readonly ts.Expression[], workspace: Workspace, depth = 0): Uses | Refusal {
  const uses: Uses = { kept: [], removed: [], unfinished: [], elements: [], returned: [], dedicated: false };
  if (mentions.some((mention) => isDedicated(mention, workspace, depth))) return dedicatedUses(mentions, uses);
  for (const mention of mentions) {
    const refused = note(mention, uses, workspace, depth);
    if (refused !== undefined) return new Refusal(`\`${mention.getText()}\` ${refused}`, mention);
  }
  return uses;
}

function dedicatedUses(mentions: readonly ts.Expression[], uses: Uses): Uses | Refusal {
  uses.dedicated = true;
  for (const mention of mentions) {
    const call = callOn(wrapped(mention));
    if (call?.method === 'connect' && !removeStatementOf(settled(call.call), uses)) return new Refusal('it is connected in a way that Keyscope does not take apart', mention);
    if (call?.method !== 'connect') uses.kept.push(mention);
  }
  return uses;
}

/** `client.get(…)`: the method that is called on it. */
function callOn(value: ts.Expression): { method: string; call: ts.CallExpression } | undefined {
  const { parent } = value;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== value) return undefined;
  return ts.isCallExpression(parent.parent) && parent.parent.expression === parent ? { method: parent.name.text, call: parent.parent } : undefined;
}

function isDedicated(mention: ts.Expression, workspace: Workspace, depth: number): boolean {
  const value = wrapped(mention);
  const on = callOn(value);
  if (on) return isDedicating(on.method, on.call);
  const { parent } = value;
  if (!ts.isCallExpression(parent) || !parent.arguments.includes(value)) return false;
  return parametersGiven(parent, parent.arguments.indexOf(value), workspace, depth)?.some((name) => referencesTo(name, workspace.checker).some((one) => isDedicated(one, workspace, depth + 1))) ?? false;
}

/** @returns why it cannot be, as the end of a sentence that begins with the client */
function note(mention: ts.Expression, uses: Uses, workspace: Workspace, depth: number): string | undefined {
  const value = wrapped(mention);
  const { parent } = value;
  const keep = (): undefined => void uses.kept.push(mention);
  if (ts.isPropertyAccessExpression(parent) && parent.expression === value) {
    const on = callOn(value);
    if (!on) return keep();
    const { call, method } = on;
    if (closers.has(method)) return noteEnd(call, uses) ? undefined : 'is closed in a way that Keyscope does not take apart';
    if (method === 'connect') return noteConnect(call, uses) ? undefined : 'is connected in a way that Keyscope does not take apart';
    if (/^(?:on|once|addListener)$/.test(method)) return noteListener(call, uses) ? undefined : 'has a listener, which a shared client would gather';
    if (changing.test(method) || /^(?:off|removeListener|removeAllListeners|unref|ref|defineCommand)$/.test(method)) return `is changed for everybody by \`${method}\``;
    return keep();
  }
  if (isReturned(value) || (ts.isAwaitExpression(parent) && isReturned(wrapped(parent)))) {
    uses.returned.push(value);
    return keep();
  }
  if (isCondition(value)) return keep();
  if (ts.isCallExpression(parent) && parent.arguments.includes(value)) {
    return isBorrowed(parent, parent.arguments.indexOf(value), workspace, depth) ? keep() : `is given to \`${parent.expression.getText().slice(0, 40)}\`, which may close, keep or change it`;
  }
  return 'is kept, or handed on';
}

/** XREAD blocks only where it says so; ioredis sends MULTI and what follows one by one where it is told not to queue them. */
export function isDedicating(method: string, call: ts.CallExpression): boolean {
  const says = (what: RegExp): boolean => call.arguments.some((argument) => what.test(argument.getText()));
  if (method === 'multi') return says(/\bpipeline\s*:\s*false\b/);
  return dedicating.test(method) && (!/^xread/i.test(method) || says(/\bBLOCK\b/i));
}

function noteEnd(call: ts.CallExpression, uses: Uses): boolean {
  const outer = settled(call);
  const callback = callbackAround(outer);
  const list = listAround(outer);
  if (list) {
    if (list.elements.length === 1 && removeStatementOf(settled(list.parent as ts.CallExpression), uses)) return true;
    if (!ts.isExpressionStatement(settled(list.parent as ts.CallExpression).parent)) return false;
    uses.elements.push(outer);
    return true;
  }
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
    uses.kept.push(unwrap((call.expression as ts.PropertyAccessExpression).expression));
    return true;
  }
  return removeStatementOf(outer, uses);
}

/** The shared client has its own listener for errors; one that only logs what becomes of the connection goes with it. Any other may be of consequence. */
function noteListener(call: ts.CallExpression, uses: Uses): boolean {
  const [event, listener] = call.arguments;
  if (!event || !ts.isStringLiteralLike(event)) return false;
  const isOfConnection = /^(?:connect|ready|connecting|reconnecting|end|close|wait)$/.test(event.text) && listener !== undefined && onlyLogs(listener);
  return (event.text === 'error' || isOfConnection) && removeStatementOf(settled(call), uses);
}

function onlyLogs(listener: ts.Expression): boolean {
  if (!ts.isArrowFunction(listener) && !ts.isFunctionExpression(listener)) return false;
  const { body } = listener;
  const all = ts.isBlock(body) ? body.statements.map((one) => (ts.isExpressionStatement(one) ? one.expression : undefined)) : [body];
  return all.every((one) => one !== undefined && ts.isCallExpression(one) && /^(?:console|logger|log|this\.logger)\.(?:log|info|debug|warn|error)$/.test(one.expression.getText()));
}

/** The list of `Promise.all([…])` that an expression stands in. */
function listAround(expression: ts.Expression): ts.ArrayLiteralExpression | undefined {
  const list = expression.parent;
  if (!ts.isArrayLiteralExpression(list) || !ts.isCallExpression(list.parent) || list.parent.arguments[0] !== list) return undefined;
  return /^Promise\.(?:all|allSettled)$/.test(list.parent.expression.getText()) ? list : undefined;
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

function isCondition(value: ts.Expression): boolean {
  const { parent } = value;
  return ((ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) && (parent as ts.IfStatement).expression === value) || (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken);
}

/** Given to a function of the project that neither closes nor keeps nor changes it. */
function isBorrowed(call: ts.CallExpression, index: number, workspace: Workspace, depth: number): boolean {
  const names = parametersGiven(call, index, workspace, depth);
  return names !== undefined && names.every((name) => {
    const uses = usesOf(referencesTo(name, workspace.checker), workspace, depth + 1);
    return !(uses instanceof Refusal) && !uses.dedicated && [uses.removed, uses.unfinished, uses.elements, uses.returned].every((list) => list.length === 0);
  });
}

/**
 * The names under which an argument arrives: the parameter of the function that is called; where that function is a parameter itself
 * (`withRedis((client) => …)`), those of all that is ever given for it. Undefined where not all of them are known.
 */
function parametersGiven(call: ts.CallExpression, index: number, workspace: Workspace, depth: number): ts.Identifier[] | undefined {
  if (depth >= deepest) return undefined;
  const unit = calledUnit(call, workspace.checker);
  const fns = unit && isFunctionWithBody(unit) ? [unit] : functionsGiven(call.expression, workspace);
  const given = fns?.flatMap((fn) => fn.parameters.find((one) => one.dotDotDotToken) ?? fn.parameters[index] ?? []);
  const names = given?.map(({ name, dotDotDotToken }) => (ts.isIdentifier(name) && !dotDotDotToken ? name : undefined));
  return names?.every((name) => name !== undefined) ? names : undefined;
}

function functionsGiven(callee: ts.Expression, workspace: Workspace): ts.FunctionLikeDeclaration[] | undefined {
  const declaration = workspace.checker.getSymbolAtLocation(unwrap(callee))?.valueDeclaration;
  const outer = declaration && ts.isParameter(declaration) ? declaration.parent : undefined;
  if (!declaration || !outer || !isFunctionWithBody(outer)) return undefined;
  const index = outer.parameters.indexOf(declaration as ts.ParameterDeclaration);
  const sites = workspace.callers(outer);
  const fns = sites.map((site) => (ts.isPropertyAccessExpression(site) ? undefined : site.arguments?.[index])).map((argument) => argument && functionOf(argument, workspace.checker));
  return sites.length > 0 && fns.every((fn) => fn !== undefined) ? fns : undefined;
}
