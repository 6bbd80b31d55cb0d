/**
 * How the compiler is used: its options, and the two functions that its public API does not show. They are those of the one version
 * that we ship; with them a file can be parsed and bound alone, and a checker made that reads files as it needs them.
 */
import ts from 'typescript';

export const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts'],
  types: [],
  jsx: ts.JsxEmit.Preserve,
  allowJs: true,
  checkJs: false,
  strict: true,
  // Off, so that `import * as Redis from 'ioredis'` is still the class, as older code has it; default imports work all the same.
  esModuleInterop: false,
  allowSyntheticDefaultImports: true,
  ignoreDeprecations: '6.0',
  allowImportingTsExtensions: true,
  experimentalDecorators: true,
  resolveJsonModule: false,
  skipLibCheck: true,
  noEmit: true,
};

interface CompilerInternals {
  /** @param host a ts.Program, or what answers as one */
  createTypeChecker(host: object): ts.TypeChecker;
  /** Gives each node its parent and each scope its symbols; nothing where that was done. */
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
}

/** Its members may be replaced: tests count what is asked. */
export const compilerInternals: CompilerInternals = {
  createTypeChecker: (host) => (ts as unknown as CompilerInternals).createTypeChecker(host),
  bindSourceFile: (file, options) => (ts as unknown as CompilerInternals).bindSourceFile(file, options),
};

/** What a ts.Program adds to a tree that the checker reads. */
export interface ProgramSourceFile extends ts.SourceFile {
  path: string;
  resolvedPath: string;
  originalFileName: string;
  moduleAugmentations: readonly ts.Node[];
  imports: readonly ts.StringLiteralLike[];
}
