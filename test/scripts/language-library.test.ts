import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, it } from 'vitest';
import { writeLanguageLibrary } from '../../scripts/lib/language-library.ts';

const original = dirname(require.resolve('typescript'));
const written = mkdtempSync(join(tmpdir(), 'keyscope-lib-'));
writeLanguageLibrary(original, written);
afterAll(() => rmSync(written, { recursive: true, force: true }));

const code = 'export const all = async (one: Promise<string[]>) => [await one, new Map([[1, "a"]]), [2, 1].toSorted(), new Set([1]).values().map(String)] as const;';

function programOver(folder: string): ts.Program {
  const host = ts.createCompilerHost({});
  const options: ts.CompilerOptions = { lib: ['lib.esnext.d.ts'], target: ts.ScriptTarget.ESNext, types: [], strict: true, noEmit: true };
  return ts.createProgram({
    rootNames: ['/code.ts'],
    options,
    host: {
      ...host,
      getDefaultLibFileName: () => join(folder, 'lib.esnext.d.ts'),
      getDefaultLibLocation: () => folder,
      getSourceFile: (file, version) => (file === '/code.ts' ? ts.createSourceFile(file, code, version) : host.getSourceFile(file, version)),
    },
  });
}

function describe(program: ts.Program): { type: string; globals: string[] } {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile('/code.ts');
  const [statement] = file?.statements ?? [];
  const declaration = statement && ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : undefined;
  if (!file || !declaration) throw new Error('no code');
  const globals = checker.getSymbolsInScope(file, ts.SymbolFlags.Value | ts.SymbolFlags.Type).map((symbol) => `${symbol.name} ${symbol.flags & ~ts.SymbolFlags.Transient} ${[...(symbol.members?.keys() ?? [])].sort().join()}`);
  return { type: checker.typeToString(checker.getTypeAtLocation(declaration), undefined, ts.TypeFormatFlags.NoTruncation), globals: globals.sort() };
}

it('declares what TypeScript declares, in fewer files', () => {
  const [own, theirs] = [programOver(written), programOver(original)];
  expect(ts.getPreEmitDiagnostics(own).map(({ messageText }) => messageText)).toEqual([]);
  expect(describe(own)).toEqual(describe(theirs));
  expect(readdirSync(written).length).toBeLessThan(6);
});
