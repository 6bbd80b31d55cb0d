/** All that the compiler knows of the disk: the files it is handed, and the language's own library, which is parsed once. */
import { readdirSync } from 'node:fs';
import ts from 'typescript';
import { assetFolder } from '../assets.ts';
import { SourceTrees } from './source-trees.ts';

/**
 * @param text of a file; undefined where there is no such file
 * @param trees parses the project's own code
 * @param resolve the file that an import leads to; undefined where it leads out of the workspace
 */
export function compilerHost(text: (file: string) => string | undefined, trees: SourceTrees, resolve: (specifier: string, importer: string) => string | undefined): ts.CompilerHost {
  const libFolder = assetFolder('lib');
  return {
    getSourceFile: (fileName) => {
      const isLibrary = fileName.startsWith(`${libFolder}/`);
      const found = isLibrary ? libText(fileName) : text(fileName);
      return found === undefined ? undefined : (isLibrary ? libTrees : trees).of(fileName, found);
    },
    getDefaultLibFileName: () => `${libFolder}/lib.esnext.d.ts`,
    getDefaultLibLocation: () => libFolder,
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: () => false,
    readFile: () => undefined,
    directoryExists: () => false,
    resolveModuleNameLiterals: (literals, importer) => literals.map(({ text: specifier }) => resolution(resolve(specifier, importer))),
  };
}

/** What the compiler is told of an import. */
export function resolution(target: string | undefined): ts.ResolvedModuleWithFailedLookupLocations {
  return { resolvedModule: target === undefined ? undefined : { resolvedFileName: target, extension: extensionOf(target), isExternalLibraryImport: false } };
}

function extensionOf(fileName: string): string {
  return /\.d\.[cm]?ts$/.exec(fileName)?.[0] ?? /\.[cm]?[jt]sx?$/.exec(fileName)?.[0] ?? ts.Extension.Ts;
}

/** TypeScript's own library, read and parsed once per process: no program changes the trees, and all have the same options. */
const libTrees = new SourceTrees();
const libTexts = new Map<string, string | undefined>();
let libNames: ReadonlySet<string> | undefined;

function libText(fileName: string): string | undefined {
  if (!libTexts.has(fileName)) {
    libNames ??= new Set(readdirSync(assetFolder('lib')));
    const name = fileName.slice(fileName.lastIndexOf('/') + 1);
    libTexts.set(fileName, libNames.has(name) && !name.includes('.dom') ? ts.sys.readFile(fileName) : undefined);
  }
  return libTexts.get(fileName);
}
