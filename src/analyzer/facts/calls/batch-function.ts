/** Functions that a DataLoader calls with the keys it has gathered: at least one. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, wrapped, type FunctionWithBody } from '../code/ast.ts';
import { referencesTo } from '../code/references.ts';

/** Whether a function is given to a `DataLoader` as the one that loads: where it is written, by its name, by the function that makes it, or by its type. */
export function isBatchFunction(fn: ts.Node, workspace: Workspace): boolean {
  if (!isFunctionWithBody(fn) || !/dataloader/i.test(fn.getSourceFile().text)) return false;
  if (ts.isFunctionDeclaration(fn)) return fn.name !== undefined && isLoading(fn.name, workspace.checker);
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const outer = wrapped(fn);
  const { parent } = outer;
  if (isGiven(outer)) return true;
  if (ts.isVariableDeclaration(parent)) return isTyped(parent.type) || (ts.isIdentifier(parent.name) && isLoading(parent.name, workspace.checker));
  if (!ts.isReturnStatement(parent) && !(ts.isArrowFunction(parent) && parent.body === outer)) return false;
  const maker = ts.findAncestor<FunctionWithBody>(parent, isFunctionWithBody);
  if (!maker) return false;
  const sites = workspace.callers(maker);
  return isTyped(maker.type) || (sites.length > 0 && sites.every((site) => isGiven(wrapped(site))));
}

const isTyped = (type: ts.TypeNode | undefined): boolean => type !== undefined && /\bBatchLoadFn\b/.test(type.getText());

/** `new DataLoader(fn)` */
function isGiven(value: ts.Expression): boolean {
  const { parent } = value;
  return ts.isNewExpression(parent) && parent.arguments?.[0] === value && /DataLoader$/i.test(parent.expression.getText());
}

const isLoading = (name: ts.Identifier, checker: ts.TypeChecker): boolean => referencesTo(name, checker).some((use) => isGiven(wrapped(use)));
