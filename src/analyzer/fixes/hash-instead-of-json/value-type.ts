/** The type that a read gives where its caller does not say: the name of the objects' type, or the type written out. */
import ts from 'typescript';
import { resolveAlias } from '../../facts/code/fold.ts';
import type { FlatShape, JsonShape } from '../../facts/values/json-shape.ts';
import { quote } from '../text/quote.ts';
import type { Style } from '../text/style.ts';

export interface ValueType {
  /** To be written in the helper's file. */
  text: string;
  type: ts.Type;
  /** Where a named type is declared and exported under that name, for an import. */
  declared: ts.SourceFile | undefined;
}

/**
 * @param types of the values that are stored whole
 * @returns the one that all others can stand for; undefined where there is none that can be written down
 */
export function valueType(types: readonly ts.Type[], shape: JsonShape, checker: ts.TypeChecker, style: Style): ValueType | undefined {
  const widest = types.find((type) => types.every((other) => other === type || checker.isTypeAssignableTo(other, type)));
  if (!widest) return undefined;
  const symbol = namedBy(widest);
  if (symbol) return { text: symbol.name, type: widest, declared: exportedFrom(symbol) };
  const text = shape.kind === 'flat' && types.length === 1 ? written(widest, shape, checker, style) : undefined;
  return text === undefined ? undefined : { text, type: widest, declared: undefined };
}

/** An interface, an alias or an enum without type arguments. */
export function namedBy(type: ts.Type): ts.Symbol | undefined {
  const symbol = type.aliasSymbol ?? (type.symbol as ts.Symbol | undefined);
  if (!symbol || !/^[A-Za-z_$][\w$]*$/.test(symbol.name) || symbol.name.startsWith('__')) return undefined;
  if ((type.aliasTypeArguments ?? []).length > 0) return undefined;
  const declaration = symbol.declarations?.[0];
  if (!declaration || !(ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration) || ts.isClassDeclaration(declaration)) || (declaration.typeParameters?.length ?? 0) > 0) return undefined;
  // Declared in a function, it has no name elsewhere.
  return ts.isSourceFile(declaration.parent) ? symbol : undefined;
}

/** Whether a name means this type in a file. */
export function isVisible(type: ts.Type, name: string, sourceFile: ts.SourceFile, checker: ts.TypeChecker): boolean {
  const last = sourceFile.statements.at(-1) ?? sourceFile;
  return resolveAlias(checker.resolveName(name, last, ts.SymbolFlags.Type, false), checker) === namedBy(type);
}

function exportedFrom(symbol: ts.Symbol): ts.SourceFile | undefined {
  const declaration = symbol.declarations?.[0];
  const isExported = declaration && ts.canHaveModifiers(declaration) && ts.getModifiers(declaration)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
  const isDefault = isExported && ts.getModifiers(declaration)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
  return isExported && !isDefault ? declaration.getSourceFile() : undefined;
}

function written(type: ts.Type, shape: FlatShape, checker: ts.TypeChecker, style: Style): string | undefined {
  if (shape.rest) return shape.fields.size === 0 && shape.rest.kind !== 'mixed' ? `Record<string, ${shape.rest.kind === 'text' ? 'string' : shape.rest.kind}>` : undefined;
  const members: string[] = [];
  for (const [name, field] of shape.fields) {
    const symbol = checker.getPropertyOfType(type, name);
    const text = symbol && scalarText(checker.getTypeOfSymbol(symbol), checker, style);
    if (text === undefined) return undefined;
    const optional = field.absent ? '?' : '';
    members.push(`${/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name, style)}${optional}: ${text}`);
  }
  return `{ ${members.join('; ')} }`;
}

function scalarText(type: ts.Type, checker: ts.TypeChecker, style: Style): string | undefined {
  const parts = new Set<string>();
  for (const part of type.isUnion() ? type.types : [type]) {
    if (part.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) continue;
    if (part.flags & ts.TypeFlags.EnumLike) return undefined;
    if (part.isStringLiteral()) parts.add(quote(part.value, style));
    else if (part.isNumberLiteral()) parts.add(String(part.value));
    else if (part.flags & ts.TypeFlags.BooleanLike) parts.add('boolean');
    else if (part.flags & ts.TypeFlags.Null) parts.add('null');
    else if (part.flags & (ts.TypeFlags.String | ts.TypeFlags.Number)) parts.add(checker.typeToString(part));
    // JSON has made text of it.
    else if (part.symbol?.name === 'Date') parts.add('string');
    else return undefined;
  }
  return parts.size === 0 ? undefined : [...parts].join(' | ');
}
