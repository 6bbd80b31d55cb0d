/**
 * A type checker over files that are read when one of its questions first leads into them, instead of a program of all files.
 * The checker follows an import only where the type or symbol that it is asked about lies behind it; then the file is parsed and bound,
 * so what it answers is what it would answer over all files, and what nobody asks about is never read. Only what can be seen without
 * an import (the language's library, ambient declarations, augmentations) is there from the start.
 */
import ts from 'typescript';
import { compilerHost, resolution } from './compiler-host.ts';
import { compilerInternals, compilerOptions, type ProgramSourceFile } from './compiler.ts';
import type { SourceTrees } from './source-trees.ts';

/** What the analyzer asks of a program. */
export interface Program {
  readonly checker: ts.TypeChecker;
  /** The tree of a file, so that the checker can be asked about its nodes; undefined where there is no such file. */
  source(file: string): ts.SourceFile | undefined;
  /** The files that were read so far. */
  loaded(): string[];
}

/** Where the files of a program come from. */
export interface ProgramFiles {
  /** Undefined where there is no such file. */
  text(file: string): string | undefined;
  /** The file that an import leads to: a first-party one, or our declarations of a client library. Undefined where it leads out of the workspace. */
  resolve(specifier: string, importer: string): string | undefined;
}

/** Makes a program of all files at once. @param trees parses the project's own code */
export type MakeProgram = (roots: readonly string[], files: ProgramFiles, trees: SourceTrees) => Program;

export class LazyProgram implements Program {
  readonly checker: ts.TypeChecker;
  readonly #files: ProgramFiles;
  readonly #trees: SourceTrees;
  readonly #sources = new Map<string, ts.SourceFile | undefined>();

  /** @param ambient the files that are seen without an import, as a program (`ambientProgram`) */
  constructor(ambient: ts.Program, files: ProgramFiles, trees: SourceTrees) {
    this.#files = files;
    this.#trees = trees;
    for (const source of ambient.getSourceFiles()) this.#sources.set(source.fileName, source);
    const host = Object.assign(Object.create(ambient) as object, {
      getSourceFile: (fileName: string) => this.source(fileName),
      getResolvedModule: (importer: ts.SourceFile, specifier: string) => resolution(files.resolve(specifier, importer.fileName)),
    });
    this.checker = compilerInternals.createTypeChecker(host);
  }

  source(file: string): ts.SourceFile | undefined {
    if (this.#sources.has(file)) return this.#sources.get(file);
    const text = this.#files.text(file);
    const tree = text === undefined ? undefined : this.#trees.of(file, text);
    if (tree) enrol(tree as Partial<ProgramSourceFile> & ts.SourceFile);
    this.#sources.set(file, tree);
    return tree;
  }

  loaded(): string[] {
    return [...this.#sources].flatMap(([file, source]) => (source ? [file] : []));
  }
}

/** What a ts.Program would note on a tree before a checker sees it. */
function enrol(tree: Partial<ProgramSourceFile> & ts.SourceFile): void {
  if (tree.imports) return;
  tree.path = tree.fileName;
  tree.resolvedPath = tree.fileName;
  tree.originalFileName = tree.fileName;
  tree.moduleAugmentations = [];
  // Only for the specifiers of types that are printed.
  tree.imports = tree.statements.flatMap((statement) => {
    const specifier = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) ? statement.moduleSpecifier : undefined;
    return specifier && ts.isStringLiteral(specifier) ? [specifier] : [];
  });
}

/**
 * The language's library and the files that declare something for everybody, which no import leads to.
 * @param before the program of an earlier state, whose trees serve again
 */
export function ambientProgram(roots: readonly string[], text: (file: string) => string | undefined, trees: SourceTrees, before?: ts.Program): ts.Program {
  // Imports are the checker's to follow.
  const host = compilerHost(text, trees, () => undefined);
  // A program without roots would have no library either.
  const rootNames = [host.getDefaultLibFileName(compilerOptions), ...roots];
  return ts.createProgram({ rootNames, options: compilerOptions, host, ...(before ? { oldProgram: before } : {}) });
}
