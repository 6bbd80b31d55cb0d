/** Another name for all keys of a pattern, in every place of the workspace. Keys that exist keep their old name. */
import ts from 'typescript';
import { patternText, type KeyPattern } from '../../redis/key-pattern.ts';
import { isFunctionWithBody, unwrap } from '../facts/code/ast.ts';
import { calledDeclaration } from '../facts/code/called-declaration.ts';
import { isConst, resolveAlias, returnedExpression } from '../facts/code/fold.ts';
import { scannedPattern } from '../facts/keys/json-keys.ts';
import { reaches } from '../facts/keys/key-reach.ts';
import { keyTypeOf } from '../facts/keys/key-type.ts';
import { usesOfSameKeys, usesOfSameWord, type KeyUse } from '../facts/keys/key-uses.ts';
import { isOfTest } from '../facts/code/of-test.ts';
import { mayShareServer } from '../facts/clients/one-server.ts';
import type { KeyArgument } from '../facts/calls/redis-call.ts';
import { serverPattern } from '../facts/keys/server-pattern.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { replaceRange } from './text/edits.ts';

/**
 * @param what of the text that the key begins with @param by what comes in its place
 * @returns [] where a place cannot be told or is not alone the key's, something scans for the old name, or the new one is taken for another type
 */
export function planRename(use: KeyUse, what: RegExp, by: string, workspace: Workspace): FixPlan[] {
  const old = headOf(use.parts);
  const name = old.replace(what, by);
  // What else is odd about it would stay.
  if (name === old || /[\s"'`\p{Cc}]/u.test(name)) return [];
  const near = usesOfSameWord(use, workspace).filter((one) => mayShareServer(one.call, use.call, workspace));
  const edits = new Map<ts.Node, TextEdit>();
  const patterns: string[] = [];
  for (const one of ofEachPattern(near.filter(({ parts }) => headOf(parts) === old))) {
    const pattern = patternText(one.parts);
    const uses = usesOfSameKeys(one, workspace);
    const taken = near.filter(({ parts }) => headOf(parts) === name && patternText(parts) === name + pattern.slice(old.length));
    const types = new Set([...uses, ...taken].flatMap(({ call }) => keyTypeOf(call.command) ?? []));
    if ((taken.length > 0 && types.size > 1) || uses.some((same) => same.pattern !== one.pattern || same.listed) || isScanned(one, workspace)) return [];
    patterns.push(pattern);
    for (const same of uses) if (!rename(same.key)) return [];
  }
  const tested = keysOfTests(workspace);
  for (const key of tested) {
    const text = patternText(key.pattern);
    if (text.startsWith(old) && patterns.some((pattern) => reaches(text.replaceAll('*', '**'), pattern)) && !rename(key.node)) return [];
  }
  const others = [...near.map(({ key }) => key), ...tested.map(({ node }) => node)].flatMap((key) => headToken(key, workspace.checker) ?? []);
  if (isWrittenElse(old, new Set([...edits.keys(), ...others]))) return [];
  const places = edits.size === 1 ? '' : ` in ${edits.size} places`;
  return [{ id: 'rename', title: `Call these keys \`${name}…\`${places} (those that exist keep their name)`, kind: 'suggest', keeps: { replies: 'same', keyspace: 'projected', roundTrips: 'same' }, edits: [...edits.values()] }];

  function rename(key: ts.Expression): boolean {
    const token = headToken(key, workspace.checker);
    const edit = token && renamed(token, old, name);
    if (token && edit) edits.set(token, edit);
    return edit !== undefined;
  }
}

/** The text that all keys of a pattern begin with; empty where they begin with a hole. */
function headOf({ parts: [first] }: KeyPattern): string {
  return first && 'literal' in first ? first.literal : '';
}

/** `order_*` and `order_*:items` are called otherwise together, or what is half of them would be a third spelling. */
function ofEachPattern(uses: readonly KeyUse[]): Iterable<KeyUse> {
  return new Map(uses.map((use) => [use.pattern, use])).values();
}

function isScanned(use: KeyUse, workspace: Workspace): boolean {
  for (const call of workspace.calls()) {
    const scanned = /^(?:KEYS|SCAN|@scan)/.test(call.command) ? scannedPattern(call, workspace.checker) : undefined;
    const pattern = scanned && serverPattern(scanned, call.receiver, workspace);
    if (pattern !== undefined && reaches(pattern.replaceAll('*', '**'), use.pattern)) return true;
  }
  return false;
}

/** A keyspace of their own, but made for the code that they test. */
function keysOfTests(workspace: Workspace): KeyArgument[] {
  return [...workspace.calls()].filter(({ node }) => isOfTest(node, workspace)).flatMap(({ args }) => args.keys);
}

/** Whether a text in one of the files begins like the keys and is not known to be one: `key.startsWith('order_')`, a list of prefixes, a channel. */
function isWrittenElse(old: string, tokens: ReadonlySet<ts.Node>): boolean {
  const known = new Set([...tokens].map((token) => `${token.getSourceFile().fileName}:${token.getStart() + 1}`));
  return [...new Set([...tokens].map((token) => token.getSourceFile()))].some(({ fileName, text }) => {
    for (let at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length)) {
      if (/["'`]/.test(text[at - 1] ?? '') && !known.has(`${fileName}:${at}`)) return true;
    }
    return false;
  });
}

/** The text that a key begins with, as written: in a template, at the left of a `+`, in a constant or a key helper. */
function headToken(key: ts.Expression, checker: ts.TypeChecker, depth = 0): ts.TemplateHead | ts.StringLiteralLike | undefined {
  const node = unwrap(key);
  if (depth > 4) return undefined;
  if (ts.isStringLiteralLike(node)) return node;
  if (ts.isTemplateExpression(node)) return node.head.text === '' ? undefined : node.head;
  if (ts.isBinaryExpression(node)) return headToken(node.left, checker, depth + 1);
  if (ts.isCallExpression(node)) {
    const helper = calledDeclaration(node, checker);
    const returned = helper && isFunctionWithBody(helper) ? returnedExpression(helper) : undefined;
    return returned && headToken(returned, checker, depth + 1);
  }
  const declaration = ts.isIdentifier(node) ? resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration : undefined;
  // A name for the whole key, not for a part that others are made of.
  const made = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer && !ts.isStringLiteralLike(unwrap(declaration.initializer)) ? declaration.initializer : undefined;
  return made && headToken(made, checker, depth + 1);
}

function renamed(token: ts.TemplateHead | ts.StringLiteralLike, old: string, name: string): TextEdit | undefined {
  const sourceFile = token.getSourceFile();
  const start = token.getStart(sourceFile) + 1;
  return sourceFile.text.startsWith(old, start) ? replaceRange(sourceFile, start, start + old.length, name) : undefined;
}
