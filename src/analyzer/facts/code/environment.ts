/** Environment variables: `undefined` unless somebody sets them. */
import ts from 'typescript';
import { isAssignment, isFunctionWithBody, methodOf, unwrap } from './ast.ts';
import { nodesOf } from '../calls/nodes.ts';

/** The name in `process.env.NAME`, `process.env['NAME']`, `env.NAME` of `import { env } from 'node:process'`. */
export function environmentVariable(expression: ts.Expression): string | undefined {
  const node = unwrap(expression);
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
  if (name === undefined || (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node))) return undefined;
  const owner = unwrap(node.expression);
  const isEnvironment = ts.isPropertyAccessExpression(owner) && owner.name.text === 'env' && ts.isIdentifier(owner.expression) && owner.expression.text === 'process';
  return isEnvironment ? name : undefined;
}

/** Not where a project declares that it is set (`interface ProcessEnv { NAME: string }`), nor where the file speaks of its name in a text, as a loop over required names does. */
export function isOptionalVariable(name: string, at: ts.Node, checker: ts.TypeChecker): boolean {
  const namespace = checker.resolveName('NodeJS', undefined, ts.SymbolFlags.Namespace, false);
  const declared = namespace?.exports?.get(ts.escapeLeadingUnderscores('ProcessEnv'))?.members?.get(ts.escapeLeadingUnderscores(name));
  if (declared && !(declared.flags & ts.SymbolFlags.Optional)) return false;
  return !new RegExp(`(?<!env\\[)(['"\`])${name.replaceAll(/[^\w]/g, '\\$&')}\\1`).test(at.getSourceFile().text);
}

/** What test runners call before the tests of a file. */
const hooks = /^(?:before|beforeAll|beforeEach|setup|suiteSetup)$/;

/** The values that a file gives a variable on every way to a use: where its module begins, before the use in the functions around it, in a hook of its tests. */
export function* valuesSet(name: string, use: ts.Node): Iterable<ts.Expression> {
  for (const node of nodesOf(use.getSourceFile())) {
    if (isAssignment(node) && environmentVariable(node.left) === name && isSetBefore(node, use)) yield node.right;
  }
}

function isSetBefore(assignment: ts.Node, use: ts.Node): boolean {
  const fn = alwaysRunBy(assignment);
  if (!fn) return false;
  if (!ts.isSourceFile(fn) && ts.isCallExpression(fn.parent) && hooks.test(methodOf(fn.parent)?.name ?? fn.parent.expression.getText())) return true;
  // What a function reads, it reads when the module has run.
  const isLater = ts.isSourceFile(fn) && ts.findAncestor(use, isFunctionWithBody) !== undefined;
  return isLater || (assignment.end <= use.pos && ts.findAncestor(use, (at) => at === fn) !== undefined);
}

/** The function or file that never runs to its end without a node. */
function alwaysRunBy(node: ts.Node): ts.Node | undefined {
  let at = node.parent;
  while (ts.isExpressionStatement(at) || ts.isParenthesizedExpression(at) || isAssignment(at) || (ts.isBlock(at) && !isFunctionWithBody(at.parent) && ts.isBlock(at.parent))) at = at.parent;
  if (ts.isBlock(at)) at = at.parent;
  return ts.isSourceFile(at) || isFunctionWithBody(at) ? at : undefined;
}
