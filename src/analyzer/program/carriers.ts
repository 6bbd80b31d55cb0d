/**
 * Which files may hold a Redis client: those that import a client library, and those that import something whose declaration speaks of
 * one. Syntax alone, and generous: what is not understood carries. A function that keeps its client to itself carries nothing, so that
 * of the many files near Redis only few have to be asked about receivers.
 */
import ts from 'typescript';
import { hasModifier, isAssignment, isJavaScript, mentions, unwrap, walk } from '../facts/code/ast.ts';
import type { Focus } from './focus.ts';
import type { FileImports, ImportGraph } from './import-graph.ts';
import { isHostSpecifier } from './mixed-in.ts';
import { shows } from './outward.ts';

/** Names of a file's exports that carry; `'*'` where all may. */
type Carried = ReadonlySet<string> | '*';

/** Files that may hold a client → the names in them that are bound to something which speaks of one; `'*'` among them where that cannot be told. */
export type Carriers = ReadonlyMap<string, ReadonlySet<string>>;

/** A search's outcome, as plain data; undefined where it had to give up. */
export type CarriersRecord = { carriers: [file: string, names: string[]][]; carried: [file: string, names: '*' | string[]][] } | undefined;

/** The parsed file; undefined where it cannot be read. */
type Tree = (file: string) => ts.SourceFile | undefined;

export class CarrierSearch {
  readonly #focus: Focus;
  readonly #graph: ImportGraph;
  /** What each file hands out that carries. */
  readonly #carried = new Map<string, Carried>();
  readonly #test: Test = (source) => carries(this.#carried.get(source.file), source.name);
  #carriers: Carriers = new Map();
  #isForAll = false;

  constructor(focus: Focus, graph: ImportGraph) {
    this.#focus = focus;
    this.#graph = graph;
  }

