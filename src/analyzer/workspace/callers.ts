/**
 * Who runs what, across files: the places that call a function, read a getter or construct a class. Found when somebody asks, by name in
 * the texts of the files that can know it; only those that have the name are parsed, and the checker is asked about those places alone.
 */
import ts from 'typescript';
import { isAssignment, isFunctionWithBody, unwrap, type FunctionWithBody } from '../facts/code/ast.ts';
import { resolveAlias } from '../facts/code/fold.ts';
import type { Neighbours } from '../program/neighbours.ts';
import { regionsOf, type Region } from '../facts/calls/regions.ts';
import { importAliases, isDefaultExport, sitesNamed, unitName, type CallSite, type Unit } from '../facts/code/units.ts';
import { hasWord } from '../has-word.ts';
import { isSame } from './join.ts';
import type { KnownCallers, Memory } from './memory.ts';

/** The function or class that runs at a call, a construction or a getter's access; undefined where it cannot be told. */
export function calledUnit(site: ts.Node, checker: ts.TypeChecker): Unit | undefined {
  if (ts.isCallExpression(site) || ts.isNewExpression(site)) return unitOfSymbol(symbolOf(unwrap(site.expression), checker), checker);
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

export class Callers {
  readonly #neighbours: Neighbours;
  readonly #checker: ts.TypeChecker;
  readonly #memory: Memory;
  readonly #asked = new Map<Unit, readonly CallSite[]>();
  readonly #candidates = new Map<Unit, Set<string>>();
  readonly #naming = new Map<Unit, readonly ts.SourceFile[]>();

  constructor(neighbours: Neighbours, checker: ts.TypeChecker, memory: Memory) {
    this.#neighbours = neighbours;
    this.#checker = checker;
    this.#memory = memory;
  }

  /** The places that run a unit, by file and in source order. The same list for as long as nothing of it has changed. */
  of(unit: Unit): readonly CallSite[] {
    const asked = this.#asked.get(unit);
    if (asked) return asked;
    const known = this.#memory.callers.get(unit);
    const sites = known ? this.#afterEdits(unit, known) : this.#search(unit, this.allNaming(unit).flatMap(regionsOf));
    if (known?.edit !== this.#memory.edit) this.#memory.callers.set(unit, { sites, edit: this.#memory.edit });
    this.#asked.set(unit, sites);
    return sites;
  }

  /** The files with places that go by the name of a unit, whatever they run. */
  candidates(unit: Unit): Iterable<string> {
    return this.#candidates.get(unit) ?? [];
  }

  /** The files that may call a unit by a name that is theirs alone: those that import the file whose default export it is. */
  renaming(unit: Unit): readonly string[] {
    if (!isDefaultExport(unit)) return [];
    const { fileName } = unit.getSourceFile();
    const { reach, imports } = this.#neighbours;
    return reach(fileName).filter((file) => imports(file, fileName));
  }

  /** What a place runs, asked once as long as no edit may have changed it. */
  called(site: ts.Node): Unit | undefined {
    return this.#memory.called(site, () => calledUnit(site, this.#checker));
  }

  /** The files in which such places were found so far. */
  files(): ReadonlySet<string> {
    return new Set([...this.#asked.values()].flatMap((sites) => sites.map((site) => site.getSourceFile().fileName)));
  }

  /** The trees of the files that can know a unit and have one of its names in their text. */
  allNaming(unit: Unit): readonly ts.SourceFile[] {
    let known = this.#naming.get(unit);
    if (!known) this.#naming.set(unit, (known = this.#namingIn(unit, () => true)));
    return known;
  }

  #namingIn(unit: Unit, among: (file: string) => boolean): ts.SourceFile[] {
    const own = unit.getSourceFile();
    const name = unitName(unit);
    if (name === undefined) return [];
    const byDefault = isDefaultExport(unit);
    const { reach, imports, text, tree } = this.#neighbours;
    const found: ts.SourceFile[] = [];
    for (const file of reach(own.fileName)) {
      if (!among(file)) continue;
      const isNamed = name !== 'default' && hasWord(text(file) ?? '', name);
      const source = isNamed || (byDefault && imports(file, own.fileName)) ? tree(file) : undefined;
      if (source) found.push(source);
    }
    return found;
  }

  #afterEdits(unit: Unit, { sites, edit }: KnownCallers): readonly CallSite[] {
    const edited = this.#memory.editedSince(edit);
    if (edited.size === 0) return sites;
    // An edit leaves most places of its own file what they were, too; those of the regions that it made are looked for with the new ones.
    const kept = sites.filter((site) => this.#neighbours.isCurrent(site) && !this.#memory.isNewSince(edit, site));
    const regions = this.#namingIn(unit, (file) => edited.has(file)).flatMap((tree) => this.#memory.newSince(edit, tree));
    const now = [...kept, ...this.#search(unit, regions)].sort(byPlace);
    return isSame(now, sites) ? sites : now;
  }

  #noteCandidate(unit: Unit, file: string): void {
    const files = this.#candidates.get(unit);
    if (files) files.add(file);
    else this.#candidates.set(unit, new Set([file]));
  }

  /** By file, and in the order of the text. */
  #search(unit: Unit, regions: readonly Region[]): CallSite[] {
    const name = unitName(unit) ?? '';
    const exported = isDefaultExport(unit) ? [name, 'default'] : [name];
    const sites = regions.flatMap((region) => {
      const local = new Set(exported.flatMap((one) => [one, ...(importAliases(region.getSourceFile()).get(one) ?? [])]));
      const named = sitesNamed(local, [region]);
      if (named.length > 0) this.#noteCandidate(unit, region.getSourceFile().fileName);
      return named.filter((site) => this.called(site) === unit);
    });
    return sites.sort(byPlace);
  }
}

function byPlace(a: CallSite, b: CallSite): number {
  const [one, other] = [a.getSourceFile().fileName, b.getSourceFile().fileName];
  return one === other ? a.pos - b.pos || b.end - a.end : one < other ? -1 : 1;
}
