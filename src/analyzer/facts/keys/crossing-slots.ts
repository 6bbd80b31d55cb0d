/** Commands to a cluster whose keys lie in more than one slot: of one command, of a list that it is given, of one MULTI. */
import ts from 'typescript';
import { takesManyKeys } from '../../../redis/key-positions.ts';
import type { KeyPart } from '../../../redis/key-pattern.ts';
import { receiverType } from '../../dialects/client-types.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import { keyPattern, place, placesIn, resolveAlias } from '../code/fold.ts';
import { listedKeys, scannedPattern } from './json-keys.ts';
import { clientOf } from '../clients/provided-client.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { scannedIn } from '../replies/scan-origin.ts';
import { differ, slotOf, tagOf, type Slot } from './slots.ts';

export interface CrossingSlots {
  call: RedisCall;
  /** The keys, or the list, that tell it. */
  keys: readonly ts.Expression[];
  /** In a MULTI: the command before, whose key lies elsewhere. */
  before?: RedisCall;
}

/** Split over the nodes by node-redis 6. */
const split = new Set(['MGET', 'MSET', 'DEL', 'UNLINK', 'EXISTS']);

const isSplit = ({ dialect, major, command }: RedisCall): boolean => dialect === 'node-redis' && major >= 6 && split.has(command);

/** Whether the keys of a list that a command on a cluster is given may lie in more than one slot, as far as anybody knows. */
export function mayCrossSlots(call: RedisCall, list: ts.Expression, workspace: Workspace): boolean {
  const { kind, maybeCluster } = call.receiver;
  if (!(kind === 'cluster' || maybeCluster) || !takesManyKeys(call.command) || isSplit(call)) return false;
  if (varies(list, call, workspace)) return true;
  const scanned = scannedIn(list, workspace);
  const pattern = scanned && scannedPattern(scanned.scan, workspace.checker);
  return pattern ? tagOf(pattern.parts) === undefined : listedKeys(list, workspace.checker).length === 0;
}

export function crossingSlots(calls: readonly RedisCall[], workspace: Workspace): CrossingSlots[] {
  const { checker } = workspace;
  const found: CrossingSlots[] = [];
  const multis = new Map<ts.Node, { call: RedisCall; slot: Slot }[]>();
  const clustered = new Map<string, boolean>();
  /** Asked before anything about keys: most clients are not. */
  const isClustered = (call: RedisCall): boolean => {
    const { identity } = call.receiver;
    const known = clustered.get(identity) ?? isOnCluster(call, checker);
    if (identity !== '') clustered.set(identity, known);
    return known;
  };
  for (const call of calls) {
    const { kind, maybeCluster } = call.receiver;
    if (kind === 'cluster' || maybeCluster) {
      const crossing = isSplit(call) ? undefined : crossingKeys(call, workspace);
      if (crossing) found.push({ call, keys: crossing });
    } else if (kind === 'multi' && isClustered(call)) noteQueued(call, multis, workspace);
  }
  for (const queued of multis.values()) {
    const crossing = queued.find(({ slot }, index) => queued.slice(0, index).some((earlier) => differ(earlier.slot, slot)));
    const before = crossing && queued.find(({ slot }) => differ(slot, crossing.slot));
    if (crossing && before) found.push({ call: crossing.call, keys: [], before: before.call });
  }
  return found;
}

function noteQueued(call: RedisCall, multis: Map<ts.Node, { call: RedisCall; slot: Slot }[]>, workspace: Workspace): void {
  const { checker } = workspace;
  if (call.command.startsWith('@')) return;
  const [key] = keysOf(call, checker);
  const slot = key && slotOf([...prefixOf(call, workspace), ...keyPattern(key, checker).parts]);
  const multi = slot && multiOf(call.node, checker);
  if (!multi) return;
  const queued = multis.get(multi);
  if (queued) queued.push({ call, slot });
  else multis.set(multi, [{ call, slot }]);
}

/** The call of `multi()` that a queued command belongs to; undefined where it cannot be told. */
function multiOf(node: ts.Node, checker: ts.TypeChecker): ts.Node | undefined {
  let at: ts.Expression | undefined = node as ts.Expression;
  for (let steps = 0; at && steps < 50; steps++) {
    if (ts.isCallExpression(at)) {
      const method = methodOf(at);
      if (!method || /^multi$/i.test(method.name)) return method && at;
      at = unwrap(method.target);
    } else if (ts.isIdentifier(at)) {
      const declaration: ts.Declaration | undefined = resolveAlias(checker.getSymbolAtLocation(at), checker)?.valueDeclaration;
      at = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
    } else return undefined;
  }
  return undefined;
}

