/** `try { await command } catch (err) { … }` and no more: the handler can be asked for by the entry's error alone. */
import ts from 'typescript';
import { walk } from '../../facts/code/ast.ts';
import type { Lines } from '../text/lines.ts';
import { addStatement, dangling } from './code.ts';
import { isSent, type Split } from './split.ts';

export interface Handler {
  /** What it calls the error; undefined where it does not name it. */
  name: string | undefined;
  body: Lines;
  /** Comments and other statements apart, one line. */
  isShort: boolean;
  /** Nothing is done about the error. */
  isEmpty: boolean;
}

/** The handler of a split loop's `try`, where the `try` holds nothing but commands whose replies nobody reads. @param typed in TypeScript */
export function bareHandler(split: Split, typed: boolean): Handler | undefined {
  const { tryStatement, post, batch } = split;
  const clause = tryStatement?.catchClause;
  if (!clause || tryStatement.finallyBlock || post.some(({ zone, statement }) => zone === 'inside' && !isSent(statement, batch))) return undefined;
  const binding = clause.variableDeclaration;
  // `catch (err: any)` asks for no type, and gets none where the entry's error has one.
  if (binding && (!ts.isIdentifier(binding.name) || binding.type || (typed && !usesAreSimple(binding.name, clause.block)))) return undefined;
  const body: (string | Lines)[] = [];
  for (const statement of clause.block.statements) addStatement(body, statement);
  body.push(...dangling(clause.block));
  const [first] = body;
  const isEmpty = clause.block.statements.length === 0;
  return { name: binding?.name.getText(), body, isShort: body.length === 1 && !isEmpty && typeof first === 'string' && !first.includes('\n'), isEmpty };
}

/** Passed on, printed, thrown, or asked for its class: as right for a value of type `Error` as for one of type `unknown`. */
function usesAreSimple(name: ts.Identifier, block: ts.Block): boolean {
  let simple = true;
  walk(block, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text) return undefined;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return undefined;
    simple &&=
      (ts.isAsExpression(parent) && parent.type.getText() === 'Error') ||
      (ts.isPropertyAccessExpression(parent) && /^(?:message|name|stack)$/.test(parent.name.text)) ||
      (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) ||
      (ts.isCallExpression(parent) && parent.expression !== node) || ts.isNewExpression(parent) || ts.isTemplateSpan(parent) || ts.isThrowStatement(parent) ||
      (ts.isPropertyAssignment(parent) && parent.initializer === node) || ts.isShorthandPropertyAssignment(parent);
    return undefined;
  });
  return simple;
}

/** Whether an error has no consequence at all, and nothing else is done once the commands are. */
export const isIgnored = ({ captures, post }: Split, handler: Handler): boolean => handler.isEmpty && captures.length === 0 && post.every(({ zone }) => zone === 'inside');
