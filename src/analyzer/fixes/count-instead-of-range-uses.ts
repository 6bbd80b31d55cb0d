/** Everything that held the list now holds its size: edits of variables, parameters, return types, and of each `x.length`. */
import ts from 'typescript';
import { enclosingFunction, isFunctionWithBody, some, unwrap, walk, wrapped } from '../facts/code/ast.ts';
import { resolveAlias } from '../facts/code/fold.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { referencesTo } from '../facts/code/references.ts';
import { countOf, type LengthPattern } from '../facts/replies/reply-values.ts';
import { resultUse } from '../facts/calls/use.ts';
import type { TextEdit } from '../rules/rule.ts';
import { deepest, unitName, unitOf, type Unit } from '../facts/code/units.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { absorbStatement } from './text/absorb.ts';
import { hasComments } from './text/comments.ts';
import { replaceNode, replaceRange } from './text/edits.ts';
import { claimScope, freshName } from './text/names.ts';
import { asUnary } from './text/parentheses.ts';

export interface CountingUses {
  edits: TextEdit[];
  /** Functions that return the number now. */
  helpers: string[];
}

/** Undefined where something on the way cannot become a number. */
export function countingUses(call: RedisCall, workspace: Workspace): CountingUses | undefined {
  const uses: CountingUses = { edits: [], helpers: [] };
  const fn = call.callback && unwrap(call.callback);
  const done = call.use.kind === 'callback' ? fn !== undefined && isFunctionWithBody(fn) && parameter(fn, 1, workspace, uses) : promise(call.node, workspace, uses, 0);
  return done ? uses : undefined;
}

/** @param node an expression whose value is a promise of the list; @returns whether all that it leads to could be edited */
function promise(node: ts.Expression, workspace: Workspace, uses: CountingUses, depth: number): boolean {
  const use = resultUse(node, undefined, false);
  const isAwaited = ts.isAwaitExpression(unwrap(use.value));
  const link = use.value.parent;
  if (!isAwaited && ts.isPropertyAccessExpression(link) && ts.isCallExpression(link.parent)) {
    return link.name.text === 'then' && then(link.parent, use.value, workspace, uses);
  }
  if (use.kind === 'returned') return helper(use.value, workspace, uses, depth);
  if (use.kind !== 'awaited' || !isAwaited || !assertions(use.value, node, uses)) return false;
  if (ts.isReturnStatement(use.value.parent)) return helper(use.value, workspace, uses, depth);
  if (!use.target || ts.isObjectBindingPattern(use.target)) return count(use.value, uses);
  return ts.isIdentifier(use.target) && variable(use.target, workspace, uses, depth);
}

/** `(await c.sendCommand(…)) as unknown as string[]`: what is asserted is a number now. A raw command's reply has no type of its own. */
function assertions(value: ts.Expression, node: ts.Expression, uses: CountingUses): boolean {
  for (let at: ts.Node = value; at !== node; at = (at as ts.AsExpression | ts.ParenthesizedExpression | ts.AwaitExpression).expression) {
    if (ts.isTypeAssertionExpression(at) || ts.isSatisfiesExpression(at)) return false;
    if (!ts.isAsExpression(at)) continue;
    if (countOf(value)) return false;
    uses.edits.push(replaceNode(at.type, 'number'));
    return true;
  }
  return true;
}

/** `.then((list) => list.length)` goes altogether; otherwise its parameter is the number. */
function then(link: ts.CallExpression, before: ts.Expression, workspace: Workspace, uses: CountingUses): boolean {
  const fn = link.arguments[0] && unwrap(link.arguments[0]);
  if (!fn || !isFunctionWithBody(fn)) return false;
  const [only] = fn.parameters;
  const body = ts.isArrowFunction(fn) && !ts.isBlock(fn.body) ? fn.body : undefined;
  const bare = only && ts.isIdentifier(only.name) && body && referencesTo(only.name, workspace.checker).map(wrapped).map(countOf);
  if (bare && link.arguments.length === 1 && bare.length === 1 && bare[0] && !ts.isObjectBindingPattern(bare[0]) && wrapped(bare[0]) === body) {
    const sourceFile = link.getSourceFile();
    if (hasComments(sourceFile, { start: before.end, end: link.end })) return false;
    uses.edits.push(replaceRange(sourceFile, before.end, link.end, ''));
    return true;
  }
  return parameter(fn, 0, workspace, uses);
}

