/** What can be said against the name of a key. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { unwrap } from '../code/ast.ts';
import { usesOfSameWord, type KeyUse } from './key-uses.ts';
import { clientOf } from '../clients/provided-client.ts';

/** `user:` of `user:*`: what the keys of an entity begin with, and the sign before what tells them apart. */
export interface Namespace {
  name: string;
  separator: string;
}

export interface OtherSeparator {
  /** That of most places; of two that as many have, the colon. */
  usual: string;
  /** One of those. */
  other: KeyUse;
}

const oddSigns = /[\s"'`\p{Cc}]/u;

/** The first of the white space, quotes and control characters in the literal parts. */
export function oddSign({ parts: { parts } }: KeyUse): string | undefined {
  for (const part of parts) {
    const sign = 'literal' in part ? oddSigns.exec(part.literal)?.[0] : undefined;
    if (sign !== undefined) return sign;
  }
  return undefined;
}

/** Bytes of the longest literal part. */
export function longestLiteral({ parts: { parts } }: KeyUse): number {
  return Math.max(0, ...parts.map((part) => ('literal' in part ? Buffer.byteLength(part.literal) : 0)));
}

/** `user` in `user:user_1`. */
export function wordSaidTwice({ parts: { parts } }: KeyUse): string | undefined {
  const literal = parts.map((part) => ('literal' in part ? part.literal : '*')).join('');
  return /(?:^|[:/|])([A-Za-z]{2,})s?[:/|]\1s?[_-]/.exec(literal)?.[1];
}

const itemNames = /(?:^|[a-z_])(?:id|ids|uuid|guid|uid|email|mail|phone|ip|slug|sku|username|login|sid|number|isbn)$/i;

/** The name of the variable of an item that a key begins with: a parameter of the function, what a loop runs over, or a property of such. */
export function leadingItem(use: KeyUse, workspace: Workspace): string | undefined {
  const { checker } = workspace;
  const [first, second] = use.parts.parts;
  if (!first || 'literal' in first || !second || !('literal' in second) || !/^[^\p{L}\p{N}]/u.test(second.literal) || clientOf(use.call.receiver, workspace).hasPrefix) return undefined;
  let node = unwrap(use.key);
  while (ts.isBinaryExpression(node)) node = unwrap(node.left);
  if (ts.isTemplateExpression(node)) node = node.head.text === '' && node.templateSpans[0] ? unwrap(node.templateSpans[0].expression) : node;
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : '';
  if (!itemNames.test(name)) return undefined;
  while (ts.isPropertyAccessExpression(node)) node = unwrap(node.expression);
  const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  if (!declaration) return undefined;
  const holder = ts.findAncestor(declaration, (one) => ts.isParameter(one) || ts.isForOfStatement(one) || ts.isFunctionLike(one) || ts.isSourceFile(one));
  const isItem = holder !== undefined && ((ts.isParameter(holder) && !ts.isConstructorDeclaration(holder.parent)) || (ts.isForOfStatement(holder) && holder.initializer === declaration.parent));
  return isItem ? name : undefined;
}

/** Undefined where the key does not begin with text and a separator before a hole. */
export function namespaceOf({ parts: { parts: [first, second] } }: KeyUse): Namespace | undefined {
  if (!first || !('literal' in first) || !second || 'literal' in second) return undefined;
  const [, name, separator] = /^([\p{L}\p{N}].*)([:_\-./|])$/su.exec(first.literal) ?? [];
  return name !== undefined && separator !== undefined ? { name, separator } : undefined;
}

/** Where most places separate the namespace from what follows by another sign. */
export function otherSeparator(use: KeyUse, workspace: Workspace): OtherSeparator | undefined {
  const own = namespaceOf(use);
  if (!own) return undefined;
  const bySeparator = new Map<string, KeyUse[]>();
  for (const one of usesOfSameWord(use, workspace)) {
    const namespace = namespaceOf(one);
    if (one.listed || namespace?.name !== own.name) continue;
    bySeparator.set(namespace.separator, [...(bySeparator.get(namespace.separator) ?? []), one]);
  }
  const [usual] = [...bySeparator].sort(([a, ones], [b, others]) => others.length - ones.length || Number(b === ':') - Number(a === ':'));
  const [other] = usual?.[1] ?? [];
  return usual && other && usual[0] !== own.separator ? { usual: usual[0], other } : undefined;
}
