/**
 * Who runs what: the places that call a function, read a getter or construct a class, across the program.
 * Built from the names up, so that the checker is asked only about names that lead to Redis.
 */
import ts from 'typescript';
import { enclosingClass, isAssignment, isFunctionWithBody, methodOf, unwrap, walk, type FunctionWithBody } from '../facts/ast.ts';
import { resolveAlias } from '../facts/fold.ts';

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
  if (name === 'exports') return true;
  return name !== undefined && new RegExp(`(?:\\bexport\\s+default|\\bmodule\\.exports\\s*=)\\s*${name.replace(/[^\w$]/g, '')}\\b`).test(unit.getSourceFile().text);
}

const hasDefault = (unit: Unit): boolean => ts.canHaveModifiers(unit) && (ts.getModifiers(unit)?.some((one) => one.kind === ts.SyntaxKind.DefaultKeyword) ?? false);

/** The function or class that runs at a call, a construction or a getter's access; undefined where the program does not hold it. */
export function calledUnit(site: ts.Node, checker: ts.TypeChecker): Unit | undefined {
  if (ts.isCallExpression(site)) {
    const callee = unwrap(site.expression);
    return unitOfSymbol(symbolOf(callee, checker), checker);
  }
  if (ts.isNewExpression(site)) return unitOfSymbol(symbolOf(unwrap(site.expression), checker), checker);
  const unit = unitOfSymbol(symbolOf(site as ts.Expression, checker), checker);
  return unit && ts.isGetAccessor(unit) ? unit : undefined;
}

/** The function that an expression names or is: a handler passed to a router. */
export function functionOf(expression: ts.Expression, checker: ts.TypeChecker): FunctionWithBody | undefined {
  const inner = unwrap(expression);
  if (isFunctionWithBody(inner)) return inner;
  if (!ts.isIdentifier(inner) && !ts.isPropertyAccessExpression(inner)) return undefined;
  const unit = unitOfSymbol(symbolOf(inner, checker), checker);
  return unit && !ts.isClassLike(unit) ? unit : undefined;
}

function symbolOf(expression: ts.Expression, checker: ts.TypeChecker): ts.Symbol | undefined {
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  return resolveAlias(checker.getSymbolAtLocation(name), checker);
}

function unitOfSymbol(symbol: ts.Symbol | undefined, checker: ts.TypeChecker, steps = 0): Unit | undefined {
  if (!symbol || steps > 4) return undefined;
  for (const declaration of symbol.declarations ?? []) {
    if (isFunctionWithBody(declaration) || ts.isClassLike(declaration)) return declaration as Unit;
    const initializer = initializerOf(declaration);
    const inner = initializer && unwrap(initializer);
    if (!inner) continue;
    if (isFunctionWithBody(inner) || ts.isClassExpression(inner)) return inner;
    if (ts.isIdentifier(inner)) {
      const found = unitOfSymbol(symbolOf(inner, checker), checker, steps + 1);
      if (found) return found;
    }
  }
  return undefined;
}

function initializerOf(declaration: ts.Declaration): ts.Expression | undefined {
  if (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) || ts.isPropertyAssignment(declaration)) return declaration.initializer;
  if (ts.isShorthandPropertyAssignment(declaration)) return declaration.name;
  const assignment = isAssignment(declaration) ? declaration : isAssignment(declaration.parent) ? declaration.parent : undefined;
  return assignment?.right;
}

export class CallIndex {
  readonly #checker: ts.TypeChecker;
  readonly #sites = new Map<Unit, CallSite[]>();
  readonly #sitesByFile = new Map<ts.SourceFile, [Unit, CallSite][]>();
  readonly #sitesByUnit = new Map<Unit | ts.SourceFile, [Unit, CallSite][]>();

  /** @param leading units that hold something of Redis; they and their callers, `deepest` steps up, are indexed */
  constructor(files: readonly ts.SourceFile[], leading: Iterable<Unit>, checker: ts.TypeChecker) {
    this.#checker = checker;
    const named = files.map(sitesByName);
    const seen = new Set<Unit>();
    let wanted = new Set<Unit>(leading);
    for (let step = 0; step <= deepest && wanted.size > 0; step++) {
      const names = new Set<string>();
      for (const unit of wanted) {
        seen.add(unit);
        const name = unitName(unit);
        if (name !== undefined) names.add(name);
      }
      const next = new Set<Unit>();
      for (const byName of named) {
        for (const name of names.has('default') ? byName.keys() : names) {
          for (const site of byName.get(name) ?? []) {
            const unit = calledUnit(site, this.#checker);
            if (!unit || !wanted.has(unit)) continue;
            const around = unitOf(site);
            append(this.#sites, unit, site);
            append(this.#sitesByFile, site.getSourceFile(), [unit, site]);
            append(this.#sitesByUnit, around ?? site.getSourceFile(), [unit, site]);
            if (around && !seen.has(around)) next.add(around);
          }
        }
      }
      wanted = next;
    }
  }

  callers(unit: Unit): readonly CallSite[] {
    return this.#sites.get(unit) ?? [];
  }

  /** The same of a unit's own code, or of a file's at module level. */
  sitesWithin(unit: Unit | ts.SourceFile): readonly [Unit, CallSite][] {
    return this.#sitesByUnit.get(unit) ?? [];
  }

  /** The places of a file that run such a unit, and which. */
  sitesIn(file: ts.SourceFile): readonly [Unit, CallSite][] {
    return this.#sitesByFile.get(file) ?? [];
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

const namesOfFile = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly CallSite[]>>();

/** Every call, construction and property read of a file, by the name it goes by; kept with the tree. */
export function sitesByName(file: ts.SourceFile): ReadonlyMap<string, readonly CallSite[]> {
  let known = namesOfFile.get(file);
  if (!known) {
    const found = new Map<string, CallSite[]>();
    const add = (name: string, site: CallSite): void => {
      const list = found.get(name);
      if (list) list.push(site);
      else found.set(name, [site]);
    };
    walk(file, (node) => {
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
        const callee = unwrap(node.expression);
        if (ts.isIdentifier(callee)) add(callee.text, node);
        else if (ts.isPropertyAccessExpression(callee)) add(callee.name.text, node);
        else if (ts.isCallExpression(node)) {
          const method = methodOf(node);
          if (method) add(method.name, node);
        }
      } else if (ts.isPropertyAccessExpression(node) && !(ts.isCallExpression(node.parent) && node.parent.expression === node)) add(node.name.text, node);
      return undefined;
    });
    namesOfFile.set(file, (known = found));
  }
  return known;
}