/** `(await r.smembers(k)).length` → `await r.scard(k)`: what is around the value goes. */
function count(value: ts.Expression, uses: CountingUses): boolean {
  const whole = countOf(value);
  if (!whole) return false;
  if (ts.isObjectBindingPattern(whole)) return unpack(whole, uses);
  const sourceFile = value.getSourceFile();
  const inner = unwrap(value);
  const [start, from, to, end] = [whole.getStart(sourceFile), inner.getStart(sourceFile), inner.end, whole.end];
  if (hasComments(sourceFile, { start, end: from }) || hasComments(sourceFile, { start: to, end })) return false;
  const [open = '', close = ''] = asUnary(whole, '*').split('*');
  uses.edits.push(replaceRange(sourceFile, start, from, open), replaceRange(sourceFile, to, end, close));
  return true;
}

/** `const { length: count } = …` → `const count = …`: the number itself. */
function unpack(pattern: LengthPattern, uses: CountingUses): boolean {
  const sourceFile = pattern.getSourceFile();
  const annotated = (pattern.parent as ts.VariableDeclaration).type;
  if (annotated || hasComments(sourceFile, { start: pattern.getStart(sourceFile), end: pattern.end })) return false;
  uses.edits.push(...pattern.elements.map(({ name }) => replaceNode(pattern, name.text)));
  return true;
}

function parameter(fn: ts.SignatureDeclaration, index: number, workspace: Workspace, uses: CountingUses): boolean {
  const name = fn.parameters[index]?.name;
  if (!ts.isArrowFunction(fn) && some(fn, (node) => ts.isIdentifier(node) && node.text === 'arguments')) return false;
  return name !== undefined && ts.isIdentifier(name) && variable(name, workspace, uses, deepest);
}

/** A variable or parameter that holds the list: renamed, since it holds a number. */
function variable(name: ts.Identifier, workspace: Workspace, uses: CountingUses, depth: number): boolean {
  const declaration = name.parent;
  if (!ts.isVariableDeclaration(declaration) && !ts.isParameter(declaration)) return false;
  const references = referencesTo(name, workspace.checker);
  const value = (reference: ts.Identifier): ts.Expression => wrapped(reference);
  const direct = intoReturn(declaration, references);
  if (direct) {
    uses.edits.push(...direct);
    return true;
  }
  const returned = references.filter((reference) => ts.isReturnStatement(value(reference).parent));
  const renamed = returned.length > 0 ? name.text : freshName(name, countNames(name.text), { checker: workspace.checker, beside: [enclosingFunction(name)] });
  // What is said of the list by a comment is not true of a number.
  if (ts.getJSDocType(declaration) !== undefined) return false;
  for (const reference of references) {
    if (returned.includes(reference)) {
      if (!helper(value(reference), workspace, uses, depth)) return false;
      continue;
    }
    const whole = countOf(value(reference));
    if (whole && ts.isObjectBindingPattern(whole)) {
      if (!unpack(whole, uses)) return false;
      uses.edits.push(replaceNode(value(reference), renamed));
      continue;
    }
    if (!whole || hasComments(whole.getSourceFile(), { start: whole.getStart(), end: whole.end })) return false;
    uses.edits.push(replaceNode(whole, renamed));
  }
  if (declaration.type) uses.edits.push(replaceNode(declaration.type, 'number'));
  if (renamed !== name.text) uses.edits.push(replaceNode(name, renamed), claimScope(name));
  return true;
}

