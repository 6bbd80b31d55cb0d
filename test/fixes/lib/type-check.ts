/** Type-checks both sides of cases against the real packages' declarations: one program for each version of a client library. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const typeRoot = fileURLToPath(new URL('../../../node_modules/@types', import.meta.url));
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  esModuleInterop: true,
  strict: true,
  // A fix that leaves an import or a variable unused has not finished.
  noUnusedLocals: true,
  allowJs: true,
  checkJs: false,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
  typeRoots: [typeRoot],
};

/** Declarations are the same in every program: parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** @param files absolute paths below the folder of the client's installation; @returns messages by file, only where there are some */
export function typeCheck(files: readonly string[]): Map<string, string[]> {
  const host = ts.createCompilerHost(options, true);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, languageVersion) => {
    if (!name.endsWith('.d.ts')) return read(name, languageVersion);
    if (!parsed.has(name)) parsed.set(name, read(name, languageVersion));
    return parsed.get(name);
  };
  const program = ts.createProgram({ rootNames: [...files], options, host });
  const messages = new Map<string, string[]>();
  for (const name of new Set(files.flatMap((file) => [file, ...siblingsOf(program, file)]))) {
    const sourceFile = program.getSourceFile(name);
    if (!sourceFile) continue;
    const found = [...program.getSyntacticDiagnostics(sourceFile), ...program.getSemanticDiagnostics(sourceFile)].filter(({ category }) => category === ts.DiagnosticCategory.Error);
    if (found.length > 0) messages.set(name, found.map((one) => describe(one)));
  }
  return messages;
}

/** The case's other files, which come in by import. */
function siblingsOf(program: ts.Program, file: string): string[] {
  const folder = dirname(file);
  return program.getSourceFiles().map(({ fileName }) => fileName).filter((name) => name.startsWith(join(folder, '/')) && !name.includes('/node_modules/'));
}

function describe({ file, start, messageText, code }: ts.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `line ${line}: TS${code} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}
