/** The connections that BullMQ is given, by itself or by its module for Nest, and what their options say. */
import ts from 'typescript';
import { receiverType, type ReceiverType } from '../../dialects/client-types.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap, walkOwn } from '../code/ast.ts';
import { bullClassOf, importsBull } from './bullmq-classes.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import { clientDeclaration } from './client-identity.ts';
import { isConstructionCall } from '../calls/collect-calls.ts';
import { constructionOf } from './construction.ts';
import { constantText, isConst, resolveAlias, symbolOfValue } from '../code/fold.ts';
import { isImportedFrom } from '../code/imported-from.ts';
import { nodesIn } from '../calls/nodes.ts';
import { onlyProvider } from './provided-client.ts';
import { moduleOptions } from './module-clients.ts';
import type { Provider } from './provider.ts';
import type { Region } from '../calls/regions.ts';
import { deepest } from '../code/units.ts';

export interface BullConnection {
  /** `new Worker(…)`, `BullModule.forRoot(…)` */
  node: ts.NewExpression | ts.CallExpression;
  className: WaiterName | 'Queue' | 'FlowProducer' | 'BullModule';
  /** What is given as the connection. */
  connection: ts.Expression;
  /** A client that is there, not options of which BullMQ makes one. */
  isInstance: boolean;
  option(name: string): OptionValue;
}

/** `unknown`: it cannot be told whether it is given. */
export type OptionValue = ts.Expression | 'absent' | 'unknown';

/** Those that wait for jobs. */
type WaiterName = 'Worker' | 'QueueEvents';

export const isWaiter = (name: BullConnection['className']): name is WaiterName => name === 'Worker' || name === 'QueueEvents';

/** Which argument holds the options. */
const optionsAt: ReadonlyMap<string, number> = new Map<BullConnection['className'], number>([['Worker', 2], ['QueueEvents', 1], ['Queue', 1], ['FlowProducer', 0]]);

/** `new Worker(…)`, `new QueueEvents(…)`: its options as written. */
export function waiterOptions(node: ts.Node): ts.Expression | undefined {
  const made = ts.isNewExpression(node) ? madeBy(node) : undefined;
  return made && isWaiter(made.className) ? made.options : undefined;
}

interface Connected {
  className: BullConnection['className'];
  options: ts.Expression;
}

function madeBy(node: ts.NewExpression): Connected | undefined {
  const className = bullClassOf(node);
  const at = className === undefined ? undefined : optionsAt.get(className);
  const options = at === undefined ? undefined : node.arguments?.[at];
  return options && { className: className as BullConnection['className'], options };
}

/** Of Nest's module: `BullModule.forRoot({ connection })`, `BullModule.registerQueue({ name, connection }, …)`, `BullModule.forRootAsync({ useFactory })`. */
function givenToModule(node: ts.CallExpression, checker: ts.TypeChecker): Connected[] {
  const method = methodOf(node);
  const owner = method && unwrap(method.target);
  if (!owner || !ts.isIdentifier(owner) || !/^(?:forRoot|register(?:Queue|FlowProducer))(?:Async)?$/.test(method.name) || !isImportedFrom(owner, ['@nestjs/bullmq'])) return [];
  return node.arguments.flatMap((argument) => {
    const options = moduleOptions(argument, checker);
    return options ? [{ className: 'BullModule' as const, options }] : [];
  });
}

export function bullConnections(region: Region, workspace: Workspace): BullConnection[] {
  if (!importsBull(region.getSourceFile())) return [];
  const { checker } = workspace;
  return nodesIn(region).flatMap((node): BullConnection[] => {
    if (ts.isCallExpression(node)) return givenToModule(node, checker).flatMap((given) => connectionOf(node, given, workspace));
    const made = ts.isNewExpression(node) ? madeBy(node) : undefined;
    return made && ts.isNewExpression(node) ? connectionOf(node, made, workspace) : [];
  });
}

function connectionOf(node: BullConnection['node'], { className, options: given }: Connected, workspace: Workspace): BullConnection[] {
  const { checker } = workspace;
  const options = objectLiteral(given, checker);
  const connection = options && valueIn(options, 'connection', workspace, [], 0);
  if (!connection || typeof connection === 'string') return [];
  const clientOf = (expression: ts.Expression): ReceiverType | undefined => receiverType(checker.getNonNullableType(checker.getTypeAtLocation(expression)), checker);
  // `redis as any`: where the project's ioredis is not BullMQ's own.
  const client = clientOf(connection) ?? clientOf(unwrap(connection));
  // node-redis has no such options.
  if (client && client.dialect !== 'ioredis') return [];
  const isInstance = client?.kind === 'client' || client?.kind === 'cluster';
  return [{
    node,
    className,
    connection,
    isInstance,
    option: (name) => (isInstance ? optionOfClient(connection, name, workspace, 0) : optionIn(connection, name, workspace, [], 0)),
  }];
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
  const provider = declaration && onlyProvider(declaration, workspace);
  if (provider) return optionOfProvided(provider, name, workspace, steps);
  if (!declaration || ts.isParameter(declaration)) return 'unknown';
  workspace.callsIn(declaration.getSourceFile());
  const initializer = ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) ? declaration.initializer : undefined;
  const made = initializer ?? constructionOf(declaration, (one): one is ts.NewExpression | ts.CallExpression => isConstructionCall(one, checker));
  return made ? again(made) : 'unknown';
}

/** Of what a container hands out. */
function optionOfProvided(provider: Provider, name: string, workspace: Workspace, steps: number): OptionValue {
  workspace.callsIn(provider.declaration.getSourceFile());
  if (provider.how === 'factory') workspace.callsIn(provider.fn);
  const made = provider.how === 'value' ? provider.value : provider.how === 'factory' ? returnedFrom(provider.fn) : undefined;
  return made ? optionOfClient(made, name, workspace, steps + 1) : 'unknown';
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
