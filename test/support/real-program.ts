/**
 * An ordinary program over every source file of a project and the real declarations of the client packages: nothing of the analyzer's
 * is in it. Modules are resolved by the compiler; only where packages lie is told to it, since no project here has them installed.
 */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import ts from 'typescript';
import { clientOfImport, realClients } from './real-clients.ts';
import { companionHome } from './real-companions.ts';
import { withNamedQueues } from './real-queues.ts';
import { asksForTheModuleItself, requiredFile, requiredText } from './real-require.ts';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts'],
  types: ['node'],
  jsx: ts.JsxEmit.Preserve,
  allowJs: true,
  strict: true,
  allowSyntheticDefaultImports: true,
  // So that `import * as Redis` of an `export =` is the class, as older code has it.
  esModuleInterop: false,
  ignoreDeprecations: '6.0',
  allowImportingTsExtensions: true,
  experimentalDecorators: true,
  skipLibCheck: true,
  noEmit: true,
};

export interface RealProgram {
  program: ts.Program;
  /** The project's own code: no declaration file, nothing installed. */
  sources: readonly ts.SourceFile[];
}

/** How a file of the project becomes a tree; undefined where there is no such file. */
export type Parse = (file: string) => ts.SourceFile | undefined;

/** @param root of the project, absolute, with `/` @param parse default: as the compiler does */
export function realProgram(root: string, parse?: Parse): RealProgram {
  const files = sourceFiles(root);
  const program = ts.createProgram({ rootNames: files, options, host: realHost(parse) });
  return { program, sources: files.flatMap((file) => (/\.d\.[cm]?ts$/.test(file) ? [] : (program.getSourceFile(file) ?? []))) };
}

/** Everything with code in it; folders that tools fill are left out. */
function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : sourceFiles(path);
    return entry.isFile() && /\.(?:[cm]?[jt]s|[jt]sx)$/.test(entry.name) ? [path] : [];
  });
}

/** Declarations of TypeScript, Node and the packages, parsed and bound once for all programs. */
const shared = new Map<string, ts.SourceFile | undefined>();

function realHost(parse: Parse | undefined): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const read = host.getSourceFile.bind(host);
  const companions = `${companionHome()}/importer.ts`;
  const homes = [companionHome(), ...realClients().map(({ home }) => home)];
  const required = new Map(realClients().flatMap((client): [string, string][] => {
    const text = requiredText(client);
    return text === undefined ? [] : [[requiredFile(client), text]];
  }));
  const isInstalled = (file: string): boolean => homes.some((home) => file.startsWith(`${home}/node_modules/`));
  const isShared = (file: string): boolean => file.endsWith('.d.ts') && (file.includes('/node_modules/typescript/lib/') || isInstalled(file) || required.has(file));
  const optionsByFolder = new Map<string, ts.CompilerOptions>();

  host.getSourceFile = (file, language) => {
    if (!isShared(file)) return parse ? parse(file) : read(file, language);
    if (!shared.has(file)) {
      const text = required.get(file) ?? ts.sys.readFile(file);
      shared.set(file, text === undefined ? undefined : ts.createSourceFile(file, withNamedQueues(file, text), language, true));
    }
    return shared.get(file);
  };
  host.resolveModuleNameLiterals = (literals, importer) => literals.map((literal) => {
    // What a client package imports is resolved where it lies; what others import of a client, as in a project that has both.
    const ofClient = realClients().some(({ home }) => importer.startsWith(`${home}/node_modules/`)) ? undefined : clientOfImport(literal.text, importer);
    if (ofClient) {
      const { client, specifier } = ofClient;
      const file = requiredFile(client);
      if (required.has(file) && !required.has(importer) && asksForTheModuleItself(literal)) return resolved(file);
      return ts.resolveModuleName(specifier, `${client.home}/importer.ts`, options, host);
    }
    const found = ts.resolveModuleName(literal.text, importer, isInstalled(importer) ? options : optionsOf(dirname(importer)), host);
    return found.resolvedModule || literal.text.startsWith('.') ? found : ts.resolveModuleName(literal.text, companions, options, host);
  });
  // One @types/node for all, whichever package asks for it.
  host.resolveTypeReferenceDirectiveReferences = (references) =>
    references.map((reference) => ts.resolveTypeReferenceDirective(typeof reference === 'string' ? reference : reference.fileName, companions, options, host));
  return host;

  /** With `paths` and `baseUrl` of the nearest tsconfig.json; that of this repository says nothing of the projects in it. */
  function optionsOf(folder: string): ts.CompilerOptions {
    let own = optionsByFolder.get(folder);
    if (own) return own;
    own = options;
    const file = ts.findConfigFile(folder, (path) => ts.sys.fileExists(path));
    if (file && !ts.sys.fileExists(`${dirname(file)}/vitest.config.mts`)) {
      const { baseUrl, paths, pathsBasePath } = ts.parseJsonConfigFileContent(ts.readConfigFile(file, (path) => ts.sys.readFile(path)).config, ts.sys, dirname(file)).options;
      own = { ...options, ...(baseUrl === undefined ? {} : { baseUrl }), ...(paths ? { paths, pathsBasePath } : {}) };
    }
    optionsByFolder.set(folder, own);
    return own;
  }
}

function resolved(resolvedFileName: string): ts.ResolvedModuleWithFailedLookupLocations {
  return { resolvedModule: { resolvedFileName, extension: ts.Extension.Dts, isExternalLibraryImport: true } };
}
