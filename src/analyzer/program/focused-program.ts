/**
 * A TypeScript program of the files that matter and no others (docs/architecture.md, "The focused program"):
 * its roots are the files near a Redis client, an import is followed only where it leads towards one, client libraries resolve to
 * small declarations of our own, and nothing of node_modules is read. One program serves the whole root: module resolution is
 * ours, per file, so that several tsconfigs (or none) need no programs of their own.
 */
import { readdirSync } from 'node:fs';
import ts from 'typescript';
import { assetFolder } from '../assets.ts';
import { clientDeclaration } from '../dialects/client-declarations.ts';
import type { Focus } from './focus.ts';
import type { ProjectFiles } from './project-files.ts';
import type { SourceTrees } from './source-trees.ts';

const options: ts.CompilerOptions = {
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

export class FocusedProgram {
  readonly #files: ProjectFiles;
  readonly #trees: SourceTrees;
  #program: ts.Program | undefined;

  constructor(files: ProjectFiles, trees: SourceTrees) {
    this.#files = files;
    this.#trees = trees;
  }

  /**
   * The program over these files as they are now; unchanged files keep their trees.
   * `roots` are the files that may send commands, and those that may run them (carriers.ts, callers.ts).
   * `followed` names files whose every first-party import is followed, one step: the argument types that rules ask for.
   */
  update(focus: Focus, roots: ReadonlySet<string>, declarations: readonly string[], followed: ReadonlySet<string>): ts.Program {
    const wanted = [...roots, ...declarations.filter((file) => focus.imports.has(file))];
    this.#program = ts.createProgram({
      rootNames: wanted,
      options,
      host: this.#host(focus, followed),
      ...(this.#program ? { oldProgram: this.#program } : {}),
    });
    return this.#program;
  }

  #host(focus: Focus, followed: ReadonlySet<string>): ts.CompilerHost {
    const libFolder = assetFolder('lib');
    const clients = new Map<string, string>();
    return {
      getSourceFile: (fileName) => this.#source(fileName, clients.get(fileName) ?? (fileName.startsWith(libFolder) ? libText(fileName) : this.#files.read(fileName))),
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
      resolveModuleNameLiterals: (literals, importer) =>
        literals.map((literal) => {
          const imports = focus.imports.get(importer);
          const client = imports?.clients.get(literal.text);
          if (client) {
            const { fileName, text } = clientDeclaration(client.library, client.major);
            clients.set(fileName, text);
            return resolved(fileName);
          }
          const target = imports?.files.get(literal.text);
          return target !== undefined && leadsOn(importer, target) ? resolved(target) : { resolvedModule: undefined };
        }),
    };

    function leadsOn(importer: string, target: string): boolean {
      if (followed.has(importer)) return true;
      const to = focus.distance.get(target);
      return to !== undefined && to <= (focus.distance.get(importer) ?? Infinity);
    }
  }

  #source(fileName: string, text: string | undefined): ts.SourceFile | undefined {
    return text === undefined ? undefined : this.#trees.of(fileName, text);
  }
}

function resolved(fileName: string): ts.ResolvedModuleWithFailedLookupLocations {
  return { resolvedModule: { resolvedFileName: fileName, extension: extensionOf(fileName), isExternalLibraryImport: false } };
}

function extensionOf(fileName: string): string {
  return /\.d\.[cm]?ts$/.exec(fileName)?.[0] ?? /\.[cm]?[jt]sx?$/.exec(fileName)?.[0] ?? ts.Extension.Ts;
}

/** TypeScript's own library, read once per process. */
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
