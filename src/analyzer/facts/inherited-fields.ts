/**
 * Fields that an ES5 constructor has from the one it inherits from, of which the checker knows nothing: `util.inherits(Store, Base)`,
 * `Store.prototype = Object.create(Base.prototype)`. Syntax and names; along imports alone.
 */
import ts from 'typescript';
import { enclosingFunction, isAssignment, isFunctionWithBody, methodOf, unwrap } from './ast.ts';
import { assignmentsTo, isNothing } from './assignments.ts';
import { resolveAlias } from './fold.ts';
import { nodesOf } from './nodes.ts';

/** So many constructors one above the other. */
const highest = 4;

/** What the constructors above give a field, `null` and `undefined` apart. @param field `this.client` in a constructor or a method of its prototype */
export function inheritedValues(field: ts.PropertyAccessExpression, checker: ts.TypeChecker): readonly ts.Expression[] {
  if (field.expression.kind !== ts.SyntaxKind.ThisKeyword) return [];
  let own = constructorAround(field);
  for (let height = 0; own && height < highest; height++) {
    const base = baseOf(own, checker);
    const values = base ? assignmentsTo(base.getSourceFile(), field.name.text).filter((one) => isFieldOf(base, one)) : [];
    if (values.length > 0) return values.map(({ right }) => right);
    own = base?.name;
  }
  return [];
}

/** The name of the constructor that `this` is made by: the function itself, or the owner of the prototype that it is put on. */
function constructorAround(node: ts.Node): ts.Identifier | undefined {
  let fn = enclosingFunction(node);
  while (ts.isArrowFunction(fn)) fn = enclosingFunction(fn);
  if (ts.isSourceFile(fn)) return undefined;
  if (ts.isFunctionDeclaration(fn)) return fn.name;
  let at: ts.Node = fn;
  // `Store.prototype = { load() {…}, save: function () {…} }`
  if (ts.isPropertyAssignment(at.parent)) at = at.parent;
  if (ts.isObjectLiteralExpression(at.parent)) at = at.parent;
  if (!isAssignment(at.parent)) return ts.isVariableDeclaration(at.parent) && ts.isIdentifier(at.parent.name) ? at.parent.name : undefined;
  return prototypeOwner(at.parent.left);
}

/** `Store` of `Store.prototype` and `Store.prototype.load`. */
function prototypeOwner(target: ts.Expression): ts.Identifier | undefined {
  let node = unwrap(target);
  if (ts.isPropertyAccessExpression(node) && node.name.text !== 'prototype') node = unwrap(node.expression);
  return ts.isPropertyAccessExpression(node) && node.name.text === 'prototype' && ts.isIdentifier(node.expression) ? node.expression : undefined;
}

type Constructor = ts.FunctionDeclaration | ts.FunctionExpression | ts.ClassLikeDeclaration;

/** The constructor that one is said to inherit from in its file. */
function baseOf(own: ts.Identifier, checker: ts.TypeChecker): Constructor | undefined {
  for (const node of nodesOf(own.getSourceFile())) {
    const base = ts.isCallExpression(node) ? inheritedBy(node, own.text) : isAssignment(node) ? prototypeFrom(node, own.text) : undefined;
    if (base) return constructorNamed(base, checker);
  }
  return undefined;
}

/** `inherits(Store, Base)`, `Object.setPrototypeOf(Store.prototype, Base.prototype)` */
function inheritedBy(call: ts.CallExpression, own: string): ts.Expression | undefined {
  const name = methodOf(call)?.name ?? (ts.isIdentifier(call.expression) ? call.expression.text : '');
  const [heir, base] = call.arguments;
  if (!heir || !base) return undefined;
  if (/^_?_?(?:inherits|extends|extend)$/i.test(name)) return ts.isIdentifier(heir) && heir.text === own ? base : undefined;
  return name === 'setPrototypeOf' && prototypeOwner(heir)?.text === own ? prototypeOwner(base) : undefined;
}

/** `Store.prototype = Object.create(Base.prototype)`, `Store.prototype = new Base()`, `Store.prototype.__proto__ = Base.prototype` */
function prototypeFrom({ left, right }: ts.BinaryExpression, own: string): ts.Expression | undefined {
  if (prototypeOwner(left)?.text !== own) return undefined;
  const value = unwrap(right);
  const name = ts.isPropertyAccessExpression(left) ? left.name.text : '';
  if (name === '__proto__') return prototypeOwner(value);
  if (name !== 'prototype') return undefined;
  if (ts.isNewExpression(value)) return value.expression;
  const [given] = ts.isCallExpression(value) && methodOf(value)?.name === 'create' ? value.arguments : [];
  return given && prototypeOwner(given);
}

function constructorNamed(expression: ts.Expression, checker: ts.TypeChecker): Constructor | undefined {
  const node = unwrap(expression);
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const declaration = resolveAlias(checker.getSymbolAtLocation(ts.isIdentifier(node) ? node : node.name), checker)?.valueDeclaration;
  if (!declaration) return undefined;
  const value: ts.Node = ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : isAssignment(declaration) ? unwrap(declaration.right) : isAssignment(declaration.parent) ? unwrap(declaration.parent.right) : declaration;
  return ts.isFunctionDeclaration(value) || ts.isFunctionExpression(value) || ts.isClassLike(value) ? value : undefined;
}

/** `this.client = …` in a constructor, or in a method of its prototype. */
function isFieldOf(base: Constructor, { left, right }: ts.BinaryExpression): boolean {
  if (!ts.isPropertyAccessExpression(left) || left.expression.kind !== ts.SyntaxKind.ThisKeyword || isNothing(right)) return false;
  for (let at: ts.Node = left; !ts.isSourceFile(at); at = at.parent) if (at === base) return true;
  const around = constructorAround(left);
  return around !== undefined && base.name !== undefined && around.text === base.name.text && isFunctionWithBody(base);
}
