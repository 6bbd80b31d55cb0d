/** The edits of one write. What stays in its place is not touched, so that other edits may lie within it. */
import ts from 'typescript';
import { methodOf } from '../../facts/code/ast.ts';
import { constantText } from '../../facts/code/fold.ts';
import { hashSetMethod } from '../../dialects/write/hash.ts';
import { expiryMethod, type TtlForm } from '../../dialects/write/object-store.ts';
import type { TextEdit } from '../../rules/rule.ts';
import { removeStatement, replaceRange } from '../text/edits.ts';
import { sourceText } from '../text/lines.ts';
import { quote } from '../text/quote.ts';
import { styleOf } from '../text/style.ts';
import type { EditContext } from './context.ts';
import type { GroupWrite, JsonGroup } from './group.ts';

/** @param ttl what the functions take for a TTL; @param keeps whether they are told where it stays */
export function writeEdits(write: GroupWrite, { ttl: form, keeps }: Pick<JsonGroup, 'ttl' | 'keeps'>, context: EditContext): TextEdit[] {
  const edits = write.mode === 'queue' ? queueEdits(write, context) : write.mode === 'hset' ? hsetEdits(write, context) : callEdits(write, form, keeps, context);
  if (write.expire) edits.push(removeStatement(write.expire));
  if (write.unusedText) edits.push(removeStatement(write.unusedText));
  return edits;
}

/** `redis.set(key, JSON.stringify(user), 'EX', 60)` → `writeUser(redis, key, user, 60)` */
function callEdits(write: GroupWrite, form: TtlForm | undefined, keeps: boolean, context: EditContext): TextEdit[] {
  const { node, target, key, mode, ttl } = write;
  const sourceFile = node.getSourceFile();
  const name = mode === 'update' ? context.names.update : context.names.write;
  context.uses(sourceFile, name);
  const start = replaceRange(sourceFile, node.getStart(sourceFile), key.getStart(sourceFile), `${name}(${clean(sourceText(target))}, `);
  const last = typeof ttl === 'object' && form ? `, ${ttlText(ttl.node, ttl.unit === 'EX' && form === 'PX', context.checker)}` : ttl === 'keep' && keeps ? `, ${quote('KEEPTTL', styleOf(sourceFile))}` : '';
  const changed = mode === 'update' ? `, [${(write.changes?.fields ?? []).map((field) => quote(field.name, styleOf(sourceFile))).join(', ')}]` : '';
  return [start, ...valueEdits(write, undefined, '', `${changed}${last})`)];
}

/** `redis.set(key, JSON.stringify(user))` → `redis.hset(key, { visits: user.visits })` */
function hsetEdits(write: GroupWrite, context: EditContext): TextEdit[] {
  const { node, target, key, call, changes } = write;
  const sourceFile = node.getSourceFile();
  const start = replaceRange(sourceFile, node.getStart(sourceFile), key.getStart(sourceFile), `${clean(sourceText(target))}.${hashSetMethod(call.dialect)}(`);
  // Text and numbers are taken as they are; in JavaScript nobody knows.
  const asTheyAre = (changes?.fields ?? []).every(({ type }) => (type.isUnion() ? type.types : [type]).every(({ flags }) => (flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike)) !== 0));
  if (!asTheyAre) context.uses(sourceFile, context.names.toHash);
  return [start, ...valueEdits(write, changesText(write), '', ')', asTheyAre ? undefined : context.names.toHash)];
}

/** `multi.set(key, JSON.stringify(user), 'EX', 60)` → `multi.del(key).hset(key, userToHash(user)).expire(key, 60)` */
function queueEdits(write: GroupWrite, context: EditContext): TextEdit[] {
  const { node, key, call, ttl } = write;
  const sourceFile = node.getSourceFile();
  const method = methodOf(node);
  if (!method) return [];
  context.uses(sourceFile, context.names.toHash);
  const dot = sourceFile.text.slice(method.target.end, method.nameNode.getStart(sourceFile));
  const keyText = clean(sourceText(key));
  const start = replaceRange(sourceFile, method.nameNode.getStart(sourceFile), key.getStart(sourceFile), `del(${keyText})${dot}${hashSetMethod(call.dialect)}(`);
  const expire = typeof ttl === 'object' ? `${dot}${expiryMethod(call.dialect, ttl.unit)}(${keyText}, ${clean(sourceText(ttl.node))})` : '';
  return [start, ...valueEdits(write, undefined, `${context.names.toHash}(`, `))${expire}`)];
}

/** From the end of the key to the end of the call: the value in its place, or what is stored instead of it. */
function valueEdits({ node, key, text, value }: GroupWrite, instead: string | undefined, before: string, after: string, around?: string): TextEdit[] {
  const sourceFile = node.getSourceFile();
  if (instead !== undefined) return [replaceRange(sourceFile, key.end, node.end, `, ${around === undefined ? instead : `${around}(${instead})`}${after}`)];
  const inPlace = value.getSourceFile() === sourceFile && value.pos >= text.pos && value.end <= text.end && value.getStart(sourceFile) > key.end;
  if (!inPlace) return [replaceRange(sourceFile, key.end, node.end, `, ${before}${clean(sourceText(value))}${after}`)];
  return [replaceRange(sourceFile, key.end, value.getStart(sourceFile), `, ${before}`), replaceRange(sourceFile, value.end, node.end, after)];
}

function changesText({ changes, node }: GroupWrite): string {
  const style = styleOf(node.getSourceFile());
  const fields = (changes?.fields ?? []).map(({ name, text }) => (clean(text) === name ? name : `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name, style)}: ${clean(text)}`));
  return style.bracketSpacing ? `{ ${fields.join(', ')} }` : `{${fields.join(', ')}}`;
}

/** Seconds as milliseconds where the function takes those. */
function ttlText(node: ts.Expression, times1000: boolean, checker: ts.TypeChecker): string {
  const text = clean(sourceText(node));
  if (!times1000) return text;
  if (ts.isNumericLiteral(node)) return String(Number(constantText(node, checker)) * 1000);
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) ? `${text} * 1000` : `(${text}) * 1000`;
}

/** Text that goes into the middle of a line keeps its own lines as they are. */
const clean = (text: string): string => text.replaceAll(/[\uFFFE\uFFFF]/g, '');