  /** By name of the file. */
  all(tree: Tree): Carriers {
    const files = new Map<string, ReadonlySet<string>>();
    const queue = [...this.#focus.distance].flatMap(([file, distance]) => (distance === 0 ? [file] : []));
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const one = this.#carrierOf(file, tree);
      if (!one) continue;
      files.set(file, one.local);
      // What is declared for everybody cannot be followed by imports.
      if (one.isForAll) {
        this.#isForAll = true;
        return (this.#carriers = everything(this.#focus.distance.keys()));
      }
      if (sizeOf(one.exported) <= sizeOf(this.#carried.get(file))) continue;
      this.#carried.set(file, one.exported);
      for (const importer of this.#focus.importers.get(file) ?? []) if (!queue.includes(importer)) queue.push(importer);
    }
    return (this.#carriers = new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
  }

  record(): CarriersRecord {
    if (this.#isForAll) return undefined;
    return {
      carriers: [...this.#carriers].map(([file, names]) => [file, [...names]]),
      carried: [...this.#carried].map(([file, names]) => [file, names === '*' ? names : [...names]]),
    };
  }

  /** Takes the outcome of an earlier search over the same imports, where all of some changed files say what they did. */
  restore(record: NonNullable<CarriersRecord>, changed: Iterable<string>, tree: Tree): Carriers | undefined {
    this.#carriers = new Map(record.carriers.map(([file, names]) => [file, new Set(names)]));
    for (const [file, names] of record.carried) this.#carried.set(file, names === '*' ? names : new Set(names));
    if ([...changed].every((file) => this.isUnchangedBy(file, tree))) return this.#carriers;
    this.#carried.clear();
    return undefined;
  }

  /** Whether an edit that changed no import leaves all as it was found. */
  isUnchangedBy(file: string, tree: Tree): boolean {
    const before = this.#carriers.get(file);
    const after = this.#carrierOf(file, tree);
    if (!before || !after) return before === after;
    if (before.has('*') && !after.local.has('*')) return false;
    return !after.isForAll && isSameSet(before, after.local) && isSameSet(this.#carried.get(file) ?? new Set(), after.exported);
  }

  #carrierOf(file: string, tree: Tree): { local: ReadonlySet<string>; isForAll: boolean; exported: Carried } | undefined {
    const imports = this.#focus.imports.get(file);
    if (!imports || !(imports.named.length > 0 || mayCarry(imports, this.#test, this.#graph))) return undefined;
    const sourceFile = tree(file);
    const local = sourceFile && localNames(sourceFile, imports, this.#test, this.#graph);
    // Of no import, but of a name.
    if (imports.named.length > 0) local?.add(byName);
    if (!sourceFile || !local || local.size === 0) return undefined;
    return { local, isForAll: declaresForAll(sourceFile, local), exported: carriedExports(sourceFile, local, imports, this.#test, this.#graph) };
  }
}

function isSameSet(one: Carried, other: Carried): boolean {
  if (one === '*' || other === '*') return one === other;
  return one.size === other.size && [...one].every((name) => other.has(name));
}

/** Where nobody can tell what holds a client. */
export function everything(files: Iterable<string>): Carriers {
  return new Map([...files].map((file) => [file, new Set(['*'])]));
}

const sizeOf = (names: Carried | undefined): number => (names === '*' ? Number.POSITIVE_INFINITY : (names?.size ?? 0));

function carries(exported: Carried | undefined, name: string): boolean {
  return exported === '*' || (exported !== undefined && (name === '*' ? exported.size > 0 : exported.has(name)));
}

type Test = (source: { file: string; name: string }) => boolean;

/** By the names that its text takes from others: whether the file is worth parsing. */
function mayCarry(imports: FileImports, test: Test, graph: ImportGraph): boolean {
  return imports.clients.size > 0 || [...imports.files.keys()].some((specifier) => graph.sources(imports, specifier).some(test));
}

/** Stands among a file's names for what may be a client though nothing but its own name says so. */
const byName = '\0name';

/** Stands among a file's names for what it only hands on: no name that code could have. */
const handedOn = '\0';

/** Imports that are not statements of a file: `require('x')`, `import('x')`. */
const innerImport = /\b(?:require|import)\s*\(/;

/** `import('x')` and `@import … from 'x'`, wherever they stand. */
const commentImport = /\bimport\s*\(\s*(['"])([^'"\n]+)\1\s*\)|@import\b[^'"]*(['"])([^'"\n]+)\3/g;

/** Names that a file binds to something that carries; `'*'` among them where it imports in a way that has no names. */
function localNames(sourceFile: ts.SourceFile, imports: FileImports, test: Test, graph: ImportGraph): Set<string> {
  const names = new Set<string>();
  const fromFile = (specifier: string, name: string): boolean => {
    const target = imports.files.get(specifier);
    return target !== undefined && graph.origins(target, name).some(test);
  };
  const bind = (binding: ts.BindingName, specifier: string): void => {
    const isClient = imports.clients.has(specifier);
    if (ts.isIdentifier(binding)) {
      if (isClient || fromFile(specifier, '*')) names.add(binding.text);
      return;
    }
    for (const element of binding.elements) {
      if (ts.isOmittedExpression(element)) continue;
      const name = (element.propertyName ?? element.name).getText();
      if (isClient || fromFile(specifier, name)) addBound(element.name, names);
    }
  };
  // Of what `this` holds, no import tells.
  if ([...imports.files].some(([specifier, host]) => isHostSpecifier(specifier) && test({ file: host, name: '*' }))) names.add('*');
  // Types in comments: `@param {import('ioredis').Redis} client`.
  for (const [, , called, , named] of isJavaScript(sourceFile) ? sourceFile.text.matchAll(commentImport) : []) {
    const specifier = called ?? named ?? '';
    if (imports.clients.has(specifier) || fromFile(specifier, '*')) names.add('*');
  }
  const look = (node: ts.Node): boolean | undefined => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const specifier = node.moduleSpecifier.text;
      const isClient = imports.clients.has(specifier);
      const clause = node.importClause;
      if (clause?.name && (isClient || fromFile(specifier, 'default') || fromFile(specifier, 'export='))) names.add(clause.name.text);
      if (clause?.namedBindings && ts.isNamespaceImport(clause.namedBindings)) {
        if (isClient || fromFile(specifier, '*')) names.add(clause.namedBindings.name.text);
      } else if (clause?.namedBindings && ts.isNamedImports(clause.namedBindings)) {
        for (const { propertyName, name } of clause.namedBindings.elements) if (isClient || fromFile(specifier, (propertyName ?? name).text)) names.add(name.text);
      }
      return false;
    }
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference) && ts.isStringLiteral(node.moduleReference.expression)) {
      bind(node.name, node.moduleReference.expression.text);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
      if (imports.clients.has(node.argument.literal.text) || fromFile(node.argument.literal.text, '*')) names.add('*');
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      // Handed on, though bound to nothing here.
      if (imports.clients.has(node.moduleSpecifier.text) || fromFile(node.moduleSpecifier.text, '*')) names.add(handedOn);
    } else if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require');
      if (loads && first && ts.isStringLiteralLike(first) && (imports.clients.has(first.text) || imports.files.has(first.text))) {
        const value = valueOf(node);
        if (ts.isVariableDeclaration(value.parent) && value.parent.initializer === value) bind(value.parent.name, first.text);
        else if (imports.clients.has(first.text) || fromFile(first.text, '*')) names.add('*');
      }
    }
    return undefined;
  };
  if (innerImport.test(sourceFile.text)) walk(sourceFile, look);
  else sourceFile.statements.forEach(look);
  return names;
}

/** `await import('x')`, `(require('x'))`: the outermost expression with that value. */
function valueOf(node: ts.Expression): ts.Expression {
  let value = node;
  while (ts.isAwaitExpression(value.parent) || ts.isParenthesizedExpression(value.parent) || ts.isAsExpression(value.parent)) value = value.parent;
  return value;
}

function addBound(binding: ts.BindingName, names: Set<string>): void {
  if (ts.isIdentifier(binding)) names.add(binding.text);
  else for (const element of binding.elements) if (!ts.isOmittedExpression(element)) addBound(element.name, names);
}

/** The exports whose declarations, seen from outside, speak of one of the names. */
function carriedExports(sourceFile: ts.SourceFile, imported: ReadonlySet<string>, imports: FileImports, test: Test, graph: ImportGraph): Carried {
  if (imported.has('*')) return '*';
  const names = new Set(imported);
  const exported = new Set<string>();
  // Declarations speak of each other: again until nothing is added.
  for (let before = -1; before !== names.size + exported.size; ) {
    before = names.size + exported.size;
    for (const statement of sourceFile.statements) fromStatement(statement);
  }
  return exported;

  function fromStatement(statement: ts.Statement): void {
    const isExported = hasModifier(statement, ts.SyntaxKind.ExportKeyword);
    const isDefault = hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
    const add = (name: string | undefined): void => {
      if (name !== undefined) names.add(name);
      if (isExported) exported.add(isDefault ? 'default' : (name ?? 'default'));
    };
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        if (!shows(declaration, names)) continue;
        // `const client = module.exports = createClient()`
        if (declaration.initializer && isAssignment(unwrap(declaration.initializer))) fromCode(declaration);
        const bound = new Set<string>();
        addBound(declaration.name, bound);
        for (const name of bound) add(name);
      }
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isModuleDeclaration(statement)) {
      if (shows(statement, names)) add(statement.name && ts.isIdentifier(statement.name) ? statement.name.text : undefined);
    } else if (ts.isExportAssignment(statement)) {
      if (shows(statement.expression, names)) exported.add(statement.isExportEquals ? 'export=' : 'default').add('default').add('*');
    } else if (ts.isExportDeclaration(statement)) fromExport(statement);
    // `module.exports = …`, `exports.client = …`, `let client; client = createClient()`.
    else if (mentions(statement, names)) fromCode(statement);
  }

  function fromExport(statement: ts.ExportDeclaration): void {
    const specifier = statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : undefined;
    const clause = statement.exportClause;
    const elements = clause && ts.isNamedExports(clause) ? clause.elements : [];
    if (specifier === undefined) {
      for (const element of elements) if (names.has((element.propertyName ?? element.name).text)) exported.add(element.name.text);
      return;
    }
    const isClient = imports.clients.has(specifier);
    const target = imports.files.get(specifier);
    for (const element of elements) {
      if (isClient || (target !== undefined && graph.origins(target, (element.propertyName ?? element.name).text).some(test))) exported.add(element.name.text);
    }
    if (elements.length === 0 && isClient) exported.add(clause && ts.isNamespaceExport(clause) ? clause.name.text : 'default').add('Redis').add('createClient').add('*');
  }

  function fromCode(code: ts.Node): void {
    const visit = (node: ts.Node): void => {
      if (isAssignment(node)) {
        const target = unwrap(node.left);
        const text = target.getText(sourceFile);
        if (/^(?:module\.)?exports\b/.test(text)) {
          if (shows(node.right, names)) {
            for (const name of exportNames(text, node.right)) exported.add(name);
            // Others in the file may take it from there: `exports.client = () => exports.createClient()`.
            if (ts.isPropertyAccessExpression(target) && target.name.text !== 'exports') names.add(target.name.text);
          }
        } else if (ts.isIdentifier(target) && shows(node.right, names)) names.add(target.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(code);
  }
}

/** `exports.a = …` hands out a; `module.exports = …` the module, and each name of an object. */
function exportNames(target: string, value: ts.Expression): string[] {
  const one = /^(?:module\.)?exports\.([\w$]+)/.exec(target)?.[1];
  if (one !== undefined) return [one, '*'];
  const inner = unwrap(value);
  const names = ts.isObjectLiteralExpression(inner) ? inner.properties.flatMap((property) => (property.name ? [property.name.getText()] : [])) : [];
  return ['default', 'export=', '*', ...names];
}

/** `declare global`, `declare module 'fastify'`: types for files that import nothing of this one. */
function declaresForAll(sourceFile: ts.SourceFile, names: ReadonlySet<string>): boolean {
  return sourceFile.statements.some((statement) => ts.isModuleDeclaration(statement) && (ts.isStringLiteral(statement.name) || (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0) && mentions(statement, names));
}
