/** Where the reply of a command stands in its function: the command's own value, or the uses of the constant that holds it. */
import ts from 'typescript';
import { contains, wrapped } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { referencesTo } from '../facts/code/references.ts';
import { isConst } from '../facts/code/fold.ts';
import { replyTaker } from '../facts/calls/use.ts';
import type { TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { replaceRange } from './text/edits.ts';

export interface ReplyUses {
  /** With parentheses and assertions. */
  uses: ts.Expression[];
  /** The declaration that nothing needs any more. */
  unused: ts.VariableDeclaration | undefined;
}

/** @param removed code that goes: what is in there is no use; undefined where the reply goes where it cannot be followed */
export function replyUses(call: RedisCall, removed: ts.Node | undefined, { checker }: Workspace): ReplyUses | undefined {
  const name = nameOf(call);
  if (name === 'none') return { uses: [], unused: undefined };
  if (name === undefined) return undefined;
  if (name === 'direct') return { uses: [call.use.value], unused: undefined };
  const references = referencesTo(name, checker);
  const uses = references.filter((node) => !removed || !contains(removed, node)).map(wrapped);
  const unused = uses.length === 0 && references.length > 0 && ts.isVariableDeclaration(name.parent) ? name.parent : undefined;
  return { uses, unused };
}

/** The constant; `direct` where the command stands in an expression, `none` where its reply is dropped. */
function nameOf({ node, use, callback }: RedisCall): ts.Identifier | 'direct' | 'none' | undefined {
  if (callback) {
    const taker = replyTaker(node, callback);
    if (taker && !taker.reply) return 'none';
    return taker?.reply && ts.isIdentifier(taker.reply) && !(taker.reply.parent as ts.ParameterDeclaration).type ? taker.reply : undefined;
  }
  if (use.kind !== 'awaited') return undefined;
  const { parent } = use.value;
  if (ts.isExpressionStatement(parent)) return 'none';
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) && isConst(parent) && !parent.type && use.value === parent.initializer && unwrapIs(use.value) ? parent.name : undefined;
  return use.target === undefined ? 'direct' : undefined;
}

/** No assertion about its type. */
function unwrapIs(value: ts.Expression): boolean {
  return ts.isAwaitExpression(ts.isParenthesizedExpression(value) ? value.expression : value);
}

/** `const got = await claim();` → `await claim();` */
export function dropDeclaration(declaration: ts.VariableDeclaration): TextEdit[] | undefined {
  const list = declaration.parent;
  if (!declaration.initializer || !ts.isVariableDeclarationList(list) || list.declarations.length > 1 || !ts.isVariableStatement(list.parent)) return undefined;
  const sourceFile = declaration.getSourceFile();
  return [replaceRange(sourceFile, list.parent.getStart(sourceFile), declaration.initializer.getStart(sourceFile), '')];
}
