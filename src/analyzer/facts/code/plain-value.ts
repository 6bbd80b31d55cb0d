/**
 * What is told to be plain data by how it is written and declared, without a question about its type: a text, a number, a list, a map.
 * In code of which little has to do with Redis most receivers of a `get`, `set` or `sort` are such; to infer their types costs far more
 * than everything else. An answer of "no" only means that somebody has to ask for the type.
 */
import ts from 'typescript';
import { hasModifier, isFunctionWithBody, methodOf, unwrap } from './ast.ts';

/** Of the language, by the names that people give them in code. */
const plainTypes = new Set([
  'Map', 'Set', 'WeakMap', 'WeakSet', 'ReadonlyMap', 'ReadonlySet', 'Array', 'ReadonlyArray', 'Date', 'RegExp', 'URL', 'URLSearchParams', 'Headers', 'FormData',
  'Error', 'TypeError', 'RangeError', 'Uint8Array', 'Buffer', 'Intl', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Iterable', 'Iterator',
]);
const plainGlobals = new Set(['Object', 'Array', 'JSON', 'Math', 'Number', 'String', 'Boolean', 'Date', 'Intl', 'Reflect', 'Symbol', 'BigInt', 'console']);
/** Methods of lists and texts that give such again; no command has their names. */
const listMethods = new Set([
  'map', 'filter', 'flatMap', 'flat', 'slice', 'concat', 'reverse', 'splice', 'toSorted', 'toReversed', 'toSpliced', 'split', 'join', 'trim', 'replace', 'replaceAll',
  'toLowerCase', 'toUpperCase', 'toString', 'toFixed', 'toISOString', 'padStart', 'padEnd', 'localeCompare', 'charAt', 'indexOf', 'includes', 'some', 'every', 'findIndex',
]);
/** Give their own receiver back, or a list where that is one; commands have these names too. */
const sameAgain = new Set(['sort', 'set', 'add', 'entries', 'keys', 'values']);

const deepest = 4;

/** @returns whether an expression is certainly neither a client nor a function */
export function isPlainValue(expression: ts.Expression, checker: ts.TypeChecker, depth = 0): boolean {
  const node = unwrap(expression);
  if (depth > deepest) return false;
  switch (node.kind) {
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
    case ts.SyntaxKind.TemplateExpression:
    case ts.SyntaxKind.NumericLiteral:
    case ts.SyntaxKind.BigIntLiteral:
    case ts.SyntaxKind.RegularExpressionLiteral:
    case ts.SyntaxKind.ArrayLiteralExpression:
    case ts.SyntaxKind.TrueKeyword:
    case ts.SyntaxKind.FalseKeyword:
    case ts.SyntaxKind.TypeOfExpression:
      return true;
    case ts.SyntaxKind.Identifier:
      return plainGlobals.has((node as ts.Identifier).text) || isDeclaredPlain(checker.getSymbolAtLocation(node), checker, depth);
    case ts.SyntaxKind.NewExpression: {
      const callee = (node as ts.NewExpression).expression;
      return ts.isIdentifier(callee) && plainTypes.has(callee.text);
    }
    case ts.SyntaxKind.CallExpression:
      return isPlainCall(node as ts.CallExpression, checker, depth);
    case ts.SyntaxKind.PropertyAccessExpression:
      // `this.#all`, whose class says what it is; of other owners the type would have to be known.
      return (node as ts.PropertyAccessExpression).expression.kind === ts.SyntaxKind.ThisKeyword && isDeclaredPlain(checker.getSymbolAtLocation((node as ts.PropertyAccessExpression).name), checker, depth);
    case ts.SyntaxKind.BinaryExpression: {
      const { left, right, operatorToken } = node as ts.BinaryExpression;
      const isChoice = operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken || operatorToken.kind === ts.SyntaxKind.BarBarToken;
      return isChoice && isPlainValue(left, checker, depth + 1) && isPlainValue(right, checker, depth + 1);
    }
    default:
      return false;
  }
}

function isPlainCall(call: ts.CallExpression, checker: ts.TypeChecker, depth: number): boolean {
  const method = methodOf(call);
  if (!method) {
    const symbol = ts.isIdentifier(call.expression) && call.expression.text !== 'require' ? checker.getSymbolAtLocation(call.expression) : undefined;
    const [declaration] = symbol && !(symbol.flags & ts.SymbolFlags.Alias) ? (symbol.declarations ?? []) : [];
    return declaration !== undefined && givesPlain(declaration, checker, depth);
  }
  if (listMethods.has(method.name)) return true;
  const target = unwrap(method.target);
  if (ts.isIdentifier(target) && plainGlobals.has(target.text)) return true;
  return sameAgain.has(method.name) && isPlainValue(target, checker, depth + 1);
}

/** A function of this file that says what it returns, or returns one expression. */
function givesPlain(declaration: ts.Declaration, checker: ts.TypeChecker, depth: number): boolean {
  const fn = ts.isVariableDeclaration(declaration) && !declaration.type && declaration.initializer ? unwrap(declaration.initializer) : declaration;
  if (!isFunctionWithBody(fn)) return false;
  if (fn.type) return isPlainType(fn.type);
  return !ts.isBlock(fn.body) && isPlainValue(fn.body, checker, depth + 1);
}

function isDeclaredPlain(symbol: ts.Symbol | undefined, checker: ts.TypeChecker, depth: number): boolean {
  const declaration = symbol?.valueDeclaration;
  if (!declaration) return false;
  if (ts.isParameter(declaration) || ts.isPropertyDeclaration(declaration) || ts.isVariableDeclaration(declaration)) {
    if (declaration.type) return isPlainType(declaration.type);
    const { initializer } = declaration;
    // Untyped code may put anything in later.
    const isFixed = ts.isVariableDeclaration(declaration) ? (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0 : hasModifier(declaration, ts.SyntaxKind.ReadonlyKeyword) || isTypeScript(declaration);
    return initializer !== undefined && isFixed && isPlainValue(initializer, checker, depth + 1);
  }
  return false;
}

const isTypeScript = (node: ts.Node): boolean => /\.[cm]?tsx?$/.test(node.getSourceFile().fileName);

function isPlainType(type: ts.TypeNode): boolean {
  switch (type.kind) {
    case ts.SyntaxKind.ArrayType:
    case ts.SyntaxKind.TupleType:
    case ts.SyntaxKind.StringKeyword:
    case ts.SyntaxKind.NumberKeyword:
    case ts.SyntaxKind.BooleanKeyword:
    case ts.SyntaxKind.BigIntKeyword:
    case ts.SyntaxKind.UndefinedKeyword:
    case ts.SyntaxKind.VoidKeyword:
    case ts.SyntaxKind.LiteralType:
    case ts.SyntaxKind.TemplateLiteralType:
      return true;
    case ts.SyntaxKind.TypeOperator:
      return isPlainType((type as ts.TypeOperatorNode).type);
    case ts.SyntaxKind.ParenthesizedType:
      return isPlainType((type as ts.ParenthesizedTypeNode).type);
    case ts.SyntaxKind.UnionType:
      return (type as ts.UnionTypeNode).types.every(isPlainType);
    case ts.SyntaxKind.TypeReference: {
      const name = (type as ts.TypeReferenceNode).typeName;
      return ts.isIdentifier(name) && plainTypes.has(name.text);
    }
    default:
      return false;
  }
}
