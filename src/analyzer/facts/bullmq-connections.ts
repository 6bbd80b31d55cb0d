/** The connections that BullMQ's workers are given, and what their options say. */
import ts from 'typescript';
import { receiverType, type ReceiverType } from '../dialects/client-types.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap, walkOwn } from './ast.ts';
import { bullClassOf, importsBull } from './bullmq-classes.ts';
import { objectLiteral } from './call-arguments.ts';
import { clientDeclaration } from './client-identity.ts';
import { isConstructionCall } from './collect-calls.ts';
import { constructionOf } from './construction.ts';
import { constantText, isConst, resolveAlias, symbolOfValue } from './fold.ts';
import { nodesIn } from './nodes.ts';
import type { Region } from './regions.ts';
import { deepest } from './units.ts';

export interface BullConnection {
  /** `new Worker(…)` */
  node: ts.NewExpression;
  className: 'Worker' | 'QueueEvents';
  /** What is given as the connection. */
  connection: ts.Expression;
  /** A client that is there, not options of which BullMQ makes one. */
  isInstance: boolean;
  option(name: string): OptionValue;
}

/** `unknown`: it cannot be told whether it is given. */
export type OptionValue = ts.Expression | 'absent' | 'unknown';

/** Which argument holds the options of those that wait for jobs. */
const optionsAt = { Worker: 2, QueueEvents: 1 } as const;

/** `new Worker(…)`, `new QueueEvents(…)`: which of them, and its options as written. */
export function waiterOf(node: ts.NewExpression): { className: BullConnection['className']; options: ts.Expression } | undefined {
  const className = bullClassOf(node);
  if (className !== 'Worker' && className !== 'QueueEvents') return undefined;
  const options = node.arguments?.[optionsAt[className]];
  return options && { className, options };
}

export function bullConnections(region: Region, workspace: Workspace): BullConnection[] {
  if (!importsBull(region.getSourceFile())) return [];
  const { checker } = workspace;
  return nodesIn(region).flatMap((node): BullConnection[] => {
    const waiter = ts.isNewExpression(node) ? waiterOf(node) : undefined;
    const options = waiter && objectLiteral(waiter.options, checker);
    const connection = options && valueIn(options, 'connection', workspace, [], 0);
    if (!waiter || !connection || typeof connection === 'string') return [];
    const clientOf = (expression: ts.Expression): ReceiverType | undefined => receiverType(checker.getNonNullableType(checker.getTypeAtLocation(expression)), checker);
    // `redis as any`: where the project's ioredis is not BullMQ's own.
    const client = clientOf(connection) ?? clientOf(unwrap(connection));
    // node-redis has no such options.
    if (client && client.dialect !== 'ioredis') return [];
    const isInstance = client?.kind === 'client' || client?.kind === 'cluster';
    return [{
      node: node as ts.NewExpression,
      className: waiter.className,
      connection,
      isInstance,
      option: (name) => (isInstance ? optionOfClient(connection, name, workspace, 0) : optionIn(connection, name, workspace, [], 0)),
    }];
  });
}

/** What parameters stand for within a factory that is called. */
type Bound = readonly (readonly [ts.Declaration, ts.Expression])[];

function optionOfClient(expression: ts.Expression, name: string, workspace: Workspace, steps: number, bound: Bound = []): OptionValue {
  if (steps > deepest + 3) return 'unknown';
  const again = (next: ts.Expression, inner = bound): OptionValue => optionOfClient(next, name, workspace, steps + 1, inner);
  const { checker } = workspace;
  let node = unwrap(expression);
  if (ts.isAwaitExpression(node)) node = unwrap(node.expression);
  if (isConstructionCall(node, checker)) {
    // A class of the project's may add options of its own.
    const callee = unwrap(node.expression);
    const declared = resolveAlias(checker.getSymbolAtLocation(ts.isPropertyAccessExpression(callee) ? callee.name : callee), checker)?.valueDeclaration;
    return declared && ts.isClassLike(declared) && !declared.getSourceFile().isDeclarationFile ? 'unknown' : optionOfArguments(node.arguments ?? [], name, workspace, bound, steps);
  }
  if (ts.isCallExpression(node)) {
    const method = methodOf(node);
    if (method && /^(?:on|once)$/.test(method.name)) return again(method.target);
    if (method?.name === 'duplicate') {
      const own = optionOfArguments(node.arguments, name, workspace, bound, steps);
      return own === 'absent' ? again(method.target) : own;
    }
    const unit = workspace.called(node);
    if (!unit || !isFunctionWithBody(unit)) return 'unknown';
    workspace.callsIn(unit);
    const made = returnedFrom(unit);
    const args = node.arguments;
    const inner = unit.parameters.flatMap((parameter, index) => (args[index] ? [[parameter, args[index]] as const] : []));
    return made ? again(made, inner) : 'unknown';
  }
  const declaration = clientDeclaration(node, checker);
  if (!declaration || ts.isParameter(declaration)) return 'unknown';
  workspace.callsIn(declaration.getSourceFile());
  const initializer = ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) ? declaration.initializer : undefined;
  const made = initializer ?? constructionOf(declaration, (one): one is ts.NewExpression | ts.CallExpression => isConstructionCall(one, checker));
  return made ? again(made) : 'unknown';
}

