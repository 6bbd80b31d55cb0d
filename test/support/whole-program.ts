/** A program of all files at once, which the lazy one is held against. */
import ts from 'typescript';
import { compilerHost } from '../../src/analyzer/program/compiler-host.ts';
import { compilerOptions } from '../../src/analyzer/program/compiler.ts';
import type { MakeProgram } from '../../src/analyzer/program/lazy-program.ts';

/** Over our declarations, every import followed. */
export const wholeProgram: MakeProgram = (roots, files, trees) => {
  const host = compilerHost((file) => files.text(file), trees, (specifier, importer) => files.resolve(specifier, importer));
  const program = ts.createProgram({ rootNames: roots, options: compilerOptions, host });
  return {
    checker: program.getTypeChecker(),
    source: (file) => program.getSourceFile(file),
    loaded: () => program.getSourceFiles().map(({ fileName }) => fileName),
  };
};
