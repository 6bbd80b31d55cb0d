/** Facts of all files joined: functions and their callers, request paths. Rules see the workspace only through this. */
import ts from 'typescript';
import { isFunctionWithBody } from '../facts/ast.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { RedisCall } from '../facts/redis-call.ts';
import { CallIndex, calledUnit, deepest, isDefaultExport, unitName, unitOf, type CallSite, type Unit } from './call-index.ts';
import { noLayout, type Layout } from './layout.ts';
import { requestHandlers, type Handlers } from './request-handlers.ts';

export class Workspace {
  readonly root: string;
  readonly checker: ts.TypeChecker;
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly layout: Layout;
  readonly #sources: readonly ts.SourceFile[];
  readonly #handlers = new Map<ts.SourceFile, Handlers>();
  readonly #unresolved: (node: ts.Node) => void;
  #index: CallIndex | undefined;
  #byUnit: Map<Unit, RedisCall[]> | undefined;

  /**
   * @param sources the program's first-party files
   * @param unresolved told of an argument whose type lies in a file that is not in the program; the analyzer then loads it and asks again
   */
  constructor(root: string, checker: ts.TypeChecker, files: ReadonlyMap<string, FileFacts>, sources: readonly ts.SourceFile[], unresolved: (node: ts.Node) => void = () => undefined, layout: Layout = noLayout) {
    this.root = root;
    this.checker = checker;
    this.files = files;
    this.#sources = sources;
    this.#unresolved = unresolved;
    this.layout = layout;
  }

  /** The type of an argument, with what it needs loaded; `any` where it cannot be told. */
  typeOf(node: ts.Expression): ts.Type {
    const type = this.checker.getTypeAtLocation(node);
    if (this.isUnresolved(type)) this.#unresolved(node);
    return type;
  }

  /** Loads what the file of a declaration imports, as `typeOf` does, for a part of its type that is unresolved. */
  needImportsOf(declaration: ts.Node): void {
    this.#unresolved(declaration);
  }

  /** What the checker gives for a name it cannot find: an `any`, but not the one that people write and JSON.parse returns. */
  isUnresolved(type: ts.Type): boolean {
    return (type.flags & ts.TypeFlags.Any) !== 0 && type !== this.checker.getAnyType();
  }

  /** Every call of the workspace in one list, in no particular order of files. */
  *calls(): Iterable<RedisCall> {
    for (const { calls } of this.files.values()) yield* calls;
  }

  /** The Redis calls that a unit makes itself, callbacks in it included, in source order. */
  callsIn(unit: Unit): readonly RedisCall[] {
    if (!this.#byUnit) {
      this.#byUnit = new Map();
      for (const call of this.calls()) {
        const around = unitOf(call.node);
        if (!around) continue;
        const list = this.#byUnit.get(around);
        if (list) list.push(call);
        else this.#byUnit.set(around, [call]);
      }
    }
    return this.#byUnit.get(unit) ?? [];
  }

  /** Where a unit that leads to Redis is run. */
  callers(unit: Unit): readonly CallSite[] {
    return this.#callIndex().callers(unit);
  }

  /** The places of a file that run a unit which leads to Redis, and which. */
  sitesIn(file: ts.SourceFile): readonly [Unit, CallSite][] {
    return this.#callIndex().sitesIn(file);
  }

  /** The same of a function's own code, or of a file's at module level. */
  sitesWithin(unit: Unit | ts.SourceFile): readonly [Unit, CallSite][] {
    return this.#callIndex().sitesWithin(unit);
  }

  /** The function that a call runs, where the program holds it. */
  called(site: ts.Node): Unit | undefined {
    return calledUnit(site, this.checker);
  }

  /**
   * Whether a node runs per request, event or job: within a handler, or reached from one by up to three calls.
   * @param follow whether to climb through a place that calls; default all
   * @returns what runs it (`a request handler`), or undefined
   */
  requestPath(node: ts.Node, follow: (site: CallSite) => boolean = () => true): string | undefined {
    return this.#climb(node, follow, 0, new Set());
  }

  #climb(node: ts.Node, follow: (site: CallSite) => boolean, steps: number, seen: Set<Unit>): string | undefined {
    for (let at = node.parent; at && !ts.isSourceFile(at); at = at.parent) {
      const what = isFunctionWithBody(at) || ts.isClassLike(at) ? this.#handlerOf(at) : undefined;
      if (what && (isFunctionWithBody(at) || unitOf(node) === at)) return what;
    }
    const unit = unitOf(node);
    if (!unit || steps >= deepest || seen.has(unit)) return undefined;
    seen.add(unit);
    for (const site of this.callers(unit)) {
      const what = follow(site) ? this.#climb(site, follow, steps + 1, seen) : undefined;
      if (what) return what;
    }
    return undefined;
  }

  /** What runs a unit, where it is given to a framework: in its own file, or in one that names it. */
  #handlerOf(unit: Unit): string | undefined {
    const own = unit.getSourceFile();
    const what = this.#handlersIn(own).get(unit);
    const name = unitName(unit);
    if (what !== undefined || name === undefined) return what;
    const anyName = isDefaultExport(unit);
    for (const source of this.#sources) {
      const found = source !== own && (anyName || source.text.includes(name)) ? this.#handlersIn(source).get(unit) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  #handlersIn(file: ts.SourceFile): Handlers {
    let known = this.#handlers.get(file);
    if (!known) {
      const commands = new Set<ts.Node>(this.files.get(file.fileName)?.calls.map(({ node }) => node));
      this.#handlers.set(file, (known = requestHandlers(file, this.checker, commands)));
    }
    return known;
  }

  #callIndex(): CallIndex {
    if (!this.#index) {
      const leading = new Set<Unit>();
      for (const call of this.calls()) {
        const unit = unitOf(call.node);
        if (unit) leading.add(unit);
      }
      this.#index = new CallIndex(this.#sources, leading, this.checker);
    }
    return this.#index;
  }
}
