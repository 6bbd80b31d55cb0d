/**
 * Whether an expression holds names that a KEYS or SCAN has found, and how deep: a name, a list of names, a stream of lists. Followed
 * back through variables, loops, callbacks and what lists are gathered into, within what the checker can name.
 */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isAssignment, isFunctionWithBody, methodOf, unwrap, wrapped } from '../code/ast.ts';
import { resolveAlias } from '../code/fold.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';
import { regionOf } from '../calls/regions.ts';
import { unitOf } from '../code/units.ts';

export interface Scanned {
  scan: RedisCall;
  /** 0: one name; 1: a list of names, or an iterable that gives one name a step; 2: lists of lists, a stream that gives one list a step. */
  depth: number;
  /** A reply of SCAN itself: the cursor beside a list of names. */
  page?: true;
}

type Asked = Pick<Workspace, 'checker' | 'callsIn'>;

const deepest = 12;

/** KEYS, SCAN and what libraries make of it; not HSCAN and its kin, which find no keys. */
export const isKeyScan = ({ command }: RedisCall): boolean => command === 'KEYS' || /^(?:SCAN|@scan(?:Buffer)?(?:Stream|Iterator))$/.test(command);

/** What a scan gives where it is awaited, or iterated. */
function scannedBy(scan: RedisCall): Scanned {
  if (scan.command === 'KEYS') return { scan, depth: 1 };
  if (scan.command === 'SCAN') return { scan, depth: 1, page: true };
  return { scan, depth: scan.command === '@scanIterator' && scan.major <= 4 ? 1 : 2 };
}

export function scannedIn(expression: ts.Expression, workspace: Asked): Scanned | undefined {
  return follow(expression, workspace, 0);
}

function follow(expression: ts.Expression, workspace: Asked, steps: number): Scanned | undefined {
  if (steps > deepest) return undefined;
  const node = unwrap(expression);
  const again = (inner: ts.Expression | undefined): Scanned | undefined => (inner ? follow(inner, workspace, steps + 1) : undefined);
  if (ts.isAwaitExpression(node)) return again(node.expression);
  if (ts.isIdentifier(node)) return ofName(node, workspace, steps);
  if (ts.isCallExpression(node)) return ofCall(node, workspace, again);
  if (ts.isNewExpression(node)) return ts.isIdentifier(node.expression) && node.expression.text === 'Set' ? again(node.arguments?.[0]) : undefined;
  if (ts.isArrayLiteralExpression(node)) {
    const [first] = node.elements;
    return first && (ts.isSpreadElement(first) ? again(first.expression) : deeper(again(first), 1));
  }
  if (ts.isBinaryExpression(node)) return /^(?:\?\?|\|\|)$/.test(node.operatorToken.getText()) ? again(node.left) : undefined;
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'keys' ? listOfPage(again(node.expression)) : undefined;
  if (ts.isElementAccessExpression(node)) {
    const owner = again(node.expression);
    if (owner?.page) return ts.isNumericLiteral(node.argumentExpression) && node.argumentExpression.text === '1' ? listOfPage(owner) : undefined;
    return ts.isStringLiteralLike(node.argumentExpression) ? undefined : deeper(owner, -1);
  }
  return undefined;
}

const deeper = (found: Scanned | undefined, by: number): Scanned | undefined => (found && !found.page && found.depth + by >= 0 ? { ...found, depth: found.depth + by } : undefined);

/** A name has a `slice` of its own, which cuts it. */
const listOf = (found: Scanned | undefined): Scanned | undefined => (found && found.depth > 0 && !found.page ? found : undefined);

const listOfPage = (found: Scanned | undefined): Scanned | undefined => (found?.page ? { scan: found.scan, depth: 1 } : undefined);

/** The scan that a call is; its name alone tells most that are none. */
function scanAt(node: ts.CallExpression, workspace: Asked): RedisCall | undefined {
  const name = methodOf(node)?.name ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
  if (!/scan|keys|^call$|command/i.test(name)) return undefined;
  const found = workspace.callsIn(unitOf(node) ?? regionOf(node)).find((call) => call.node === node);
  return found && isKeyScan(found) ? found : undefined;
}

function ofCall(node: ts.CallExpression, workspace: Asked, again: (inner: ts.Expression | undefined) => Scanned | undefined): Scanned | undefined {
  const scan = scanAt(node, workspace);
  if (scan) return scannedBy(scan);
  const method = methodOf(node);
  if (!method) return undefined;
  if (method.name === 'from') return again(node.arguments[0]);
  if (/^(?:filter|slice|splice|sort|reverse|concat|toSorted|toReversed|on|once)$/.test(method.name)) return listOf(again(method.target));
  if (method.name === 'flat') return deeper(again(method.target), -1);
  return /^(?:shift|pop|at)$/.test(method.name) ? deeper(again(method.target), -1) : undefined;
}

