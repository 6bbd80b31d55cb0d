/**
 * Modules as compiled output imports them: `__importDefault(require('ioredis')).default`, `_redis.default.createClient`, `import_ioredis.Redis`.
 * The helpers of TypeScript, esbuild, Babel and Rollup are untyped, so what they wrap is read off the code: of the module itself, or its `default`.
 * So are those of CoffeeScript's output, and of whoever does without a module that is missing: `let Redis; try { Redis = require('ioredis') } catch {}`.
 */
import ts from 'typescript';
import { originOf } from '../../dialects/client-types.ts';
import { assignmentsTo, isNothing } from './assignments.ts';
import { unwrap } from './ast.ts';
import { resolveAlias } from './fold.ts';

/** TypeScript's and tslib's, esbuild's, Babel's and SWC's, Rollup's. */
const interop = /^(?:__importDefault|__importStar|__toESM|__toCommonJS|_?_?interop_?[A-Za-z_]*)$/i;

const deepest = 8;

/** @returns the type of what such an import gives, of which the checker knows nothing; undefined for every other expression */
function importedType(expression: ts.Expression, checker: ts.TypeChecker, depth = 0): ts.Type | undefined {
  if (depth > deepest) return undefined;
  const node = calleeOf(expression);
  if (ts.isPropertyAccessExpression(node)) {
    const owner = importedType(node.expression, checker, depth + 1);
    if (!owner) return undefined;
    const member = checker.getPropertyOfType(owner, node.name.text);
    if (member) return checker.getTypeOfSymbol(member);
    return node.name.text === 'default' ? owner : undefined;
  }
  if (ts.isIdentifier(node)) {
    const known = moduleType(node, checker);
    if (known) return known;
    const declaration = resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration;
    return declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name) ? importedInto(declaration, declaration.name.text, checker, depth + 1) : undefined;
  }
  // `require('x').default || require('x')`, `(module as any).default ?? module`
  if (ts.isBinaryExpression(node) && (node.operatorToken.kind === ts.SyntaxKind.BarBarToken || node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)) return importedType(node.left, checker, depth + 1) ?? importedType(node.right, checker, depth + 1);
  if (!ts.isCallExpression(node)) return undefined;
  const [given] = node.arguments;
  if (!given) return undefined;
  const callee = calleeOf(node.expression);
  if (ts.isIdentifier(callee) && callee.text === 'require') return moduleType(node, checker);
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  return interop.test(name) ? importedType(given, checker, depth + 1) : undefined;
}

/** `var redis; redis = require('redis')`: of a variable that is given nothing but imports; `null` and `undefined` apart. */
function importedInto(variable: ts.VariableDeclaration, name: string, checker: ts.TypeChecker, depth: number): ts.Type | undefined {
  const { initializer } = variable;
  if (initializer && !isNothing(initializer)) return importedType(initializer, checker, depth);
  const given = assignmentsTo(variable.getSourceFile(), name).filter(({ left, right }) => ts.isIdentifier(left) && !isNothing(right) && checker.getSymbolAtLocation(left)?.valueDeclaration === variable);
  let found: ts.Type | undefined;
  for (const { right } of given) {
    const one = importedType(right, checker, depth);
    if (!one) return undefined;
    found ??= one;
  }
  return found;
}

/** What such an import's constructor or factory makes. */
export function madeByImport(construction: ts.NewExpression | ts.CallExpression, checker: ts.TypeChecker): ts.Type | undefined {
  const callee = calleeOf(construction.expression);
  if (!ts.isPropertyAccessExpression(callee) && !ts.isIdentifier(callee)) return undefined;
  const type = importedType(callee, checker);
  const [signature] = type ? (ts.isNewExpression(construction) ? type.getConstructSignatures() : type.getCallSignatures()) : [];
  return signature && checker.getReturnTypeOfSignature(signature);
}

/** `redis.createClient` in `(0, redis.createClient)()`. */
export function calleeOf(expression: ts.Expression): ts.Expression {
  const node = unwrap(expression);
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken ? unwrap(node.right) : node;
}

/** Of a client's module alone. @param required `require('ioredis')`, or a name for it */
function moduleType(required: ts.Expression, checker: ts.TypeChecker): ts.Type | undefined {
  const type = checker.getTypeAtLocation(required);
  return originOf(type.symbol as ts.Symbol | undefined) ? type : undefined;
}
