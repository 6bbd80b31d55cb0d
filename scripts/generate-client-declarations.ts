/**
 * Generates src/analyzer/dialects/declarations/*.d.ts from the real client packages, which it installs into .cache/client-packages.
 * `tsx scripts/generate-client-declarations.ts [name…]` writes them; with `--check` it compares the files at hand with the packages,
 * member by member, and ends with 1 where they differ.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { emitterMembers, type Fill, type Spec } from './client-declarations/common.ts';
import { parseOptions, publicMembers, replyText, typeText } from './client-declarations/members.ts';
import { specs } from './client-declarations/specs.ts';

const root = resolve(__dirname, '..');
const cache = join(root, '.cache/client-packages');
const target = join(root, 'src/analyzer/dialects/declarations');

/** Installs a spec's packages once; the folder's package.json says which versions are there. */
export function install(spec: Spec): string {
  const folder = join(cache, spec.name);
  const manifest = join(folder, 'package.json');
  const wanted = JSON.stringify({ private: true, description: spec.packages.join(' ') });
  if (existsSync(manifest) && readFileSync(manifest, 'utf8').includes(JSON.stringify(spec.packages.join(' ')))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(manifest, wanted);
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...spec.packages], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return folder;
}

/** A program of one probe file whose type aliases are the expressions asked about, over the packages in `folder` or over `declaration` alone. */
class Probe {
  readonly checker: ts.TypeChecker;
  readonly file: ts.SourceFile;
  private readonly types = new Map<string, ts.Type>();

  constructor(folder: string, module: string, expressions: readonly string[], declaration?: string) {
    const name = join(folder, 'probe.ts');
    const own = join(folder, 'ours.d.ts');
    const text = [`import * as everything from '${module}';`, 'export { everything };', ...expressions.map((expression, i) => `export type P${i} = ${expression};`)].join('\n');
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
      if (!ts.isTypeAliasDeclaration(statement)) continue;
      const expression = expressions[Number(statement.name.text.slice(1))];
      if (expression !== undefined) this.types.set(expression, this.checker.getTypeAtLocation(statement.name));
    }
  }

  type(expression: string): ts.Type {
    const type = this.types.get(expression);
    if (!type || type.flags & ts.TypeFlags.Any) throw new Error(`${expression} is not a type here`);
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

function generate(spec: Spec): string {
  const folder = install(spec);
  const real = new Probe(folder, spec.module, [...new Set(spec.fills.flatMap((fill) => [...fill.of, ...(fill.without ?? [])]))]);
  let text = spec.frame;
  const aliases = new Map<string, string>();
  for (const fill of spec.fills) {
    const marker = `/*+ ${fill.marker} */`;
    if (!text.includes(marker)) throw new Error(`${spec.name}: the frame has no line ${marker}`);
    text = text.replace(marker, () => [...fillLines(spec, fill, real, text, aliases), marker].join('\n'));
  }
  text = text.replace('/*+ aliases */', () => [...aliases].map(([reply, name]) => `type ${name} = ${reply};`).join('\n'));
  text = fillExports(spec, real, text);
  text = text.replace(/^\/\*\+ .* \*\/\n/gm, '').replace(/\n{3,}/g, '\n\n');
  return `// Generated by scripts/generate-client-declarations.ts from ${spec.packages.filter((name) => !name.startsWith('@types/node')).join(', ')}. Do not edit.\n${text}`;
}

function fillLines(spec: Spec, fill: Fill, real: Probe, text: string, aliases: Map<string, string>): string[] {
  const [first, ...others] = fill.of;
  if (first === undefined) return [];
  const required = others.map((expression) => real.members(expression));
  const refused = (fill.without ?? []).map((expression) => real.members(expression));
  const declared = declaredMembers(text, fill.declaredBy ?? []);
  const lines: string[] = [];
  for (const [name, symbol] of real.members(first)) {
    if (declared.has(name) || !required.every((members) => members.has(name)) || refused.some((members) => members.has(name))) continue;
    const type = real.typeOf(symbol);
    const key = /^[\w$]+$/.test(name) ? name : JSON.stringify(name);
    if (fill.style === 'command' && type.getCallSignatures().length > 0) {
      const reply = replyText(real.checker, type, real.file);
      lines.push(`  ${spec.command(key, spec.aliasReplies ? shortReply(reply, aliases) : reply)}`);
    } else lines.push(`  ${memberLine(real, key, type)}`);
  }
  return lines;
}

/** In node-redis each reply is written twice at least, under the command's two names. Short ones stay: an alias shows where the checker prints a type. */
function shortReply(reply: string, aliases: Map<string, string>): string {
  if (reply.length < 40) return reply;
  const name = aliases.get(reply) ?? `T${aliases.size + 1}`;
  aliases.set(reply, name);
  return name;
}

function memberLine(real: Probe, key: string, type: ts.Type): string {
  const signatures = type.getCallSignatures();
  if (signatures.length === 0) return `${key}: ${typeText(real.checker, type, real.file)};`;
  const returns = new Set(signatures.map((signature) => typeText(real.checker, real.checker.getReturnTypeOfSignature(signature), real.file)));
  return `${key}(...args: any[]): ${returns.size === 1 ? [...returns][0] : 'any'};`;
}

/** Names of the members of interfaces and classes of the frame as it is so far, those they extend within it included. */
function declaredMembers(text: string, names: readonly string[]): Set<string> {
  const file = ts.createSourceFile('frame.d.ts', text, ts.ScriptTarget.Latest, true);
  const found = new Set<string>();
  const seen = new Set<string>();
  const add = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const statement of file.statements) {
      if (!(ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) || statement.name?.text !== name) continue;
      for (const member of statement.members) if (member.name && !ts.isComputedPropertyName(member.name)) found.add(member.name.text);
      for (const clause of statement.heritageClauses ?? []) for (const type of clause.types) if (ts.isIdentifier(type.expression)) add(type.expression.text);
    }
  };
  names.forEach(add);
  return found;
}