function ofName(name: ts.Identifier, workspace: Asked, steps: number): Scanned | undefined {
  const { checker } = workspace;
  const declaration = resolveAlias(checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
  if (!declaration || declaration.getSourceFile() !== name.getSourceFile()) return undefined;
  // An edit there changes what is said here.
  if (regionOf(declaration) !== regionOf(name)) workspace.callsIn(regionOf(declaration));
  const again = (inner: ts.Expression): Scanned | undefined => follow(inner, workspace, steps + 1);
  if (ts.isBindingElement(declaration)) return partOf(declaration, again, workspace);
  if (ts.isParameter(declaration)) return ofParameter(declaration, again, workspace);
  if (!ts.isVariableDeclaration(declaration)) return undefined;
  const loop = declaration.parent.parent;
  if (ts.isForOfStatement(loop)) return deeper(again(loop.expression), -1);
  const { initializer } = declaration;
  if (initializer && !isEmptyList(initializer)) return again(initializer);
  return ts.isIdentifier(declaration.name) ? gathered(declaration.name, again, checker) : undefined;
}

/** `[]`, `new Set()`. */
export function isEmptyList(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  return ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Set' && (node.arguments?.length ?? 0) === 0;
}

/** `const [cursor, keys] = await r.scan(…)`, `const { keys } = …`. */
function partOf(element: ts.BindingElement, again: (inner: ts.Expression) => Scanned | undefined, workspace: Asked): Scanned | undefined {
  const pattern = element.parent;
  const isKeys = ts.isArrayBindingPattern(pattern) ? pattern.elements.indexOf(element) === 1 : (element.propertyName ?? element.name).getText() === 'keys';
  if (!isKeys) return undefined;
  const owner = pattern.parent;
  if (ts.isParameter(owner)) return listOfPage(ofParameter(owner, again, workspace));
  return ts.isVariableDeclaration(owner) && owner.initializer ? listOfPage(again(owner.initializer)) : undefined;
}

/** Of a callback: `list.forEach((key) => …)`, `stream.on('data', (keys) => …)`, `.then((keys) => …)`, `r.keys(p, (err, keys) => …)`. */
function ofParameter(parameter: ts.ParameterDeclaration, again: (inner: ts.Expression) => Scanned | undefined, workspace: Asked): Scanned | undefined {
  const fn = parameter.parent;
  const index = fn.parameters.indexOf(parameter);
  if (!isFunctionWithBody(fn) || !ts.isExpression(fn)) return undefined;
  const call = wrapped(fn).parent;
  if (!ts.isCallExpression(call)) return undefined;
  const method = methodOf(call);
  if (index === 1) {
    const scan = scanAt(call, workspace);
    return scan?.callback && unwrap(scan.callback) === fn ? scannedBy(scan) : undefined;
  }
  if (index !== 0 || !method) return undefined;
  if (method.name === 'then') return again(method.target);
  if (/^(?:on|once|addListener)$/.test(method.name)) {
    const [event] = call.arguments;
    return event && ts.isStringLiteralLike(event) && event.text === 'data' ? deeper(again(method.target), -1) : undefined;
  }
  return /^(?:forEach|map|flatMap|filter|some|every|find)$/.test(method.name) ? deeper(again(method.target), -1) : undefined;
}

/** What is put into an empty list, or a variable, later: `found.push(...keys)`, `seen.add(key)`, `[cursor, keys] = await r.scan(…)`. */
function gathered(name: ts.Identifier, again: (inner: ts.Expression) => Scanned | undefined, checker: ts.TypeChecker): Scanned | undefined {
  for (const reference of referencesTo(name, checker)) {
    const { parent } = reference;
    if (isAssignment(parent) && parent.left === reference && !isEmptyList(parent.right)) {
      const found = again(parent.right);
      if (found && !found.page) return found;
    }
    const assigned = ts.isArrayLiteralExpression(parent) && parent.elements.indexOf(reference) === 1 ? parent.parent : undefined;
    if (assigned && isAssignment(assigned) && assigned.left === parent) {
      const found = listOfPage(again(assigned.right));
      if (found) return found;
    }
    const call = ts.isPropertyAccessExpression(parent) && parent.expression === reference && /^(?:push|unshift|add)$/.test(parent.name.text) ? parent.parent : undefined;
    const argument = call && ts.isCallExpression(call) ? call.arguments[0] : undefined;
    const found = argument && (ts.isSpreadElement(argument) ? again(argument.expression) : deeper(again(argument), 1));
    if (found && !found.page) return found;
  }
  return undefined;
}
