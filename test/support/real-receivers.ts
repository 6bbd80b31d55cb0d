/** What the real declarations call a client, a pipeline, a pool. */
import ts from 'typescript';
import { clientOfFile, type RealClient } from './real-clients.ts';

export interface RealReceiver {
  client: RealClient;
  kind: 'client' | 'cluster' | 'pool' | 'queue' | 'multi';
}

/** Classes, interfaces and aliases of the packages. ioredis (and @types/redis) give pipelines and transactions one type: `queue`, by either of the names of real-queues.ts. */
const kinds: Readonly<Record<string, RealReceiver['kind']>> = {
  Redis: 'client', RedisClient: 'client', RedisSentinel: 'client', RedisSentinelClient: 'client',
  Cluster: 'cluster', RedisCluster: 'cluster',
  RedisClientPool: 'pool',
  Pipeline: 'queue', ChainableCommander: 'queue', MultiCommander: 'queue', Multi: 'queue', Batch: 'queue',
  RedisClientMultiCommand: 'multi', RedisClusterMultiCommand: 'multi', RedisSentinelMultiCommand: 'multi',
};

/** Of `Redis | Cluster` it is the client's: the analyzer says so too, and notes the cluster elsewhere. */
export function receiverKind(type: ts.Type, checker: ts.TypeChecker): RealReceiver | undefined {
  const found = parts(checker.getNonNullableType(type)).flatMap((part) => kindOfPart(part, checker, 0) ?? []);
  return found.find(({ kind }) => kind !== 'cluster') ?? found[0];
}

/** A construction makes a client of its own, which a pipeline is not. */
export function madeKind(type: ts.Type, checker: ts.TypeChecker): RealReceiver | undefined {
  const made = receiverKind(type, checker);
  return made?.kind === 'client' || made?.kind === 'cluster' || made?.kind === 'pool' ? made : undefined;
}

function parts(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function kindOfPart(type: ts.Type, checker: ts.TypeChecker, depth: number): RealReceiver | undefined {
  if (depth > 8) return undefined;
  if (type.flags & ts.TypeFlags.TypeParameter) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint && constraint !== type ? receiverKind(constraint, checker) : undefined;
  }
  for (const symbol of [type.symbol as ts.Symbol | undefined, type.aliasSymbol]) {
    const client = symbol && clientOfSymbol(symbol);
    // `class RedisClient`, `interface RedisClientMultiCommandType`
    const kind = symbol && kinds[nameOf(symbol).replace(/Type$/, '')];
    if (client && kind) return { client, kind };
  }
  const below = type.isIntersection() ? type.types : type.isClassOrInterface() ? checker.getBaseTypes(type) : baseTypesOfReference(type, checker);
  for (const one of below) {
    const found = kindOfPart(one, checker, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function baseTypesOfReference(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  const symbol = type.symbol as ts.Symbol | undefined;
  const declared = symbol && symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface) ? checker.getDeclaredTypeOfSymbol(symbol) : undefined;
  return declared?.isClassOrInterface() ? checker.getBaseTypes(declared) : [];
}

/** `export default class RedisClient`: the symbol is called `default`. */
export function nameOf({ name, declarations = [] }: ts.Symbol): string {
  const own = name === 'default' ? declarations.flatMap((one) => (ts.isClassDeclaration(one) || ts.isInterfaceDeclaration(one) ? (one.name?.text ?? []) : []))[0] : undefined;
  return own ?? name;
}

function clientOfSymbol(symbol: ts.Symbol): RealClient | undefined {
  for (const one of symbol.declarations ?? []) {
    const client = clientOfFile(one.getSourceFile().fileName);
    if (client) return client;
  }
  return undefined;
}
