/** Asks TypeScript's checker about types of the real packages, or of our declarations of them. */
import { join } from 'node:path';
import ts from 'typescript';
import { emitterMembers } from './common.ts';
import { parseOptions, publicMembers } from './members.ts';

/** A method called on a type, for what its reply is: only a call resolves the type parameters of a generic method. */
export interface Call {
  owner: string;
  name: string;
}

export const callKey = ({ owner, name }: Call): string => `${owner}\0${name}`;

/** A program of one probe file whose type aliases are the expressions asked about, over the packages in `folder` or over `declaration` alone. */
export class Probe {
  readonly checker: ts.TypeChecker;
  readonly file: ts.SourceFile;
  private readonly types = new Map<string, ts.Type>();

  constructor(folder: string, module: string, expressions: readonly string[], declaration?: string, calls: readonly Call[] = []) {
    const name = join(folder, 'probe.ts');
    const own = join(folder, 'ours.d.ts');
    const text = [`import * as everything from '${module}';`, 'export { everything };', ...expressions.map((expression, i) => `export type P${i} = ${expression};`),
      ...calls.map(({ owner, name: method }, i) => `declare const o${i}: ${owner};\nexport const C${i} = o${i}['${method}'](...([] as any));`)].join('\n');
    const options: ts.CompilerOptions = { ...parseOptions(), ...(declaration === undefined ? { types: ['node'], typeRoots: [join(folder, 'node_modules/@types')] } : {}) };
    const host = ts.createCompilerHost(options);
    const virtual = new Map([[name, text], ...(declaration === undefined ? [] : [[own, declaration] as [string, string]])]);
    const { getSourceFile, fileExists, readFile } = host;
    host.fileExists = (path) => virtual.has(path) || fileExists(path);
    host.readFile = (path) => virtual.get(path) ?? readFile(path);
    host.getSourceFile = (path, language) => {
      const own = virtual.get(path);
      return own === undefined ? getSourceFile(path, language) : ts.createSourceFile(path, own, language, true);
    };
    if (declaration !== undefined) {
      host.resolveModuleNameLiterals = (literals) => literals.map(() => ({ resolvedModule: { resolvedFileName: own, extension: ts.Extension.Dts, isExternalLibraryImport: true } }));
    }
    const program = ts.createProgram([name], options, host);
    this.checker = program.getTypeChecker();
    const file = program.getSourceFile(name);
    if (!file) throw new Error(`No source file ${name}`);
    this.file = file;
    for (const statement of file.statements) {
      const variable = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]?.name : undefined;
      const call = variable && ts.isIdentifier(variable) && variable.text.startsWith('C') ? calls[Number(variable.text.slice(1))] : undefined;
      if (variable && call) this.types.set(callKey(call), this.checker.getTypeAtLocation(variable));
      if (!ts.isTypeAliasDeclaration(statement)) continue;
      const expression = expressions[Number(statement.name.text.slice(1))];
      if (expression !== undefined) this.types.set(expression, this.checker.getTypeAtLocation(statement.name));
    }
  }

  type(expression: string): ts.Type {
    const type = this.anyType(expression);
    if (type.flags & ts.TypeFlags.Any) throw new Error(`${expression} is not a type here`);
    return type;
  }

  anyType(expression: string): ts.Type {
    const type = this.types.get(expression);
    if (!type) throw new Error(`${expression} was not asked`);
    return type;
  }

  members(expression: string): Map<string, ts.Symbol> {
    return new Map(publicMembers(this.type(expression)).filter((symbol) => !emitterMembers.has(symbol.getName())).map((symbol) => [symbol.getName(), symbol]));
  }

  typeOf(symbol: ts.Symbol): ts.Type {
    return this.checker.getTypeOfSymbolAtLocation(symbol, this.file);
  }

  exports(): ts.Symbol[] {
    const declaration = this.file.statements[0];
    const clause = declaration && ts.isImportDeclaration(declaration) ? declaration.importClause?.namedBindings : undefined;
    if (!clause || !ts.isNamespaceImport(clause)) return [];
    const symbol = this.checker.getSymbolAtLocation(clause.name);
    const module = symbol && this.checker.getAliasedSymbol(symbol);
    return module ? this.checker.getExportsOfModule(module) : [];
  }
}
