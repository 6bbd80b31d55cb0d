/** Queues of BullMQ that each have a connection of their own, where one file makes many to the same server. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { bullClassOf, importsBull } from './bullmq-classes.ts';
import { valueIn } from './bullmq-connections.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import { isConstructionCall } from '../calls/collect-calls.ts';
import { constantText, isConst, place, resolveAlias, returnedExpression } from '../code/fold.ts';
import { readsAll } from '../code/given-elsewhere.ts';
import { enclosingLoop } from '../code/loop.ts';
import { nodesOf } from '../calls/nodes.ts';
import { regionOf, type Region } from '../calls/regions.ts';
import { unitOf } from '../code/units.ts';

export interface OwnConnections {
  /** In the order of the text. */
  constructions: readonly ts.NewExpression[];
  /** How many queues those make. */
  count: number;
}

/** A handful of idle connections is nobody's concern; small servers admit 20 or 30 clients in all. */
const many = 5;

/** Those of which the first queue stands in a region. */
export function ownConnections(region: Region, workspace: Workspace): OwnConnections[] {
  const queues = queuesOf(region.getSourceFile());
  if (!queues.some((queue) => regionOf(queue) === region)) return [];
  readsAll(region.getSourceFile(), workspace);
  const groups = new Map<string, { constructions: ts.NewExpression[]; count: number }>();
  for (const node of queues) {
    const target = ownTarget(node, workspace);
    if (target === undefined) continue;
    const group = groups.get(target) ?? { constructions: [], count: 0 };
    groups.set(target, group);
    group.constructions.push(node);
    group.count += timesMade(node, workspace);
  }
  return [...groups.values()].filter(({ constructions: [first], count }) => count >= many && first && regionOf(first) === region);
}

const known = new WeakMap<ts.SourceFile, readonly ts.NewExpression[]>();

/** In the order of the text. */
function queuesOf(file: ts.SourceFile): readonly ts.NewExpression[] {
  let queues = known.get(file);
  if (!queues) {
    const isQueue = (node: ts.Node): node is ts.NewExpression => ts.isNewExpression(node) && bullClassOf(node) === 'Queue';
    known.set(file, (queues = importsBull(file) ? [...nodesOf(file)].filter(isQueue).sort((a, b) => a.pos - b.pos) : []));
  }
  return queues;
}

/** What a queue connects to, by a connection that it alone has: options, or a client made for it. */
function ownTarget(queue: ts.NewExpression, workspace: Workspace): string | undefined {
  const { checker } = workspace;
  const options = queue.arguments?.[1] && objectLiteral(queue.arguments[1], checker);
  const connection = options && valueIn(options, 'connection', workspace, [], 0);
  if (!connection || typeof connection === 'string') return undefined;
  const given = unwrap(connection);
  const literal = objectLiteral(given, checker);
  if (literal) return literal === given ? given.getText() : place(literal);
  if (isMade(given, checker)) return given.getText();
  const unit = ts.isCallExpression(given) ? workspace.called(given) : undefined;
  const returned = unit && returnedExpression(unit);
  return returned && (ts.isObjectLiteralExpression(unwrap(returned)) || isMade(returned, checker)) ? given.getText() : undefined;
}

/** `new Redis(…)`, with listeners or without. */
function isMade(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  const node = unwrap(expression);
  const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
  return method && /^(?:on|once)$/.test(method.name) ? isMade(method.target, checker) : isConstructionCall(node, checker);
}

/** A queue by whatever name it is given: as many as the loop has turns, or the function has callers. */
function timesMade(queue: ts.NewExpression, workspace: Workspace): number {
  const { checker } = workspace;
  const [name] = queue.arguments ?? [];
  if (!name || constantText(name, checker) !== undefined) return 1;
  const loop = enclosingLoop(queue);
  if (loop) return turns(loop.node, checker);
  const unit = unitOf(queue);
  return unit && isFunctionWithBody(unit) ? workspace.callers(unit).length : 1;
}

/** Over a list that is written down: `for (const name of ['mails', 'labels'])`, `Object.values(names).map(…)`. */
function turns(loop: ts.IterationStatement | ts.CallExpression, checker: ts.TypeChecker): number {
  const list = ts.isForOfStatement(loop) ? loop.expression : ts.isCallExpression(loop) ? methodOf(loop)?.target : undefined;
  const node = list && unwrap(list);
  if (!node) return 1;
  if (ts.isCallExpression(node) && /^Object\.(?:keys|values|entries)$/.test(node.expression.getText())) return sizeOf(node.arguments[0], checker);
  return sizeOf(node, checker);
}

function sizeOf(expression: ts.Expression | undefined, checker: ts.TypeChecker): number {
  let node = expression && unwrap(expression);
  if (node && ts.isIdentifier(node)) {
    const declaration = resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration;
    if (declaration && ts.isEnumDeclaration(declaration)) return declaration.members.length;
    node = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  }
  if (node && ts.isArrayLiteralExpression(node)) return node.elements.length;
  return node && ts.isObjectLiteralExpression(node) ? node.properties.length : 1;
}
