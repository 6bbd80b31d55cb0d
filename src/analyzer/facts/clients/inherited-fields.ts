/**
 * Fields that a constructor gives functions which the checker does not know to be its methods: from the one it inherits from
 * (`util.inherits(Store, Base)`, `Store.prototype = Object.create(Base.prototype)`), and to those of another file that are put on its
 * prototype (`Object.assign(Store.prototype, require('./methods'))`).
 */
import ts from 'typescript';
import { enclosingClass, enclosingFunction, isAssignment, isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { assignmentsTo, isNothing } from '../code/assignments.ts';
import { resolveAlias } from '../code/fold.ts';
import { nodesOf } from '../calls/nodes.ts';

/** So many constructors one above the other. */
const highest = 4;

/** What the constructors above give a field, `null` and `undefined` apart. @param field `this.client` in a constructor or a method of its prototype */
export function inheritedValues(field: ts.PropertyAccessExpression, checker: ts.TypeChecker): readonly ts.Expression[] {
  if (field.expression.kind !== ts.SyntaxKind.ThisKeyword || enclosingClass(field)) return [];
  const own = constructorAround(field);
  const base = own && baseOf(own, checker);
  if (base) return valuesOf(base, field.name.text, checker);
  return hostsOf.get(checker)?.(field.getSourceFile().fileName).flatMap((host) => prototypesGiven(field.getSourceFile(), host, checker).flatMap((one) => valuesOf(one, field.name.text, checker))) ?? [];
}

/** What a constructor, or the next above it that does, gives a field. */
function valuesOf(constructor: Constructor, field: string, checker: ts.TypeChecker): readonly ts.Expression[] {
  let at: Constructor | undefined = constructor;
  for (let height = 0; at && height < highest; height++) {
    const one: Constructor = at;
    const initial = ts.isClassLike(one) ? one.members.flatMap((member) => (ts.isPropertyDeclaration(member) && member.name.getText() === field && member.initializer ? [member.initializer] : [])) : [];
    const assigned = assignmentsTo(one.getSourceFile(), field).filter((assignment) => isFieldOf(one, assignment));
    const values = [...initial, ...assigned.map(({ right }) => right)].filter((value) => !isNothing(value));
    if (values.length > 0) return values;
    at = one.name && baseOf(one.name, checker);
  }
  return [];
}

type HostsOf = (file: string) => readonly ts.SourceFile[];

const hostsOf = new WeakMap<ts.TypeChecker, HostsOf>();

/** @param hosts the files that put what a file hands out on a prototype (`mixed-in.ts`) */
export function setHosts(checker: ts.TypeChecker, hosts: HostsOf): void {
  hostsOf.set(checker, hosts);
}

/** The constructors of a host that get the functions of a module. */
function prototypesGiven(module: ts.SourceFile, host: ts.SourceFile, checker: ts.TypeChecker): Constructor[] {
  const isOfModule = (expression: ts.Expression): boolean => isFromModule(expression, module, checker);
  const names: ts.Identifier[] = [];
  for (const node of nodesOf(host)) {
    if (isAssignment(node)) {
      const owner = prototypeOwner(node.left);
      if (owner && isOfModule(node.right)) names.push(owner);
    } else if (ts.isCallExpression(node)) {
      const [first, ...more] = node.arguments;
      if (!first) continue;
      const owner = more.some(isOfModule) ? prototypeOwner(first) : undefined;
      if (owner) names.push(owner);
      else if (ts.isIdentifier(first) && ts.isCallExpression(unwrap(node.expression)) && isOfModule(node.expression)) names.push(first);
    }
  }
  return names.flatMap((name) => constructorNamed(name, checker) ?? []);
}

/** `require('./methods')`, a part of it, or a name for it. */
function isFromModule(expression: ts.Expression, module: ts.SourceFile, checker: ts.TypeChecker): boolean {
  let node = unwrap(expression);
  while (ts.isPropertyAccessExpression(node)) node = unwrap(node.expression);
  if (ts.isIdentifier(node)) {
    const [declaration] = checker.getSymbolAtLocation(node)?.declarations ?? [];
    return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && !ts.isIdentifier(unwrap(declaration.initializer)) && isFromModule(declaration.initializer, module, checker);
  }
  const [specifier] = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require' ? node.arguments : [];
  return specifier !== undefined && checker.getSymbolAtLocation(specifier)?.declarations?.[0] === module;
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