/** Exported names that the frame does not give: known to be there, of no further interest. */
function fillExports(spec: Spec, real: Probe, text: string): string {
  const own = new Probe(join(cache, spec.name), spec.module, [], text);
  const given = new Set(own.exports().map((symbol) => symbol.getName()));
  const missing = real.exports().filter((symbol) => !given.has(symbol.getName()) && symbol.getName() !== 'default' && symbol.getName() !== 'prototype');
  const prefix = spec.exports === 'top' ? 'export declare' : 'declare';
  const type = spec.exports === 'top' ? 'export type' : 'type';
  const lines = missing.map((symbol) => {
    const name = symbol.getName();
    const target = symbol.flags & ts.SymbolFlags.Alias ? real.checker.getAliasedSymbol(symbol) : symbol;
    if (target.flags & ts.SymbolFlags.Class) {
      const isError = real.checker.getDeclaredTypeOfSymbol(target).getProperty('stack') !== undefined;
      return `${prefix} class ${name}${isError ? ' extends Error' : ''} { constructor(...args: any[])${isError ? '' : '; [member: string]: any'} }`;
    }
    const value = target.flags & ts.SymbolFlags.Value ? `${prefix} const ${name}: any;` : '';
    const parameters = typeParameters(target);
    return [value, target.flags & ts.SymbolFlags.Type ? `${type} ${name}${parameters} = any;` : ''].filter(Boolean).join('\n');
  });
  let result = text.replace('/*+ exports */', () => lines.join('\n'));
  if (spec.exports === 'namespace' && missing.length > 0) result = result.replace('/*+ namespace */', () => `  export { ${missing.map((symbol) => symbol.getName()).join(', ')} };`);
  return result;
}

function typeParameters(symbol: ts.Symbol): string {
  for (const declaration of symbol.declarations ?? []) {
    if ((ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration) || ts.isClassDeclaration(declaration)) && declaration.typeParameters?.length) {
      return `<${declaration.typeParameters.map((parameter) => `${parameter.name.text} = any`).join(', ')}>`;
    }
  }
  return '';
}

/** Differences between the file at hand and the packages, one line each. */
export function differences(spec: Spec): string[] {
  const folder = install(spec);
  const path = join(target, `${spec.name}.d.ts`);
  if (!existsSync(path)) return [`${spec.name}.d.ts is missing`];
  const text = readFileSync(path, 'utf8');
  const real = new Probe(folder, spec.module, spec.comparisons.flatMap(({ real, extraOf }) => [real, extraOf ?? []].flat()));
  const ours = new Probe(folder, spec.module, spec.comparisons.map((comparison) => comparison.ours), text);
  const found: string[] = [];
  for (const { real: realType, ours: ourType, extra, extraOf } of spec.comparisons) {
    const theirs = real.members(realType);
    const mine = ours.members(ourType);
    const allowed = new Set([...(extra ?? []), ...(extraOf ? real.members(extraOf).keys() : [])]);
    for (const name of theirs.keys()) if (!mine.has(name)) found.push(`${spec.name}: ${ourType} lacks ${name}`);
    for (const name of mine.keys()) if (!theirs.has(name) && !allowed.has(name)) found.push(`${spec.name}: ${ourType} has ${name}, the package has not`);
  }
  const exported = new Map(ours.exports().map((symbol) => [symbol.getName(), symbol]));
  for (const symbol of real.exports()) if (symbol.getName() !== 'prototype' && !exported.has(symbol.getName())) found.push(`${spec.name}: no export ${symbol.getName()}`);
  return found;
}

function main(): void {
  const args = process.argv.slice(2);
  const names = args.filter((arg) => !arg.startsWith('--'));
  const chosen = specs.filter((spec) => names.length === 0 || names.includes(spec.name));
  if (args.includes('--check')) {
    const found = chosen.flatMap(differences);
    for (const line of found) console.error(line);
    if (found.length > 0) process.exit(1);
    return;
  }
  mkdirSync(target, { recursive: true });
  for (const spec of chosen) {
    const text = generate(spec);
    writeFileSync(join(target, `${spec.name}.d.ts`), text);
    console.log(`${spec.name}.d.ts ${(text.length / 1024).toFixed(1)} KB`);
  }
}

if (require.main === module) main();
