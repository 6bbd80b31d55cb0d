/** A program of all files at once, which the lazy one is held against. */
import ts from 'typescript';
import { compilerHost, resolution } from '../../src/analyzer/program/compiler-host.ts';
import { compilerOptions } from '../../src/analyzer/program/compiler.ts';
import type { MakeProgram } from '../../src/analyzer/program/lazy-program.ts';
import { importSpecifiers } from '../../src/analyzer/program/module-names.ts';
import { requiresInTypeScript } from '../../src/analyzer/program/required-modules.ts';

/** Over our declarations, every import followed. */
export const wholeProgram: MakeProgram = (roots, files, trees) => {
  const host = compilerHost((file) => files.text(file), trees, (specifier, importer) => files.resolve(specifier, importer));
  // A ts.Program looks for `require` in JavaScript alone.
  const required = roots.flatMap((file) => {
    const text = files.text(file) ?? '';
    return requiresInTypeScript(file, text) ? importSpecifiers(text).flatMap((specifier) => files.resolve(specifier, file) ?? []) : [];
  });
  const program = ts.createProgram({ rootNames: [...roots, ...required], options: compilerOptions, host });
  Object.assign(program, { getResolvedModule: (importer: ts.SourceFile, specifier: string) => resolution(files.resolve(specifier, importer.fileName)) });
  return {
    checker: program.getTypeChecker(),
    source: (file) => program.getSourceFile(file),
    loaded: () => program.getSourceFiles().map(({ fileName }) => fileName),
  };
};
