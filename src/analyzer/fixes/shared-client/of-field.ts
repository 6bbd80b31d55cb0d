/** The shared client in the place of one that each instance of a class makes for itself. */
import ts from 'typescript';
import { contains, enclosingFunction, isAsync, some, walkOwn, wrapped } from '../../facts/code/ast.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import type { TextEdit } from '../../rules/rule.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { insertAt, replaceNode, replaceRange } from '../text/edits.ts';
import { removalEdits, removeMember } from './cleanup.ts';
import { importShared, type ImportedShared } from './import-shared.ts';
import type { Local } from './local.ts';
import { duplicateEdits, typeFits, wantedOf, type Change } from './of-function.ts';
import { Refusal } from './refusal.ts';
import type { SharedClient } from './source.ts';
import { usesOf, type Uses } from './uses.ts';

type Field = Extract<Local, { kind: 'field' }>;

export function ofField(call: RedisCall, shared: SharedClient, local: Field, workspace: Workspace): Change | Refusal {
  const { member, mentions, value } = local;
  const uses = usesOf(mentions, workspace);
  if (uses instanceof Refusal) return uses;
  const [returned] = uses.returned;
  if (returned) return new Refusal(`\`${returned.getText()}\` is handed out`, returned);
  if (uses.dedicated) return duplicateEdits(call, shared, value, uses, undefined, workspace);
  const imported = importShared(call.sourceFile, shared, wantedOf(shared), undefined, [value, ...uses.kept], workspace);
  if (imported instanceof Refusal) return imported;
  if (imported.kind === 'function' && call.dialect === 'node-redis') return awaited(local, imported, shared, uses, workspace);
  const name = imported.kind === 'name' ? imported.name : `${imported.name}(${(shared.kind === 'template' ? shared.options : undefined) ?? ''})`;
  const untyped = member?.type && !typeFits(member.type, call) ? withoutType(local, member.type) : [];
  if (untyped instanceof Refusal) return untyped;
  return { edits: [replaceNode(value, name), ...removalEdits(uses), ...untyped], imports: imported.edits, isDuplicate: false };
}

/** A type that the shared client's does not fit: one with an initializer can do without. */
function withoutType({ member, write }: Field, type: ts.TypeNode): TextEdit[] | Refusal {
  if (!member || write) return new Refusal(`the shared client is no \`${type.getText()}\``, type);
  return [replaceRange(member.getSourceFile(), member.name.end, type.end, '')];
}

/** A promise gives the shared client of node-redis: methods ask for it where they used the field, which goes. */
function awaited({ member, write, value }: Field, imported: ImportedShared, shared: SharedClient, uses: Uses, workspace: Workspace): Change | Refusal {
  const isHidden = !member || ts.isPrivateIdentifier(member.name) || member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  if (!isHidden) return new Refusal(`the shared client has to be awaited, and \`${member.name.getText()}\` is not private`, member.name);
  // Options that name what only the constructor sees cannot be written elsewhere.
  if (shared.kind === 'template' && shared.options !== undefined && some(value, ts.isIdentifier) && isOfConstructor(value, workspace)) {
    return new Refusal('the shared client has to be awaited, and its options are known in the constructor alone', value);
  }
  const code = `await ${imported.name}(${(shared.kind === 'template' ? shared.options : undefined) ?? ''})`;
  const edits: TextEdit[] = [];
  const made = new Set<ts.Node>();
  for (const mention of uses.kept) {
    if (uses.removed.some((statement) => contains(statement, mention))) continue;
    const fn = enclosingFunction(mention);
    if (ts.isSourceFile(fn) || (!isAsync(fn) && !givesPromises(fn, workspace))) return new Refusal('the shared client has to be awaited, and this method is not async', mention);
    if (!isAsync(fn) && !made.has(fn)) edits.push(insertAt(fn.getSourceFile(), asyncPosition(fn), 'async '));
    made.add(fn);
    edits.push(replaceNode(mention, ts.isPropertyAccessExpression(wrapped(mention).parent) ? `(${code})` : code));
  }
  edits.push(...removalEdits({ ...uses, removed: [...uses.removed, ...(write ? [write] : [])] }), ...(member ? [removeMember(member)] : []));
  return { edits, imports: imported.edits, isDuplicate: false };
}

function isOfConstructor(value: ts.Expression, { checker }: Workspace): boolean {
  return some(value, (node) => {
    const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
    return declaration !== undefined && ts.findAncestor(declaration, ts.isConstructorDeclaration) !== undefined;
  });
}

/** Every way out of it returns a promise: with `async` before it, its callers see no difference. */
function givesPromises(fn: ts.SignatureDeclaration, { checker }: Workspace): boolean {
  const isPromise = (node: ts.Expression): boolean => checker.getTypeAtLocation(node).getProperty('then') !== undefined;
  if (ts.isArrowFunction(fn) && !ts.isBlock(fn.body)) return isPromise(fn.body);
  if (!ts.isMethodDeclaration(fn) && !ts.isFunctionExpression(fn) && !ts.isArrowFunction(fn)) return false;
  const { body } = fn;
  if (fn.asteriskToken || !body || !ts.isBlock(body) || !body.statements.some(ts.isReturnStatement)) return false;
  let all = true;
  walkOwn(body, (node) => {
    if (ts.isReturnStatement(node)) all &&= node.expression !== undefined && isPromise(node.expression);
    return undefined;
  });
  return all;
}

function asyncPosition(fn: ts.SignatureDeclaration): number {
  return ts.isMethodDeclaration(fn) ? fn.name.getStart() : fn.getStart();
}
