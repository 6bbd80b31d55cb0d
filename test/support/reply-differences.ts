/** The replies that our declarations promise, held against those of the real ones: both in one program, so that the checker compares them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Spec } from '../../scripts/client-declarations/common.ts';
import { declarationFolder, install } from '../../scripts/client-declarations/install.ts';
import { isGeneric, parseOptions, promisedType, publicMembers } from '../../scripts/client-declarations/members.ts';

export interface ReplyDifferences {
  /** `RedisClientType.get: ours string, the package's string | null` */
  lines: string[];
  /** How many replies were compared: where ours is `any`, nothing is promised. */
  compared: number;
}

/** A promise of ours is kept where each reply of the package is one of ours, and each of ours one of the package's. */
export function replyDifferences(spec: Spec): ReplyDifferences {
  const pairs = spec.comparisons.map(({ real, ours }) => ({ real, ours: ours.replaceAll(`import('${spec.module}')`, "import('./ours')"), name: ours.replace(/^import\('[^']+'\)\./, '') }));
  const expressions = pairs.flatMap(({ real, ours }) => [real, ours]);
  const types = typesOf(spec, expressions, []);
  // What a generic method replies is only said by a call.
  const calls = pairs.flatMap(({ real }) => publicMembers(types.type(real)).filter((member) => isGeneric(types.checker, types.typeOf(member))).map((member) => `${real}\0${member.name}`));
  const { checker, type, typeOf, called } = calls.length === 0 ? types : typesOf(spec, expressions, calls);
  const lines: string[] = [];
  let compared = 0;
  for (const { real, ours, name } of pairs) {
    const theirs = new Map(publicMembers(type(real)).map((member) => [member.name, member]));
    for (const member of publicMembers(type(ours))) {
      const method = theirs.get(member.name);
      const promised = repliesOf(typeOf(member));
      if (!method || promised.length === 0 || promised.some((reply) => saysNothing(reply) || isClient(reply))) continue;
      const call = called(`${real}\0${member.name}`);
      const given = call ? [promisedType(checker, call) ?? call] : repliesOf(typeOf(method));
      compared++;
      const isKept = given.length > 0 && given.every((one) => isOneOf(one, promised)) && promised.every((one) => isOneOf(one, given));
      if (!isKept) lines.push(`${name}.${member.name}: ours ${text(promised)}, the package's ${text(given)}`);
    }
  }
  return { lines, compared };

  /** By the promise, in node-redis 3 by the callback; overloads each for itself. */
  function repliesOf(method: ts.Type): ts.Type[] {
    const signatures = method.getCallSignatures();
    if (spec.name === 'redis-3') return signatures.flatMap((signature) => callbackReply(signature) ?? []);
    return signatures.flatMap((signature) => promisedType(checker, checker.getReturnTypeOfSignature(signature)) ?? []);
  }

  function callbackReply(signature: ts.Signature): ts.Type | undefined {
    for (const parameter of signature.getParameters()) {
      const whole = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
      const own = checker.isArrayType(whole) ? checker.getTypeArguments(whole as ts.TypeReference)[0] : whole;
      for (const part of own?.isUnion() ? own.types : own ? [own] : []) {
        const reply = part.getCallSignatures()[0]?.getParameters()[1];
        if (reply) return checker.getTypeOfSymbol(reply);
      }
    }
    return undefined;
  }

  function isOneOf(reply: ts.Type, replies: readonly ts.Type[]): boolean {
    return parts(reply).every((part) => replies.some((other) => checker.isTypeAssignableTo(part, other)));
  }

  function text(replies: readonly ts.Type[]): string {
    return [...new Set(replies.map((reply) => checker.typeToString(reply, undefined, ts.TypeFormatFlags.NoTruncation)))].join(' or ').slice(0, 300);
  }
}

const isAny = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.Any) !== 0;
const parts = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);

/** `any`, `any[]`, and what is told by the caller (`sendCommand<string>(…)`). */
function saysNothing(reply: ts.Type): boolean {
  return isAny(reply) || (reply.flags & ts.TypeFlags.TypeParameter) !== 0 || reply.aliasSymbol?.name === 'Awaited' || (reply.getNumberIndexType() !== undefined && isAny(reply.getNumberIndexType() as ts.Type));
}

/** Whether it is of a class or interface of ours: no reply, and the oracle tests see to it. */
function isClient(reply: ts.Type): boolean {
  return parts(reply).some((part) => (part.symbol as ts.Symbol | undefined)?.declarations?.some((one) => (ts.isClassDeclaration(one) || ts.isInterfaceDeclaration(one)) && one.getSourceFile().fileName.endsWith('/ours.d.ts')));
}

interface Types {
  checker: ts.TypeChecker;
  type(expression: string): ts.Type;
  typeOf(member: ts.Symbol): ts.Type;
  /** What a call without known arguments gives. */
  called(key: string): ts.Type | undefined;
}

/** @param calls `<owner expression>\0<method>` */
function typesOf(spec: Spec, expressions: readonly string[], calls: readonly string[]): Types {
  const folder = install(spec);
  const main = join(folder, 'replies.ts');
  const texts = new Map([
    [join(folder, 'ours.d.ts'), withNodesBuffer(readFileSync(join(declarationFolder, `${spec.name}.d.ts`), 'utf8'))],
    [main, ['export {};', ...expressions.map((expression, index) => `export type P${index} = ${expression};`), ...calls.map((call, index) => {
      const [owner, method] = call.split('\0');
      return `declare const o${index}: ${owner};\nexport const C${index} = o${index}['${method}'](...([] as any));`;
    })].join('\n')],
  ]);
  const options = { ...parseOptions(), types: ['node'], typeRoots: [join(folder, 'node_modules/@types')] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, language) => {
    const own = texts.get(path);
    return own === undefined ? getSourceFile(path, language) : ts.createSourceFile(path, own, language, true);
  };
  const program = ts.createProgram([main], options, host);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(main);
  const found = new Map<string, ts.Type>();
  for (const symbol of file ? checker.getExportsOfModule(checker.getSymbolAtLocation(file) as ts.Symbol) : []) {
    const index = Number(symbol.name.slice(1));
    const key = symbol.name.startsWith('P') ? expressions[index] : calls[index];
    if (key !== undefined) found.set(key, symbol.name.startsWith('P') ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol));
  }
  return {
    checker,
    typeOf: (member) => checker.getTypeOfSymbol(member),
    called: (key) => found.get(key),
    type(expression) {
      const type = found.get(expression);
      if (!type || isAny(type)) throw new Error(`${spec.name}: ${expression} is not a type here`);
      return type;
    },
  };
}

/** Our files declare the part of Buffer that is of use; here both sides have to mean the same. */
const withNodesBuffer = (text: string): string => text.replace(/^interface Buffer extends Uint8Array \{\n(?: .*\n)*\}\n/m, '');
