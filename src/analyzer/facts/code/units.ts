/**
 * What runs as one, and where it may be run from: functions and classes, the names that call them, the calls by name. Syntax alone;
 * who is really called is the checker's to say (workspace/callers.ts).
 */
import ts from 'typescript';
import { enclosingClass, isAssignment, isFunctionWithBody, methodOf, unwrap, type FunctionWithBody } from './ast.ts';
import { nodesIn } from '../calls/nodes.ts';
import type { Region } from '../calls/regions.ts';

/** What runs as one: a function, getters among them, or a class (its constructor and its fields' initializers). */
export type Unit = FunctionWithBody | ts.ClassLikeDeclaration;

/** A call, a construction, or the access that runs a getter. */
export type CallSite = ts.CallExpression | ts.NewExpression | ts.PropertyAccessExpression;

/** Calls are followed up to this many steps (RULES.md, "Helpers"). */
export const deepest = 3;

/** The unit a node belongs to: callbacks given to a call count as part of what is around them. Undefined at module level. */
export function unitOf(node: ts.Node): Unit | undefined {
  for (let at: ts.Node = node; at.parent; at = at.parent) {
    const parent = at.parent;
    if (ts.isConstructorDeclaration(parent) && isFunctionWithBody(parent)) return enclosingClass(parent);
    if (isFunctionWithBody(parent)) {
      if (!isInlineCallback(parent)) return parent;
    } else if (ts.isPropertyDeclaration(parent) && parent.initializer === at && !ts.isFunctionLike(at)) return enclosingClass(parent);
  }
  return undefined;
}

/** `list.map(() => …)`, `new Promise((resolve) => …)`, `(async () => …)()`: runs when, or because, its surroundings run. */
export function isInlineCallback(fn: ts.Node): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  let outer: ts.Node = fn;
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent;
  return ts.isCallExpression(outer.parent) || ts.isNewExpression(outer.parent);
}

/** The name by which a unit is called; undefined for what nobody can name. */
export function unitName(unit: Unit): string | undefined {
  const own = (unit as ts.NamedDeclaration).name;
  if (own && (ts.isIdentifier(own) || ts.isPrivateIdentifier(own) || ts.isStringLiteral(own))) return own.text;
  const parent = unit.parent;
  if ((ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent)) && ts.isIdentifier(parent.name)) return parent.name.text;
  if (isAssignment(parent)) {
    const target = unwrap(parent.left);
    return ts.isPropertyAccessExpression(target) ? target.name.text : ts.isIdentifier(target) ? target.text : undefined;
  }
  if (ts.isExportAssignment(parent) || hasDefault(unit)) return 'default';
  return undefined;
}

/** Whether others may know a unit by a name of their own: `export default`, `module.exports =`. */
export function isDefaultExport(unit: Unit): boolean {
  if (hasDefault(unit) || ts.isExportAssignment(unit.parent)) return true;
  const name = unitName(unit);
  return name !== undefined && (name === 'exports' || defaultNames(unit.getSourceFile()).has(name));
}

const hasDefault = (unit: Unit): boolean => ts.canHaveModifiers(unit) && (ts.getModifiers(unit)?.some((one) => one.kind === ts.SyntaxKind.DefaultKeyword) ?? false);

const defaults = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** Names that a file hands out as its default: `export default load`, `module.exports = load`. */
function defaultNames(file: ts.SourceFile): ReadonlySet<string> {
  let known = defaults.get(file);
  if (!known) {
    const found = file.text.matchAll(/(?:\bexport\s+default|\bmodule\.exports\s*=)\s*([\w$]+)/g);
    defaults.set(file, (known = new Set([...found].map(([, name = '']) => name))));
  }
  return known;
}

const sites = new WeakMap<Region, ReadonlyMap<string, readonly CallSite[]>>();

/** Every call, construction and property read of a region, by the name it goes by, in source order; kept with the region. */
export function sitesByName(region: Region): ReadonlyMap<string, readonly CallSite[]> {
  let known = sites.get(region);
  if (!known) {
    const found = new Map<string, CallSite[]>();
    for (const node of nodesIn(region)) {
      const name = siteName(node);
      if (name !== undefined) append(found, name, node as CallSite);
    }
    sites.set(region, (known = found));
  }
  return known;
}

/** The places of some regions that go by one of the names, in source order. */
export function sitesNamed(names: Iterable<string>, regions: readonly Region[]): CallSite[] {
  const wanted = [...names];
  const found = regions.flatMap((region) => wanted.flatMap((name) => sitesByName(region).get(name) ?? []));
  return found.sort((a, b) => a.pos - b.pos || b.end - a.end);
}

function siteName(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const callee = unwrap(node.expression);
    if (ts.isIdentifier(callee)) return callee.text;
    if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
    return ts.isCallExpression(node) ? methodOf(node)?.name : undefined;
  }
  return ts.isPropertyAccessExpression(node) && !(ts.isCallExpression(node.parent) && node.parent.expression === node) ? node.name.text : undefined;
}

const aliases = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly string[]>>();

/** What a file calls the exports of others by a name of its own: exported name → local names; `default` among the exported ones. */
export function importAliases(file: ts.SourceFile): ReadonlyMap<string, readonly string[]> {
  let known = aliases.get(file);
  if (!known) {
    const found = new Map<string, string[]>();
    for (const statement of file.statements) {
      if (ts.isImportDeclaration(statement)) fromClause(statement.importClause, found);
      else if (ts.isImportEqualsDeclaration(statement)) append(found, 'default', statement.name.text);
      else if (ts.isVariableStatement(statement)) for (const declaration of statement.declarationList.declarations) fromRequire(declaration, found);
    }
    aliases.set(file, (known = found));
  }
  return known;
}

function fromClause(clause: ts.ImportClause | undefined, found: Map<string, string[]>): void {
  if (clause?.name) append(found, 'default', clause.name.text);
  if (!clause?.namedBindings || !ts.isNamedImports(clause.namedBindings)) return;
  for (const { propertyName, name } of clause.namedBindings.elements) if (propertyName && propertyName.text !== name.text) append(found, propertyName.text, name.text);
}

/** `const load = require('./load')`, `const { load: loadUser } = require('./users')`. */
function fromRequire({ name, initializer }: ts.VariableDeclaration, found: Map<string, string[]>): void {
  const call = initializer && unwrap(initializer);
  if (!call || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression) || call.expression.text !== 'require') return;
  if (ts.isIdentifier(name)) append(found, 'default', name.text);
  else if (ts.isObjectBindingPattern(name)) {
    for (const element of name.elements) {
      if (element.propertyName && ts.isIdentifier(element.propertyName) && ts.isIdentifier(element.name)) append(found, element.propertyName.text, element.name.text);
    }
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
