import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { assetFolder } from '../../../src/analyzer/assets.ts';
import { clientDeclaration, clientDeclarationText, isClientDeclaration, kindOf, modulePrefix, supportedMajor } from '../../../src/analyzer/dialects/client-declarations.ts';
import type { Library } from '../../../src/analyzer/facts/calls/redis-call.ts';
import { receiverType } from '../../../src/analyzer/dialects/client-types.ts';
import { ioredisUses, nodeRedisUses, redis3Uses, type Use } from './client-uses.ts';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.esnext.d.ts'],
  types: [], allowJs: true, checkJs: false, strict: true, esModuleInterop: true, skipLibCheck: true, noEmit: true,
};

/** Parsed once: they are the language's, and the same for every program here. */
const libFiles = new Map<string, ts.SourceFile>();

function libFile(name: string): ts.SourceFile | undefined {
  const known = libFiles.get(name);
  if (known) return known;
  const text = ts.sys.readFile(name);
  if (text === undefined) return undefined;
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  libFiles.set(name, file);
  return file;
}

/** A program of one file over our declarations and nothing else. */
function program(library: Library, major: number, fileName: string, text: string): ts.Program {
  const declaration = clientDeclaration(library, major);
  const sources = new Map([[fileName, text], [declaration, clientDeclarationText(declaration) ?? '']]);
  const lib = assetFolder('lib');
  return ts.createProgram([fileName], options, {
    getSourceFile: (name) => {
      const source = sources.get(name);
      return source === undefined ? libFile(name) : ts.createSourceFile(name, source, ts.ScriptTarget.ESNext, true);
    },
    getDefaultLibFileName: () => `${lib}/lib.esnext.d.ts`,
    getDefaultLibLocation: () => lib,
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => sources.has(name),
    readFile: (name) => sources.get(name),
    resolveModuleNameLiterals: (literals) => literals.map(({ text: name }) => ({
      resolvedModule: name === library ? { resolvedFileName: declaration, extension: ts.Extension.Dts } : undefined,
    })),
  });
}

/** `import x = require()` needs another `module` than the analyzer's one for all; it gives the types nevertheless. */
const importAssignmentInEsm = 1202;

/** Types and receiver kinds of the variables that a use names. */
function look(library: Library, major: number, use: Use): { errors: string[]; types: Record<string, string>; kinds: Record<string, string | undefined> } {
  const built = program(library, major, use.file ?? '/use.ts', use.text.replaceAll('LIBRARY', library));
  const checker = built.getTypeChecker();
  const file = built.getSourceFile(use.file ?? '/use.ts');
  if (!file) throw new Error('no file');
  const types: Record<string, string> = {};
  const kinds: Record<string, string | undefined> = {};
  const visit = (node: ts.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node)) && ts.isIdentifier(node.name)) {
      const type = checker.getTypeAtLocation(node.name);
      types[node.name.text] = checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType);
      const receiver = receiverType(type, checker);
      kinds[node.name.text] = receiver && `${receiver.kind}${receiver.maybeCluster ? '?cluster' : ''}`;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  const errors = [...built.getSyntacticDiagnostics(file), ...built.getSemanticDiagnostics(file)].filter(({ code }) => code !== importAssignmentInEsm).map((error) => ts.flattenDiagnosticMessageText(error.messageText, ' '));
  return { errors, types, kinds };
}

const families: [uses: readonly Use[], versions: [Library, number][]][] = [
  [ioredisUses, [['ioredis', 4], ['ioredis', 5], ['ioredis', 6], ['iovalkey', 0]]],
  [nodeRedisUses, [['redis', 4], ['redis', 5], ['redis', 6], ['@redis/client', 4], ['@redis/client', 5], ['@redis/client', 6]]],
  [redis3Uses, [['redis', 3]]],
];

for (const [uses, versions] of families) {
  for (const [library, major] of versions) {
    describe(`${library} ${major}`, () => {
      for (const use of uses.filter(({ majors }) => majors === undefined || majors.includes(major))) {
        it(use.name, () => {
          const { errors, types, kinds } = look(library, major, use);
          expect(errors).toEqual([]);
          expect(types).toMatchObject(use.types ?? {});
          expect(kinds).toMatchObject(use.kinds ?? {});
        });
      }

      it('is a file of which nothing but the language is needed', () => {
        const built = program(library, major, '/use.ts', `import * as all from '${library}'; export { all };`);
        const file = built.getSourceFile(clientDeclaration(library, major));
        const unresolved = file ? built.getSemanticDiagnostics(file) : [];
        expect(file).toBeDefined();
        expect(unresolved).toEqual([]);
        expect(clientDeclarationText(clientDeclaration(library, major))?.length).toBeLessThan(72 * 1024);
      });
    });
  }
}

describe('supportedMajor', () => {
  it.each<[Library, string | undefined, number]>([
    ['ioredis', '5.4.1', 5], ['ioredis', '^5', 5], ['ioredis', '>=4', 6], ['ioredis', '~4.28', 4], ['ioredis', '4.x || 5.x', 5], ['ioredis', '<5', 4],
    ['ioredis', 'latest', 6], ['ioredis', 'workspace:*', 6], ['ioredis', 'workspace:^5.0.0', 5], ['ioredis', undefined, 6], ['ioredis', '', 6], ['ioredis', '*', 6],
    ['ioredis', 'npm:ioredis@5.3.2', 5], ['ioredis', 'npm:@scope/redis@^4.1.0', 4], ['ioredis', '3.2.2', 4], ['ioredis', '7.0.0', 6], ['ioredis', '6.0.0-beta.1', 6],
    ['ioredis', 'github:redis/ioredis#main', 6], ['ioredis', 'catalog:', 6], ['ioredis', 'file:../ioredis', 6],
    ['iovalkey', '^0.3.1', 0], ['iovalkey', '1.0.0', 0],
    ['redis', '2.8.0', 3], ['redis', '^3.1', 3], ['redis', '4.7.1', 4], ['redis', '^5.8.0', 5], ['redis', '6', 6], ['redis', '4.0.0-rc.3', 4],
    ['@redis/client', '^1.5.8', 4], ['@redis/client', '5.1.0', 5], ['@redis/client', '^6', 6], ['@redis/client', '2.0.0', 4],
  ])('%s %s is %i', (library, range, major) => {
    expect(supportedMajor(library, range)).toBe(major);
  });
});

describe('client declarations by name', () => {
  it('know their files again', () => {
    for (const [, versions] of families) {
      for (const [library, major] of versions) {
        const fileName = clientDeclaration(library, major);
        expect(isClientDeclaration(fileName)).toEqual({ library, major, dialect: library.startsWith('io') ? 'ioredis' : 'node-redis' });
      }
    }
    expect(isClientDeclaration('/src/ioredis-5.d.ts')).toBeUndefined();
    expect(() => clientDeclaration('redis', 2)).toThrow(/No declarations of redis 2/);
  });

  it('tell kinds and modules by the name of an interface', () => {
    expect(kindOf('MultiCommander')).toBe('multi');
    expect(kindOf('constructor')).toBeUndefined();
    expect(modulePrefix('JsonCommands')).toBe('JSON');
    expect(modulePrefix('RedisCommands')).toBeUndefined();
  });
});
