/** Reads the public members of the real packages' types and cuts their types down to what can stand in a file of its own. */
import ts from 'typescript';

/** Types that a declaration file of ours may name: the language's own, and the Buffer that each file declares. */
const known = new Set(['Buffer', 'Record', 'Array', 'ReadonlyArray', 'Promise', 'Map', 'Set', 'Error', 'Date', 'AsyncIterable', 'AsyncGenerator']);

/** Longer replies (objects of many fields) become `any`: nothing is inferred from them, and the files stay small. */
const longestType = 160;

export function parseOptions(): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.esnext.d.ts'],
    strict: true, esModuleInterop: true, allowJs: true, checkJs: false, skipLibCheck: true, noEmit: true, types: [],
  };
}

/** Public, string-named members: no `_internal`, no private or protected ones. */
export function publicMembers(type: ts.Type): ts.Symbol[] {
  return type.getApparentProperties().filter((symbol) => {
    const name = symbol.getName();
    if (name.startsWith('_') || name.startsWith('#')) return false;
    const flags = symbol.declarations?.[0] ? ts.getCombinedModifierFlags(symbol.declarations[0]) : 0;
    return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
  });
}

/** The text of a type where it needs nothing but the language's own types, else `any`. */
export function typeText(checker: ts.TypeChecker, type: ts.Type, place: ts.Node): string {
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType | ts.TypeFormatFlags.InTypeAlias;
  const text = checker.typeToString(type, place, flags).replace(/Buffer<[A-Za-z]+>/g, 'Buffer').replace(/\s+/g, ' ');
  return text.length <= longestType && isSelfContained(text) ? text : 'any';
}

function isSelfContained(text: string): boolean {
  const file = ts.createSourceFile('t.ts', `type T = ${text};`, ts.ScriptTarget.Latest, true);
  let ok = true;
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && !(ts.isIdentifier(node.typeName) && known.has(node.typeName.text))) ok = false;
    if (ts.isImportTypeNode(node) || ts.isTypeQueryNode(node) || ts.isThisTypeNode(node) || ts.isFunctionTypeNode(node)) ok = false;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return ok;
}

/** What a command replies with: of its promise, else of its callback; overloads joined in a union. */
export function replyText(checker: ts.TypeChecker, type: ts.Type, place: ts.Node): string {
  const signatures = type.getCallSignatures();
  const promised = signatures.flatMap((signature) => promisedType(checker, checker.getReturnTypeOfSignature(signature)) ?? []);
  const replies = promised.length > 0 ? promised : signatures.flatMap((signature) => callbackReply(checker, signature, place) ?? []);
  const texts = [...new Set(replies.map((reply) => typeText(checker, reply, place)))];
  if (texts.length === 0 || texts.includes('any')) return 'any';
  if (texts.includes('unknown')) return 'unknown';
  return joinUnion(texts);
}

/** Whether a promising method has type parameters of its own. */
export function isGeneric(checker: ts.TypeChecker, type: ts.Type): boolean {
  return type.getCallSignatures().some((signature) => (signature.getTypeParameters()?.length ?? 0) > 0
    && checker.getReturnTypeOfSignature(signature).symbol?.getName() === 'Promise');
}

export function promisedType(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  const parts = type.isUnion() ? type.types : [type];
  const promise = parts.find((part) => part.symbol?.getName() === 'Promise');
  return promise ? checker.getTypeArguments(promise as ts.TypeReference)[0] : undefined;
}

function callbackReply(checker: ts.TypeChecker, signature: ts.Signature, place: ts.Node): ts.Type | undefined {
  for (const parameter of signature.getParameters()) {
    const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(parameter, place));
    const reply = type.getCallSignatures()[0]?.getParameters()[1];
    if (reply) return checker.getTypeOfSymbolAtLocation(reply, place);
  }
  return undefined;
}

/** `'OK' | null`, `string | null` → `string | null`. */
function joinUnion(texts: string[]): string {
  const parts = [...new Set(texts.flatMap(splitUnion))];
  const kept = parts.filter((part) => !(part.startsWith("'") && parts.includes('string')) && !(/^\d+$/.test(part) && parts.includes('number')));
  return [...kept.filter((part) => part !== 'null'), ...kept.filter((part) => part === 'null')].join(' | ');
}

function splitUnion(text: string): string[] {
  const file = ts.createSourceFile('t.ts', `type T = ${text};`, ts.ScriptTarget.Latest, true);
  const alias = file.statements[0];
  if (!alias || !ts.isTypeAliasDeclaration(alias)) return [text];
  return ts.isUnionTypeNode(alias.type) ? alias.type.types.map((part) => part.getText(file)) : [text];
}
