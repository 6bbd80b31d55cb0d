/** What a connection is made with: every value in its arguments, by the names that lead to it, followed through constants, spreads and choices. */
import ts from 'typescript';
import { isFunctionWithBody, unwrap } from './ast.ts';
import { calledDeclaration } from './called-declaration.ts';
import { superArguments, type Construction } from './construction.ts';
import { isConst, resolveAlias, returnedExpression, symbolOfValue } from './fold.ts';

export interface OptionValue {
  /** `['socket', 'host']`; an argument by itself has none, a list's element is `[]`. */
  path: readonly string[];
  value: ts.Expression;
  /** Taken in one case only: behind `??` or `||`, in a branch. */
  isChoice: boolean;
  /** Of an argument by itself: which. */
  argument: number;
}

const deepest = 8;

/** @param args defaults to the construction's own */
export function connectionOptions(construction: Construction, checker: ts.TypeChecker, args: readonly ts.Expression[] = superArguments(construction, checker) ?? construction.arguments ?? []): readonly OptionValue[] {
  const reader = new Reader(checker);
  args.forEach((argument, index) => reader.read(argument, { path: [], isChoice: false, argument: index }, 0));
  return reader.values;
}

type At = Omit<OptionValue, 'value'>;

class Reader {
  values: OptionValue[] = [];
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  read(expression: ts.Expression, at: At, depth: number): void {
    const node = unwrap(expression);
    if (depth > deepest) return;
    if (ts.isObjectLiteralExpression(node)) return this.#readObject(node, at, depth);
    if (ts.isArrayLiteralExpression(node)) return node.elements.forEach((element) => this.read(ts.isSpreadElement(element) ? element.expression : element, { ...at, path: [...at.path, '[]'] }, depth + 1));
    if (ts.isBinaryExpression(node) && /^(?:\?\?|\|\|)$/.test(node.operatorToken.getText())) {
      this.read(node.left, at, depth + 1);
      return this.read(node.right, { ...at, isChoice: true }, depth + 1);
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return this.read(node.right, { ...at, isChoice: at.isChoice || isOfPlace(node.left) }, depth + 1);
    if (ts.isConditionalExpression(node)) {
      for (const [own, other] of [[node.whenTrue, node.whenFalse], [node.whenFalse, node.whenTrue]] as const) {
        if (!isNothing(own)) this.read(own, { ...at, isChoice: at.isChoice || !isNothing(other) || isOfPlace(node.condition) }, depth + 1);
      }
      return;
    }
    const behind = this.#behind(node);
    if (behind) return this.read(behind, at, depth + 1);
    this.values.push({ ...at, value: node });
  }

  #readObject(literal: ts.ObjectLiteralExpression, at: At, depth: number): void {
    for (const property of literal.properties) {
      if (ts.isSpreadAssignment(property)) {
        this.read(property.expression, at, depth + 1);
        continue;
      }
      const name = property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? property.name.text : undefined;
      if (name === undefined) continue;
      const path = [...at.path, name];
      // What comes later takes the place of what was there.
      if (!at.isChoice) this.values = this.values.filter((one) => one.argument !== at.argument || !path.every((step, index) => one.path[index] === step));
      if (ts.isPropertyAssignment(property)) this.read(property.initializer, { ...at, path }, depth + 1);
      else if (ts.isShorthandPropertyAssignment(property)) this.read(property.name, { ...at, path }, depth + 1);
      else if (ts.isMethodDeclaration(property)) this.values.push({ ...at, path, value: property as unknown as ts.Expression });
    }
  }

  /** The value that a name, a property of a constant, or a helper's call stands for. */
  #behind(node: ts.Expression): ts.Expression | undefined {
    if (ts.isCallExpression(node)) {
      const fn = calledDeclaration(node, this.#checker);
      const returned = fn && isFunctionWithBody(fn) ? returnedExpression(fn) : undefined;
      return returned && isStructure(returned) ? returned : undefined;
    }
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
    const symbol = resolveAlias(ts.isIdentifier(node) ? symbolOfValue(node, this.#checker) : this.#checker.getSymbolAtLocation(node.name), this.#checker);
    const declaration = symbol?.valueDeclaration;
    if (!declaration) return undefined;
    if (ts.isVariableDeclaration(declaration)) return isConst(declaration) && ts.isIdentifier(declaration.name) ? declaration.initializer : undefined;
    if (ts.isPropertyAssignment(declaration)) return declaration.initializer;
    return ts.isPropertyDeclaration(declaration) && (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0 ? declaration.initializer : undefined;
  }
}

const isStructure = (node: ts.Expression): boolean => ts.isObjectLiteralExpression(unwrap(node)) || ts.isArrayLiteralExpression(unwrap(node));

/** `undefined`, `null`, `{}`, `false`. */
function isNothing(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  return node.kind === ts.SyntaxKind.NullKeyword || node.kind === ts.SyntaxKind.FalseKeyword || ts.isVoidExpression(node) || (ts.isIdentifier(node) && node.text === 'undefined');
}

/** A condition that asks where the program runs. */
export const isOfPlace = (condition: ts.Expression): boolean => /NODE_ENV|dev|local|test|prod|stag|debug|insecure|self.?signed/i.test(condition.getText());
