/** The connections that BullMQ's workers are given, and what their options say. */
import ts from 'typescript';
import { receiverType } from '../dialects/client-types.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap, walkOwn } from './ast.ts';
import { objectLiteral } from './call-arguments.ts';
import { clientDeclaration } from './client-identity.ts';
import { isConstructionCall } from './collect-calls.ts';
import { constructionOf } from './construction.ts';
import { constantText, resolveAlias } from './fold.ts';
import { importsOf } from './imported-from.ts';
import { nodesIn } from './nodes.ts';
import type { Region } from './regions.ts';
import { deepest } from './units.ts';

export interface BullConnection {
  /** `new Worker(…)` */
  node: ts.NewExpression;
  /** `Worker`, `QueueEvents` */
  className: string;
  /** A client that is there, not options of which BullMQ makes one. */
  isInstance: boolean;
  option(name: string): OptionValue;
}

/** `unknown`: it cannot be told whether it is given. */
export type OptionValue = ts.Expression | 'absent' | 'unknown';

/** Which argument holds the options of those that wait for jobs. */
const optionsAt: Readonly<Record<string, number>> = { Worker: 2, QueueEvents: 1 };

export function bullConnections(region: Region, workspace: Workspace): BullConnection[] {
  const imports = importsOf(region.getSourceFile());
  if (![...imports.values()].includes('bullmq')) return [];
  const { checker } = workspace;
  return nodesIn(region).flatMap((node): BullConnection[] => {
    const className = ts.isNewExpression(node) ? classOfBull(unwrap(node.expression), imports) : undefined;
    const given = className === undefined ? undefined : (node as ts.NewExpression).arguments?.[optionsAt[className] ?? 0];
    const options = given && objectLiteral(given, checker);
    const connection = options && valueIn(options, 'connection', workspace, [], 0);
    if (className === undefined || !connection || typeof connection === 'string') return [];
    const client = receiverType(checker.getNonNullableType(checker.getTypeAtLocation(connection)), checker);
    // node-redis has no such options.
    if (client && client.dialect !== 'ioredis') return [];
    const isInstance = client?.kind === 'client' || client?.kind === 'cluster';
    return [{
      node: node as ts.NewExpression,
      className,
      isInstance,
      option: (name) => (isInstance ? optionOfClient(connection, name, workspace, 0) : optionIn(connection, name, workspace, [], 0)),
    }];
  });
}

/** By the name that BullMQ exports it under. */
function classOfBull(callee: ts.Expression, imports: ReadonlyMap<string, string>): string | undefined {
  const root = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : callee;
  if (!ts.isIdentifier(root) || imports.get(root.text) !== 'bullmq') return undefined;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : root.text;
  return name in optionsAt ? name : undefined;
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
  const declaration = ts.isIdentifier(inner) ? resolveAlias(checker.getSymbolAtLocation(inner), checker)?.valueDeclaration : undefined;
  const passed = bound.find(([parameter]) => parameter === declaration)?.[1];
  if (passed) return optionIn(passed, name, workspace, [], steps + 1);
  // An address: `process.env.REDIS_URL ?? ''`, a port.
  const type = checker.getNonNullableType(checker.getTypeAtLocation(inner));
  const isPlain = (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike)) !== 0 || (type.isUnion() && type.types.every(({ flags }) => (flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike)) !== 0));
  return isPlain || /^process\.env\b/.test(inner.getText()) ? 'absent' : 'unknown';
}

/** The last property of that name, those that are spread in among them. */
function valueIn(literal: ts.ObjectLiteralExpression, name: string, workspace: Workspace, bound: Bound, steps: number): OptionValue {
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
