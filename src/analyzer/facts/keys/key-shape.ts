/**
 * Keys of which the code says nothing but how they are made: `this.key('worker', 'ping', name)`, by a helper whose body cannot be folded.
 * Reads of the same shape are found by it, also those whose keys a scan for such a key has brought.
 */
import ts from 'typescript';
import { hasLiteral } from '../../../redis/key-pattern.ts';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { constantText, isConst } from '../code/fold.ts';
import type { KeyAccess } from '../values/json-accesses.ts';
import { matchOf } from './json-keys.ts';
import { parameterOf } from '../values/json-text.ts';
import { declarationOf } from '../code/maybe-undefined.ts';

const deepest = 3;

/** By the shape of the key. */
const reads = new Join<KeyAccess>('reads-by-key-shape', function* (calls, workspace) {
  for (const call of calls) {
    const [key] = call.args.keys;
    if (call.command !== 'GET' || !key || hasLiteral(key.pattern)) continue;
    const own = keyShape(key.node, workspace);
    for (const shape of own === undefined ? scannedShapes(key.node, workspace) : [own]) yield [shape, { call, key: key.node, pattern: shape, wrappers: [], listed: own === undefined }];
  }
});

/** The GETs of keys of one shape. @param shape as `keyShape` gives it */
export const readsOfShape = (shape: string, workspace: Workspace): readonly KeyAccess[] => workspace.under(reads, shape);

/** The helper that makes a key and the texts that it is given, `*` for what is not known; undefined for any other key. */
export function keyShape(key: ts.Expression, workspace: Workspace): string | undefined {
  const node = valueOf(key, workspace);
  if (!ts.isCallExpression(node) || node.arguments.some(ts.isSpreadElement)) return undefined;
  const texts = node.arguments.map((argument) => constantText(argument, workspace.checker));
  // A helper that only the key's whole text goes through says nothing of its own.
  if (!texts.some((text) => text !== undefined && /\w/.test(text))) return undefined;
  const helper = workspace.called(node);
  if (!helper || ts.isClassLike(helper)) return undefined;
  return `${helper.getSourceFile().fileName} ${nameOf(node)} ${JSON.stringify(texts.map((text) => text ?? '*'))}`;
}

const nameOf = (call: ts.CallExpression): string => methodOf(call)?.name ?? call.expression.getText();

/** `for (const k of await this.scanFor(this.key('worker', '*')))`, `keys.map((k) => …)`: the shapes that were scanned for. */
function scannedShapes(key: ts.Expression, workspace: Workspace): string[] {
  const list = listOf(key, workspace);
  const scan = list && valueOf(list, workspace);
  if (!scan || !ts.isCallExpression(scan) || scan.arguments.some(ts.isSpreadElement)) return [];
  return scan.arguments.flatMap((argument, index) => {
    const shape = keyShape(argument, workspace);
    return shape !== undefined && scansFor(scan, index, workspace) ? [shape] : [];
  });
}

/** The list whose elements a variable runs over. */
function listOf(key: ts.Expression, { checker }: Workspace): ts.Expression | undefined {
  const declaration = declarationOf(unwrap(key), checker);
  if (!declaration) return undefined;
  if (ts.isVariableDeclaration(declaration)) return ts.isForOfStatement(declaration.parent.parent) ? declaration.parent.parent.expression : undefined;
  if (!ts.isParameter(declaration) || !isFunctionWithBody(declaration.parent) || declaration.parent.parameters[0] !== declaration) return undefined;
  const call = declaration.parent.parent;
  const method = ts.isCallExpression(call) ? methodOf(call) : undefined;
  return method && /^(?:map|forEach|flatMap)$/.test(method.name) ? method.target : undefined;
}

/** Whether an argument of a call is what KEYS or SCAN is asked for. */
function scansFor(site: ts.CallExpression, index: number, workspace: Workspace): boolean {
  const unit = workspace.called(site);
  if (!unit) return /^keys$/i.test(nameOf(site));
  if (ts.isClassLike(unit)) return false;
  const parameter = unit.parameters[index];
  return parameter !== undefined && workspace.callsIn(unit).some((call) => {
    const match = matchOf(call);
    return match !== undefined && parameterOf(match, workspace.checker) === parameter;
  });
}

/** What a constant was given, its `await` left out. */
function valueOf(expression: ts.Expression, workspace: Workspace, depth = 0): ts.Expression {
  const node = unwrap(expression);
  if (ts.isAwaitExpression(node)) return valueOf(node.expression, workspace, depth);
  const declaration = ts.isIdentifier(node) ? declarationOf(node, workspace.checker) : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer || !isConst(declaration) || depth >= deepest) return node;
  return valueOf(declaration.initializer, workspace, depth + 1);
}