/** Where the queue was made: its own type is that of a single server's. */
function isOnCluster({ receiver }: RedisCall, checker: ts.TypeChecker): boolean {
  const type = receiver.node && receiverType(checker.getNonNullableType(checker.getTypeAtLocation(receiver.node)), checker);
  return type !== undefined && (type.kind === 'cluster' || type.maybeCluster);
}

/** What goes before every key. */
const prefixOf = ({ receiver }: RedisCall, workspace: Workspace): readonly KeyPart[] => clientOf(receiver, workspace).prefix?.parts ?? [];

function crossingKeys(call: RedisCall, workspace: Workspace): ts.Expression[] | undefined {
  const { checker } = workspace;
  const keys = keysOf(call, checker);
  const slots = keys.map((key) => slotOf([...prefixOf(call, workspace), ...keyPattern(key, checker).parts]));
  for (const [index, slot] of slots.entries()) {
    const other = slots.findIndex((earlier, at) => at < index && slot && earlier && differ(earlier, slot));
    const [one, two] = [keys[other], keys[index]];
    if (one && two) return [one, two];
  }
  if (!takesManyKeys(call.command)) return undefined;
  const list = call.args.list.find((one) => varies(ts.isSpreadElement(one) ? one.expression : one, call, workspace));
  return list && [list];
}

/** Of MSET the keys alone, of a script those that `keys` gives. */
function keysOf({ command, args, dialect }: RedisCall, checker: ts.TypeChecker): ts.Expression[] {
  const [only, ...more] = args.list;
  if (/^MSET(?:NX)?$/.test(command) && only && more.length === 0) {
    const literal = objectLiteral(only, checker);
    if (literal) return literal.properties.flatMap((property): ts.Expression[] => (property.name ? (ts.isComputedPropertyName(property.name) ? [property.name.expression] : ts.isStringLiteralLike(property.name) ? [property.name] : []) : []));
    const list = unwrap(only);
    if (!ts.isArrayLiteralExpression(list) || list.elements.some(ts.isSpreadElement)) return [];
    const pairs = list.elements.map(unwrap);
    if (pairs.every(ts.isArrayLiteralExpression)) return pairs.flatMap((pair) => pair.elements.slice(0, 1));
    return list.elements.filter((_, index) => index % 2 === 0);
  }
  if (dialect === 'node-redis' && /^(?:EVAL|EVALSHA|FCALL)(?:_RO)?$/.test(command) && args.options) {
    const keys = objectLiteral(args.options, checker)?.properties.find((property) => property.name?.getText() === 'keys');
    const list = keys && ts.isPropertyAssignment(keys) ? unwrap(keys.initializer) : undefined;
    return list && ts.isArrayLiteralExpression(list) && !list.elements.some(ts.isSpreadElement) ? [...list.elements] : [];
  }
  return args.keys.map(({ node }) => node);
}

/** A list whose keys differ in what counts for their slot: what a scan has found, `ids.map((id) => `cart:${id}`)`. */
function varies(list: ts.Expression, call: RedisCall, workspace: Workspace): boolean {
  const { checker } = workspace;
  const inner = unwrap(list);
  if (ts.isStringLiteralLike(inner) || ts.isTemplateExpression(inner)) return false;
  const scanned = scannedIn(list, workspace);
  if (scanned) {
    const pattern = scanned.depth === 1 && !scanned.page ? scannedPattern(scanned.scan, checker) : undefined;
    return pattern !== undefined && 'literal' in (pattern.parts[0] ?? { hole: '' }) && !pattern.parts.some((part) => 'literal' in part && part.literal.includes('{'));
  }
  if (ts.isArrayLiteralExpression(inner)) return false;
  return listedKeys(list, checker).some((key) => isOfItem(key, call, workspace));
}

/** A key made in a callback, of the item, where no tag without it decides. */
function isOfItem(key: ts.Expression, call: RedisCall, workspace: Workspace): boolean {
  const { checker } = workspace;
  const fn = ts.findAncestor(key, isFunctionWithBody);
  const maker = fn?.parent;
  if (!fn || !maker || !ts.isCallExpression(maker) || !/^(?:map|flatMap|from)$/.test(methodOf(maker)?.name ?? '')) return false;
  const parts = [...prefixOf(call, workspace), ...keyPattern(key, checker).parts];
  const slot = slotOf(parts);
  if (!slot) return false;
  const items = new Set<string>();
  const add = (name: ts.BindingName, declaration: ts.Node): void => {
    if (ts.isIdentifier(name)) items.add(place(declaration));
    else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name, element);
  };
  for (const parameter of fn.parameters) add(parameter.name, parameter);
  const counted = tagOf(parts) ?? parts;
  return counted.some((part) => 'hole' in part && !part.hole.includes('?') && placesIn(part.hole).some((one) => items.has(one)));
}