/** What a factory returns, where that is one expression or a variable of its own. */
function returnedFrom(unit: ts.FunctionLikeDeclaration): ts.Expression | undefined {
  if (!unit.body) return undefined;
  if (!ts.isBlock(unit.body)) return unit.body;
  const returned: ts.Expression[] = [];
  walkOwn(unit.body, (node) => {
    if (ts.isReturnStatement(node) && node.expression) returned.push(node.expression);
    return undefined;
  });
  return returned.length === 1 ? returned[0] : undefined;
}

/** Of `new Redis(port, host, options)`: the last that says it. */
function optionOfArguments(args: readonly ts.Expression[], name: string, workspace: Workspace, bound: Bound, steps: number): OptionValue {
  for (const argument of args.toReversed()) {
    const value = optionIn(argument, name, workspace, bound, steps);
    if (value !== 'absent') return value;
  }
  return 'absent';
}

function optionIn(expression: ts.Expression, name: string, workspace: Workspace, bound: Bound, steps: number): OptionValue {
  if (steps > deepest + 3 || ts.isSpreadElement(expression)) return 'unknown';
  const { checker } = workspace;
  const literal = objectLiteral(expression, checker);
  if (literal) return valueIn(literal, name, workspace, bound, steps);
  const inner = unwrap(expression);
  const declaration = ts.isIdentifier(inner) ? resolveAlias(symbolOfValue(inner, checker), checker)?.valueDeclaration : undefined;
  const passed = bound.find(([parameter]) => parameter === declaration)?.[1];
  if (passed) return optionIn(passed, name, workspace, [], steps + 1);
  return isAddress(expression, checker) ? 'absent' : 'unknown';
}

/** `process.env.REDIS_URL ?? ''`, a host, a port: not options. */
export function isAddress(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(expression));
  const isPlain = ({ flags }: ts.Type): boolean => (flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike)) !== 0;
  if (type.isUnion() ? type.types.every(isPlain) : isPlain(type)) return true;
  const inner = unwrap(expression);
  const declaration = ts.isIdentifier(inner) ? resolveAlias(symbolOfValue(inner, checker), checker)?.valueDeclaration : undefined;
  const value = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer ? unwrap(declaration.initializer) : inner;
  // The environment's type may not be known.
  return /^process\.env\b/.test(value.getText());
}

/** The last property of that name, those that are spread in among them. */
export function valueIn(literal: ts.ObjectLiteralExpression, name: string, workspace: Workspace, bound: Bound, steps: number): OptionValue {
  for (const property of literal.properties.toReversed()) {
    if (ts.isSpreadAssignment(property)) {
      const value = optionIn(property.expression, name, workspace, bound, steps + 1);
      if (value !== 'absent') return value;
    } else if (!property.name || ts.isComputedPropertyName(property.name)) return 'unknown';
    else if (property.name.getText().replace(/^['"]|['"]$/g, '') === name) {
      return ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : 'unknown';
    }
  }
  return 'absent';
}

/** Whether an option is known to hold something, and so not `undefined` or an empty text. */
export function isGiven(value: OptionValue, workspace: Workspace): boolean {
  if (typeof value === 'string' || unwrap(value).getText() === 'undefined') return false;
  return constantText(value, workspace.checker) !== '';
}
