/**
 * Untyped code: a variable or property of type `any` is a client where every value its file (or class) gives it is one,
 * `null` and `undefined` apart. `let client; … client = createClient()`, `this.client = options.client || new Redis()`.
 */
import ts from 'typescript';
import { receiverType, type ReceiverType } from '../dialects/client-types.ts';
import { enclosingClass, isAssignment, unwrap } from './ast.ts';
import { resolveAlias } from './fold.ts';
import { nodesOf } from './nodes.ts';

const assignedByFile = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.BinaryExpression[]>>();

export function clientByFlow(target: ts.Expression, checker: ts.TypeChecker): ReceiverType | undefined {
  const node = unwrap(target);
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const name = ts.isIdentifier(node) ? node.text : node.name.text;
  const symbol = resolveAlias(checker.getSymbolAtLocation(node), checker);
  const declaration = symbol?.valueDeclaration;
  if (ts.isIdentifier(node) && declaration && ts.isParameter(declaration)) return clientPassed(declaration, checker);
  const file = declaration?.getSourceFile() ?? node.getSourceFile();
  const scope = ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword ? (enclosingClass(node) ?? file) : file;
  let found: ReceiverType | undefined;
  for (const assignment of assignmentsOf(file, name)) {
    if (scope !== file && (assignment.pos < scope.pos || assignment.end > scope.end)) continue;
    if (ts.isIdentifier(node) !== ts.isIdentifier(unwrap(assignment.left))) continue;
    if (isNothing(assignment.right)) continue;
    const made = clientAmong(assignment.right, checker);
    if (!made) return undefined;
    found ??= made;
  }
  return found;
}

/** `options.client || new Redis()`: what is not known is taken for what stands in for it. */
function clientAmong(value: ts.Expression, checker: ts.TypeChecker): ReceiverType | undefined {
  const made = receiverType(checker.getNonNullableType(checker.getTypeAtLocation(value)), checker);
  if (made) return made;
  const node = unwrap(value);
  const sides = ts.isConditionalExpression(node) ? [node.whenTrue, node.whenFalse] : ts.isBinaryExpression(node) && choices.has(node.operatorToken.kind) ? [node.left, node.right] : [];
  for (const side of sides) {
    const one = clientAmong(side, checker);
    if (one) return one;
  }
  return undefined;
}

const choices = new Set([ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.AmpersandAmpersandToken]);

/** A parameter of a function that its file calls, always with a client. */
function clientPassed(parameter: ts.ParameterDeclaration, checker: ts.TypeChecker): ReceiverType | undefined {
  const fn = parameter.parent;
  const holder = ts.isFunctionDeclaration(fn) ? fn : fn.parent;
  const name = (ts.isFunctionDeclaration(holder) || ts.isVariableDeclaration(holder)) && holder.name && ts.isIdentifier(holder.name) ? holder.name.text : undefined;
  if (name === undefined || parameter.dotDotDotToken) return undefined;
  const index = fn.parameters.indexOf(parameter);
  let found: ReceiverType | undefined;
  for (const node of nodesOf(parameter.getSourceFile())) {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== name) continue;
    const given = node.arguments[index];
    // Passed on within the function itself.
    if (given && ts.isIdentifier(given) && checker.getSymbolAtLocation(given)?.valueDeclaration === parameter) continue;
    const made = given && !ts.isSpreadElement(given) ? receiverType(checker.getNonNullableType(checker.getTypeAtLocation(given)), checker) : undefined;
    if (!made) return undefined;
    found ??= made;
  }
  return found;
}

/** Assignments of a file by the name assigned to. */
export function assignmentsOf(file: ts.SourceFile, name: string): readonly ts.BinaryExpression[] {
  let known = assignedByFile.get(file);
  if (!known) {
    const found = new Map<string, ts.BinaryExpression[]>();
    for (const node of nodesOf(file)) {
      if (!isAssignment(node)) continue;
      const target = unwrap(node.left);
      const text = ts.isIdentifier(target) ? target.text : ts.isPropertyAccessExpression(target) ? target.name.text : undefined;
      if (text === undefined) continue;
      const list = found.get(text);
      if (list) list.push(node);
      else found.set(text, [node]);
    }
    assignedByFile.set(file, (known = found));
  }
  return known.get(name) ?? [];
}

function isNothing(value: ts.Expression): boolean {
  const node = unwrap(value);
  return node.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(node) || (ts.isIdentifier(node) && node.text === 'undefined');
}