/** `const jobs = await …; return jobs.length;` → `return await …;` */
function intoReturn(declaration: ts.VariableDeclaration | ts.ParameterDeclaration, references: readonly ts.Identifier[]): TextEdit[] | undefined {
  const [only] = references;
  const whole = only && references.length === 1 ? countOf(wrapped(only)) : undefined;
  const statement = declaration.parent.parent;
  if (!whole || ts.isObjectBindingPattern(whole) || !ts.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1 || declaration.type || !declaration.initializer) return undefined;
  const last = wrapped(whole).parent;
  if (!ts.isReturnStatement(last) || last.parent !== statement.parent || !ts.isBlock(last.parent)) return undefined;
  if (last.parent.statements[last.parent.statements.indexOf(statement) + 1] !== last) return undefined;
  const sourceFile = statement.getSourceFile();
  if (hasComments(sourceFile, { start: statement.getStart(sourceFile), end: declaration.initializer.getStart(sourceFile) }) || hasComments(sourceFile, { start: last.getStart(sourceFile), end: last.end })) return undefined;
  return [replaceRange(sourceFile, statement.getStart(sourceFile), declaration.initializer.getStart(sourceFile), 'return '), ...absorbStatement(statement, last)];
}

/** Says nothing of what is in it. */
const vague = /^(?:all|list|arr|array|raw|res|results?|repl(?:y|ies)|responses?|data|values?|entries|found|\w)$/i;

/** `jobs` → `jobCount`; where that is taken, or the list's name says nothing, `count`. */
export function countNames(list: string): string[] {
  if (vague.test(list)) return ['count', 'total', `${list}Count`];
  const one = /ies$/.test(list) ? list.replace(/ies$/, 'y') : /(?:ss|sh|ch|x)es$/.test(list) ? list.replace(/es$/, '') : /[^su]s$/.test(list) ? list.slice(0, -1) : list;
  return [`${one}Count`, 'count', `${list}Count`, 'total'];
}

/** A function that returns the list: its type, and what each of its callers does with the reply. */
function helper(returned: ts.Node, workspace: Workspace, uses: CountingUses, depth: number): boolean {
  const unit = unitOf(returned);
  if (!unit || ts.isClassLike(unit) || depth >= deepest || isConstrained(unit)) return false;
  const name = unitName(unit);
  const callers = workspace.callers(unit);
  if (name === undefined || callers.length === 0 || hasOtherUses(unit, name, callers.length, workspace)) return false;
  if (returnsBesides(unit, returned)) return false;
  if (unit.type) {
    const element = ts.isTypeReferenceNode(unit.type) && unit.type.typeName.getText() === 'Promise' ? unit.type.typeArguments?.[0] : undefined;
    if (!element) return false;
    uses.edits.push(replaceNode(element, 'number'));
  }
  uses.helpers.push(name);
  return callers.every((site) => ts.isCallExpression(site) && promise(site, workspace, uses, depth + 1));
}

/** A type from elsewhere says what it returns: an interface, a base class, the variable's annotation. */
function isConstrained(unit: Exclude<Unit, ts.ClassLikeDeclaration>): boolean {
  const { parent } = unit;
  if (ts.isClassLike(parent)) return (parent.heritageClauses?.length ?? 0) > 0;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) return parent.type !== undefined;
  return !ts.isFunctionDeclaration(unit) && !ts.isMethodDeclaration(unit);
}

/** Another `return` gives something else. */
function returnsBesides(unit: ts.Node, returned: ts.Node): boolean {
  let others = false;
  walk(unit, (node) => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isReturnStatement(node) && unitOf(node) === unit && !(node.pos <= returned.pos && returned.end <= node.end)) others = true;
    return undefined;
  });
  return others;
}

/** Named without being called: passed on, exported under another name, assigned. */
function hasOtherUses(unit: Exclude<Unit, ts.ClassLikeDeclaration>, name: string, calls: number, workspace: Workspace): boolean {
  const own = ts.isFunctionDeclaration(unit) || ts.isMethodDeclaration(unit) ? unit.name : (unit.parent as ts.NamedDeclaration).name;
  const symbol = own && workspace.checker.getSymbolAtLocation(own);
  if (!symbol) return true;
  let seen = 0;
  let renamed = false;
  for (const sourceFile of workspace.naming(unit)) {
    walk(sourceFile, (node) => {
      if (!ts.isIdentifier(node) || node.text !== name || node === own) return undefined;
      if (resolveAlias(workspace.checker.getSymbolAtLocation(node), workspace.checker) !== symbol) return undefined;
      const { parent } = node;
      if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) renamed ||= parent.propertyName !== undefined;
      else seen++;
      return undefined;
    });
  }
  return renamed || seen !== calls;
}
