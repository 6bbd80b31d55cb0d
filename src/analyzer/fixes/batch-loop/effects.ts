/**
 * What code reads and changes of the variables around it, so that a loop can be cut in two. By the form of the code alone:
 * a method with a changing name (`push`, `set`, `shift`) changes what it is called on, a list handed to a function may be changed by it.
 */
import ts from 'typescript';
import { isAssignment, methodOf, unwrap, walk } from '../../facts/code/ast.ts';
import { isList } from '../../facts/together/looped-command.ts';

/** A variable; `this.name` stands for a property of the object itself. */
export type Root = ts.Symbol | string;

export interface Effects {
  reads: ReadonlySet<Root>;
  /** Variables that are given another value. */
  rebinds: ReadonlySet<Root>;
  /** Variables whose object is changed. */
  mutates: ReadonlySet<Root>;
  /** Calls of functions that may do anything: print, emit, write elsewhere. */
  opaque: boolean;
}

const changing = /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear|enqueue|dequeue|next)$/;
/** Global objects whose methods change nothing, and functions that do not either. */
const pureOwners = new Set(['JSON', 'Math', 'Object', 'Number', 'String', 'Array', 'Date', 'Boolean', 'BigInt', 'Buffer', 'Promise', 'Symbol']);
const pureFunctions = new Set(['String', 'Number', 'Boolean', 'BigInt', 'parseInt', 'parseFloat', 'isNaN', 'encodeURIComponent', 'decodeURIComponent', 'structuredClone', 'Symbol']);
/** Methods of texts, numbers, lists, maps and dates that change nothing. */
const pureMethods =
  /^(?:to[A-Z]\w*|get|has|keys|values|entries|map|filter|flatMap|reduce|some|every|find\w*|includes|indexOf|lastIndexOf|at|slice|join|concat|split|trim\w*|pad\w*|replace\w*|startsWith|endsWith|charAt|charCodeAt|substring|substr|repeat|match\w*|test|exec|normalize|localeCompare|valueOf|get[A-Z]\w*)$/;

/** What is known of the code around: the commands, which change nothing in memory. */
export interface Scope {
  checker: ts.TypeChecker;
  commands: ReadonlySet<ts.Node>;
}

/** @param skip nodes that are left out with all that is in them */
export function effectsOf(nodes: readonly ts.Node[], { checker, commands }: Scope, skip: ReadonlySet<ts.Node> = new Set()): Effects {
  const reads = new Set<Root>();
  const rebinds = new Set<Root>();
  const mutates = new Set<Root>();
  let opaque = false;
  const visit = (node: ts.Node): false | undefined => {
    if (skip.has(node)) return false;
    const root = rootOf(node, checker);
    if (root !== undefined) reads.add(root);
    if (isAssignment(node)) write(node.left);
    else if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && isStep(node.operator)) write(node.operand);
    else if (ts.isDeleteExpression(node)) write(node.expression);
    else if (ts.isCallExpression(node)) call(node);
    else if (ts.isNewExpression(node) && !/^(?:Map|Set|Date|URL|Error|\w+Error|Array|RegExp)$/.test(node.expression.getText())) opaque = true;
    else if (ts.isTaggedTemplateExpression(node)) opaque = true;
    return undefined;
  };
  for (const node of nodes) if (visit(node) !== false) walk(node, visit);
  return { reads, rebinds, mutates, opaque };

  function write(target: ts.Expression): void {
    const inner = unwrap(target);
    if (ts.isIdentifier(inner)) add(rebinds, inner);
    else if (ts.isArrayLiteralExpression(inner)) inner.elements.forEach((element) => write(ts.isSpreadElement(element) ? element.expression : element));
    else if (ts.isObjectLiteralExpression(inner)) {
      for (const property of inner.properties) {
        if (ts.isShorthandPropertyAssignment(property)) add(rebinds, property.name);
        else if (ts.isPropertyAssignment(property)) write(property.initializer);
      }
    } else if (ts.isBinaryExpression(inner)) write(inner.left);
    else add(mutates, inner);
  }

  function call(node: ts.CallExpression): void {
    if (commands.has(node)) return;
    const method = methodOf(node);
    if (method && changing.test(method.name)) add(mutates, method.target);
    if (isPureCall(node)) return;
    if (!method || !changing.test(method.name)) opaque = true;
    for (const argument of node.arguments) {
      const inner = unwrap(argument);
      if ((ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner)) && isCollection(checker.getTypeAtLocation(inner), checker)) add(mutates, inner);
    }
  }

  function add(to: Set<Root>, node: ts.Expression): void {
    const root = baseOf(node, checker);
    if (root !== undefined) to.add(root);
  }
}

/** Whether a method of this name changes what it is called on, and does no more. */
export const isChanging = (name: string): boolean => changing.test(name);

/** A call that does nothing but give a value. */
export function isPureCall(node: ts.CallExpression): boolean {
  const method = methodOf(node);
  if (!method) return ts.isIdentifier(node.expression) && pureFunctions.has(node.expression.text);
  const owner = unwrap(method.target);
  if (ts.isIdentifier(owner) && pureOwners.has(owner.text)) return method.name !== 'assign' && method.name !== 'defineProperty';
  return pureMethods.test(method.name);
}

/** Whether evaluating a node can be taken not to throw, but for a property of nothing: no call of a function that is not known. */
export function isTotal(node: ts.Node): boolean {
  let total = true;
  const look = (at: ts.Node): undefined => {
    if (ts.isCallExpression(at)) total &&= isPureCall(at) && !/^JSON\.parse$/.test(at.expression.getText());
    else if (ts.isNewExpression(at) || ts.isTaggedTemplateExpression(at) || ts.isThrowStatement(at)) total = false;
    return undefined;
  };
  look(node);
  walk(node, look);
  return total;
}

/** Whether two sets have anything in common. */
export function meet(one: ReadonlySet<Root>, other: ReadonlySet<Root>): boolean {
  for (const root of one) if (other.has(root)) return true;
  return false;
}

/** Every identifier that a binding declares. */
export function namesOf(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesOf(element.name) : []));
}

/** The variable that a mention of it stands for; undefined for property names, types and declarations' own names. */
export function symbolOfUse(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (!ts.isIdentifier(node)) return undefined;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return undefined;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return undefined;
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent);
  return checker.getSymbolAtLocation(node);
}

export function rootOf(node: ts.Node, checker: ts.TypeChecker): Root | undefined {
  if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword) return `this.${node.name.text}`;
  return symbolOfUse(node, checker);
}

/** What `a.b[c].d` hangs on: `a`, or `this.b`. */
function baseOf(node: ts.Expression, checker: ts.TypeChecker): Root | undefined {
  const inner = unwrap(node);
  if (ts.isPropertyAccessExpression(inner) && inner.expression.kind !== ts.SyntaxKind.ThisKeyword) return baseOf(inner.expression, checker);
  if (ts.isElementAccessExpression(inner)) return baseOf(inner.expression, checker);
  if (ts.isCallExpression(inner)) {
    const method = methodOf(inner);
    return method && baseOf(method.target, checker);
  }
  return rootOf(inner, checker);
}

function isCollection(type: ts.Type, checker: ts.TypeChecker): boolean {
  return isList(type, checker) || /^(?:Map|Set|WeakMap|WeakSet)$/.test(type.symbol?.name ?? '');
}

/** `++` or `--`. */
export const isStep = (operator: ts.PrefixUnaryOperator): boolean => operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
