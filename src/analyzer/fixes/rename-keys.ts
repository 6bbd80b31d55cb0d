/** Another name for all keys of a pattern, in every place of the workspace. Keys that exist keep their old name. */
import ts from 'typescript';
import { isFunctionWithBody, unwrap } from '../facts/ast.ts';
import { calledDeclaration } from '../facts/called-declaration.ts';
import { isConst, resolveAlias, returnedExpression } from '../facts/fold.ts';
import { scannedPattern } from '../facts/json-keys.ts';
import { reaches } from '../facts/key-reach.ts';
import { keyTypeOf } from '../facts/key-type.ts';
import { usesOfSameKeys, type KeyUse } from '../facts/key-uses.ts';
import { serverPattern } from '../facts/server-pattern.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { replaceRange } from './text/edits.ts';

/**
 * @param what of the text that the key begins with @param by what comes in its place
 * @param beside a use of the keys that these are then called like
 * @returns [] where a place cannot be told or is not alone the key's, something scans for the old name, or the new one is taken for another type
 */
export function planRename(use: KeyUse, what: RegExp, by: string, workspace: Workspace, beside?: KeyUse): FixPlan[] {
  const [first] = use.parts.parts;
  if (!first || !('literal' in first)) return [];
  const old = first.literal;
  const name = old.replace(what, by);
  // What else is odd about it would stay.
  if (name === old || /[\s"'`\p{Cc}]/u.test(name)) return [];
  const uses = usesOfSameKeys(use, workspace);
  if (uses.some((one) => one.pattern !== use.pattern || one.listed)) return [];
  if (beside) {
    const types = new Set([...uses, ...usesOfSameKeys(beside, workspace)].flatMap(({ call }) => keyTypeOf(call.command) ?? []));
    if (types.size > 1) return [];
  }
  for (const call of workspace.calls()) {
    const scanned = /^(?:KEYS|SCAN|@scan)/.test(call.command) ? scannedPattern(call, workspace.checker) : undefined;
    const pattern = scanned && serverPattern(scanned, call.receiver, workspace);
    if (pattern !== undefined && reaches(pattern.replaceAll('*', '**'), use.pattern)) return [];
  }
  const edits = new Map<ts.Node, TextEdit>();
  for (const one of uses) {
    const token = headToken(one.key, workspace.checker);
    const edit = token && renamed(token, old, name);
    if (!token || !edit) return [];
    edits.set(token, edit);
  }
  const places = edits.size === 1 ? '' : ` in ${edits.size} places`;
  return [{ id: 'rename', title: `Call these keys \`${name}…\`${places} (those that exist keep their name)`, kind: 'suggest', keeps: { replies: 'same', keyspace: 'projected', roundTrips: 'same' }, edits: [...edits.values()] }];
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
  return token.text === old && sourceFile.text.startsWith(old, start) ? replaceRange(sourceFile, start, start + old.length, name) : undefined;
}
