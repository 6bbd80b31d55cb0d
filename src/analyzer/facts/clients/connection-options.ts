/** What a connection is made with: every value in its arguments, by the names that lead to it, followed through constants, spreads and choices. */
import ts from 'typescript';
import { isAssignment, isFunctionWithBody, unwrap } from '../code/ast.ts';
import { calledDeclaration } from '../code/called-declaration.ts';
import { superArguments, type Construction } from './construction.ts';
import { isReassigned, resolveAlias, returnedExpression, symbolOfValue } from '../code/fold.ts';
import { isForElsewhere, placeOf } from '../code/place-condition.ts';
import { referencesTo } from '../code/references.ts';

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
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return this.read(node.right, { ...at, isChoice: at.isChoice || isForElsewhere(node.left, true) }, depth + 1);
    if (ts.isConditionalExpression(node)) {
      for (const [own, other, holds] of [[node.whenTrue, node.whenFalse, true], [node.whenFalse, node.whenTrue, false]] as const) {
        if (!isNothing(own)) this.read(own, { ...at, isChoice: at.isChoice || isForElsewhere(node.condition, holds) || (!isNothing(other) && placeOf(node.condition) === undefined) }, depth + 1);
      }
      return;
    }
    const behind = this.#behind(node);
    if (behind) this.read(behind, at, depth + 1);
    else this.values.push({ ...at, value: node });
    if (ts.isIdentifier(node)) this.#readLater(node, at, depth);
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
      this.#makeWay({ ...at, path });
      if (ts.isPropertyAssignment(property)) this.read(property.initializer, { ...at, path }, depth + 1);
      else if (ts.isShorthandPropertyAssignment(property)) this.read(property.name, { ...at, path }, depth + 1);
      else if (ts.isMethodDeclaration(property)) this.values.push({ ...at, path, value: property as unknown as ts.Expression });
    }
  }

  /** What comes later takes the place of what was there. */
  #makeWay({ path, isChoice, argument }: At): void {
    if (!isChoice) this.values = this.values.filter((one) => one.argument !== argument || !path.every((step, index) => one.path[index] === step));
  }

  /** `options.tls = …`, `Object.assign(options, …)`, wherever in the file. */
  #readLater(name: ts.Identifier, at: At, depth: number): void {
    const declaration = symbolOfValue(name, this.#checker)?.valueDeclaration;
    if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || declaration.getSourceFile() !== name.getSourceFile()) return;
    for (const use of referencesTo(declaration.name, this.#checker, isChanged)) {
      const { parent } = use;
      const isChoice = at.isChoice || isBranchForElsewhere(use);
      if (ts.isCallExpression(parent)) for (const given of parent.arguments.slice(1)) this.read(given, { ...at, isChoice }, depth + 1);
      else if (ts.isPropertyAccessExpression(parent)) {
        const assignment = parent.parent as ts.BinaryExpression;
        const path = [...at.path, parent.name.text];
        this.#makeWay({ ...at, path, isChoice: isChoice || isInBranch(use) });
        this.read(assignment.right, { ...at, path, isChoice }, depth + 1);
      }
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
    if (ts.isVariableDeclaration(declaration)) return ts.isIdentifier(declaration.name) && !isReassigned(symbol, declaration, this.#checker) ? declaration.initializer : undefined;
    if (ts.isPropertyAssignment(declaration)) return declaration.initializer;
    return ts.isPropertyDeclaration(declaration) && (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0 ? declaration.initializer : undefined;
  }
}

/** `options` in `options.tls = …` and `Object.assign(options, …)`. */
function isChanged(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isCallExpression(parent)) return parent.arguments[0] === use && parent.expression.getText() === 'Object.assign';
  return ts.isPropertyAccessExpression(parent) && parent.expression === use && isAssignment(parent.parent) && parent.parent.left === parent;
}

/** `if (isDevelopment) …` around it: what it does is for other places than production. */
export function isBranchForElsewhere(node: ts.Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && at !== parent.expression && isForElsewhere(parent.expression, at === parent.thenStatement)) return true;
  }
  return false;
}

const isInBranch = (node: ts.Node): boolean => ts.findAncestor(node, ts.isIfStatement) !== undefined;

const isStructure = (node: ts.Expression): boolean => ts.isObjectLiteralExpression(unwrap(node)) || ts.isArrayLiteralExpression(unwrap(node));

/** `undefined`, `null`, `{}`, `false`. */
function isNothing(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  return node.kind === ts.SyntaxKind.NullKeyword || node.kind === ts.SyntaxKind.FalseKeyword || ts.isVoidExpression(node) || (ts.isIdentifier(node) && node.text === 'undefined');
}
