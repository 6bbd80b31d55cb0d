/** A text in which something that may be `undefined` is made the word "undefined". */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { firstFor, isFunctionWithBody, unwrap } from '../code/ast.ts';
import { isConst, returnedExpression } from '../code/fold.ts';
import { declarationOf, mayBeUndefined } from '../code/maybe-undefined.ts';
import { isTestedBefore } from '../code/tested.ts';

/** What a helper's parameters stand for. */
type Passed = ReadonlyMap<ts.Declaration, ts.Expression | 'none'>;

const deepest = 5;

/** The part that may be `undefined`, as it stands where the text is made; follows constants, and helpers that return one expression. */
export function undefinedPart(text: ts.Expression, workspace: Workspace, passed: Passed = new Map(), depth = 0): ts.Expression | undefined {
  const node = unwrap(text);
  if (depth > deepest) return undefined;
  const { checker } = workspace;
  const again = (one: ts.Expression): ts.Expression | undefined => undefinedPart(one, workspace, passed, depth + 1);
  if (ts.isTemplateExpression(node)) return firstFor(node.templateSpans.map(({ expression }) => expression), part);
  if (ts.isConditionalExpression(node)) return again(node.whenTrue) ?? again(node.whenFalse);
  if (ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind === ts.SyntaxKind.PlusToken) return makesText(node.left) || makesText(node.right) ? firstFor([node.left, node.right], part) : undefined;
    return isChoice(node) ? again(node.left) ?? again(node.right) : undefined;
  }
  if (ts.isIdentifier(node)) {
    const declaration = declarationOf(node, checker);
    return declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer ? again(declaration.initializer) : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  if (ts.isIdentifier(node.expression) && node.expression.text === 'String') return first && part(first);
  const helper = workspace.called(node);
  const returned = helper && isFunctionWithBody(helper) ? returnedExpression(helper) : undefined;
  if (!helper || ts.isClassLike(helper) || !returned || node.arguments.some(ts.isSpreadElement)) return undefined;
  const bound = new Map(helper.parameters.map((parameter, index): [ts.Declaration, ts.Expression | 'none'] => [parameter, node.arguments[index] ?? parameter.initializer ?? 'none']));
  return undefinedPart(returned, workspace, bound, depth + 1);

  function part(expression: ts.Expression): ts.Expression | undefined {
    if (isAsserted(expression)) return undefined;
    const inner = unwrap(expression);
    const declaration = declarationOf(inner, checker);
    const given = declaration && passed.get(declaration);
    if (given === undefined) return mayBeUndefined(inner, workspace) ? inner : again(inner);
    if (isTestedBefore(inner)) return undefined;
    return given === 'none' ? inner : !isAsserted(given) && mayBeUndefined(given, workspace) ? unwrap(given) : undefined;
  }
}

/** `user.team!`: who writes that has thought of it. */
function isAsserted(expression: ts.Expression): boolean {
  let node = expression;
  while (ts.isParenthesizedExpression(node)) node = node.expression;
  return ts.isNonNullExpression(node);
}

/** Makes a text of what is added to it. */
function makesText(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return makesText(node.left) || makesText(node.right);
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

const isChoice = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean => kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
