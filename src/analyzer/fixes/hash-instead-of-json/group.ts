/** All that has to change together: the writes and reads of one key pattern, or the places that keep them from it. */
import ts from 'typescript';
import { accessesOfPattern, type KeyAccess } from '../../facts/values/json-accesses.ts';
import { mayBeEmpty } from '../../dialects/write/hash.ts';
import type { TtlForm } from '../../dialects/write/object-store.ts';
import { droppedTtl } from '../../facts/values/dropped-ttl.ts';
import { eitherShape, type JsonShape } from '../../facts/values/json-shape.ts';
import { jsonText } from '../../facts/values/json-text.ts';
import { jsonWritesUnder, type JsonWrite } from '../../facts/values/json-write.ts';
import { keyUsesIn } from '../../facts/keys/key-uses.ts';
import { clientOf } from '../../facts/clients/provided-client.ts';
import { regionOf } from '../../facts/calls/regions.ts';
import { serverPattern } from '../../facts/keys/server-pattern.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { isTestOrScript } from '../../test-files.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { fieldChanges } from './changes.ts';
import { isObstacle, type Obstacle } from './obstacle.ts';
import { planRead, type PlannedRead } from './reads.ts';
import { planWrite, type PlannedWrite } from './writes.ts';

/** `hset`: one HSET of the changed fields; `update`: in one MULTI with the TTL, and with the other fields where the key is gone by then. */
export type WriteMode = 'queue' | 'whole' | 'hset' | 'update';

export interface GroupWrite extends PlannedWrite {
  mode: WriteMode;
}

export interface JsonGroup {
  pattern: string;
  writes: readonly GroupWrite[];
  reads: readonly PlannedRead[];
  /** Of all writes together. */
  shape: JsonShape;
  /** Some key of the pattern is given a TTL. */
  expires: boolean;
  /** By which command TTLs are given with a write; undefined where none is. */
  ttl: TtlForm | undefined;
  /** Some updates leave the TTL, others do not. */
  keeps: boolean;
  obstacles: readonly Obstacle[];
}

/** Commands that mean the same for a key of any type. */
const typeless = new Set([
  'DEL', 'UNLINK', 'EXISTS', 'TOUCH', 'EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT', 'TTL', 'PTTL', 'EXPIRETIME', 'PEXPIRETIME', 'PERSIST', 'KEYS',
]);
/** After which the key may be gone between a read and a write. */
const removing = new Set(['DEL', 'UNLINK', 'EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT']);
const writing = /^(?:SET|SETEX|PSETEX|SETNX|GETSET|MSET|MSETNX|APPEND|SETRANGE|INCR.*|DECR.*|RESTORE)$/;

/** The group that a write belongs to; undefined where its key joins nothing (no literal part). */
export function jsonGroup(write: JsonWrite, workspace: Workspace): JsonGroup | undefined {
  const pattern = serverPattern(write.key, write.call.receiver, workspace);
  return pattern === undefined ? undefined : workspace.once(jsonGroup, pattern, () => collect(pattern, write, workspace));
}

function collect(pattern: string, asked: JsonWrite, workspace: Workspace): JsonGroup {
  const { own, overlapping } = accessesOfPattern(pattern, workspace);
  const byCall = new Map<RedisCall, JsonWrite>();
  for (const write of jsonWritesUnder(pattern, workspace)) byCall.set(write.call, write);
  // The same for whichever is asked about first.
  const [first = asked] = byCall.values();
  const planned: PlannedWrite[] = [];
  const reads: PlannedRead[] = [];
  const obstacles: Obstacle[] = [];
  let shape = first.shape;
  let expires = false;
  let vanishes = false;
  const seen = new Set<RedisCall>();
  const untyped = new Set<RedisCall>();
  // A seed or a test that still writes JSON does no harm: the first read converts it.
  const inScript = (call: RedisCall): boolean => writing.test(call.command) && isScript(call, workspace);
  const scriptsStay = [...byCall.keys()].some((call) => !inScript(call));
  for (const access of own) {
    const { call } = access;
    expires ||= call.args.ttl !== undefined && call.args.ttl.unit !== 'KEEPTTL';
    vanishes ||= expires || removing.has(call.command);
    if (typeless.has(call.command) || (seen.has(call) && access.wrappers.length === 0)) continue;
    seen.add(call);
    const typed = byCall.get(call);
    const write = typed ?? changedAgain(call, first, workspace);
    if (typed) shape = eitherShape(shape, typed.shape);
    else if (write) untyped.add(call);
    if (scriptsStay && inScript(call)) continue;
    const plan = call.command === 'GET' ? planRead(access, workspace.checker) : write ? planWrite(write, workspace) : unplanned(access);
    if (isObstacle(plan)) obstacles.push(plan);
    else if ('form' in plan) reads.push(plan);
    else planned.push(plan);
    if (dropsTtl(call, workspace)) obstacles.push({ node: call.nameNode, reason: 'removes the time to live that its key was given (set-drops-ttl): keep it or give one again first' });
  }
  for (const { call, wrappers } of overlapping) {
    if (typeless.has(call.command) || (scriptsStay && inScript(call))) continue;
    obstacles.push({ node: wrappers.at(-1) ?? call.nameNode, reason: `may name the same keys in a ${call.command}` });
  }
  const writes: GroupWrite[] = [];
  for (const plan of planned) {
    const mode = modeOf(plan, shape, vanishes);
    if (mode === 'whole' && untyped.has(plan.call)) obstacles.push(storesElse(plan.call.nameNode));
    else if (typeof mode === 'string') writes.push({ ...plan, mode });
    else obstacles.push(mode);
  }
  const ttl = ttlForm(writes);
  if (ttl && typeof ttl !== 'string') obstacles.push(ttl);
  return { pattern, writes, reads, shape, expires, ttl: typeof ttl === 'string' ? ttl : undefined, keeps: isMixed(writes), obstacles: [...obstacles, ...mixtures(planned, reads)] };
}

/** A TTL is kept only by an HSET of some fields. */
function modeOf({ queued, changes, ttl, call }: PlannedWrite, shape: JsonShape, vanishes: boolean): WriteMode | Obstacle {
  const keeps: Obstacle = { node: call.nameNode, reason: 'keeps the time to live that the key has' };
  if (queued) return shape.kind === 'flat' && mayBeEmpty(shape) ? { node: call.nameNode, reason: 'queues an object that may have no fields, which a hash cannot hold' } : 'queue';
  const byField = changes && shape.kind === 'flat' && !mayBeEmpty(shape) && changes.fields.every(({ name }) => {
    const field = shape.fields.get(name);
    return field !== undefined && !field.absent && !field.null;
  });
  if (!byField) return ttl === 'keep' ? keeps : 'whole';
  const isStatement = call.use.kind === 'awaited' && ts.isExpressionStatement(call.use.value.parent);
  return typeof ttl !== 'object' && !vanishes && isStatement ? 'hset' : 'update';
}

function isMixed(writes: readonly GroupWrite[]): boolean {
  const updates = writes.filter(({ mode }) => mode === 'update');
  const kept = updates.filter(({ ttl }) => ttl === 'keep');
  return kept.length > 0 && kept.length < updates.length;
}

/** Seconds and milliseconds go together, as milliseconds. */
function ttlForm(writes: readonly GroupWrite[]): TtlForm | Obstacle | undefined {
  const units = new Map<TtlForm, GroupWrite>();
  for (const write of writes) if (write.mode !== 'queue' && typeof write.ttl === 'object') units.set(write.ttl.unit, write);
  const [one, ...others] = units.keys();
  if (others.length === 0) return one;
  if (units.size === 2 && units.has('EX') && units.has('PX')) return 'PX';
  const at = [...units].find(([unit]) => unit.endsWith('AT'))?.[1];
  return at && { node: at.call.nameNode, reason: 'gives its time to live as a date, others as a duration' };
}

/** An object of unknown type, stored again with some fields changed: of the type of the others under that key, as far as those fields go. */
function changedAgain(call: RedisCall, first: JsonWrite, workspace: Workspace): JsonWrite | undefined {
  const { value, keys: [key] } = call.args;
  const text = value && key && /^(?:SET|SETEX|PSETEX)$/.test(call.command) ? jsonText(value, workspace.checker) : undefined;
  if (!text || !key) return undefined;
  const write: JsonWrite = { call, anchor: call.nameNode, key: key.pattern, keyNode: key.node, text, shape: first.shape, wrappers: [] };
  return fieldChanges(write, workspace) ? write : undefined;
}

/** A fault of its own, which nobody would see any more in functions that do the same on purpose: PERSIST, or DEL and HSET without EXPIRE. */
function dropsTtl(call: RedisCall, workspace: Workspace): boolean {
  return keyUsesIn(regionOf(call.nameNode), workspace).some((use) => use.call === call && droppedTtl(use, workspace) !== undefined);
}

const storesElse = (node: ts.Node): Obstacle => ({ node, reason: 'stores something else under these keys' });

function unplanned({ call, wrappers }: KeyAccess): Obstacle {
  const node = wrappers.at(-1) ?? call.nameNode;
  if (/^(?:SET|SETEX|PSETEX|MSET)$/.test(call.command)) return storesElse(node);
  if (call.command === 'WATCH') return { node, reason: 'watches the key, which the conversion of old JSON would upset' };
  return { node, reason: `sends ${call.command}, which would find another type` };
}

function isScript({ sourceFile: { fileName, text } }: RedisCall, workspace: Workspace): boolean {
  return isTestOrScript(fileName.slice(workspace.root.length + 1), text);
}

/** The functions that all places share are written for one client library and its major. */
function mixtures(writes: readonly PlannedWrite[], reads: readonly PlannedRead[]): Obstacle[] {
  const [first, ...others] = [...reads, ...writes.filter(({ queued }) => !queued)];
  if (!first) return [];
  const obstacles: Obstacle[] = [];
  for (const { call } of others) {
    if (call.library !== first.call.library || call.major !== first.call.major) obstacles.push({ node: call.nameNode, reason: 'uses another client library for the same keys' });
  }
  for (const { call } of reads) {
    const { dialect, major, receiver } = call;
    if (receiver.kind !== 'client' && receiver.kind !== 'cluster') obstacles.push({ node: call.nameNode, reason: 'reads it from a queue' });
    else if (dialect === 'node-redis' && major < 4) obstacles.push({ node: call.nameNode, reason: 'uses a client without promises' });
    // A string of old is converted by a script, whose key that cluster looks for in the wrong argument (4.7.1: MOVED, up to five times over).
    else if (dialect === 'node-redis' && major === 4 && (receiver.kind === 'cluster' || receiver.maybeCluster)) obstacles.push({ node: call.nameNode, reason: 'uses a cluster of node-redis 4, which sends scripts to nodes at random' });
  }
  return obstacles;
}

/** What a hash cannot give back as it was; the fields are named. */
export function shapeObstacle(shape: JsonShape, node: ts.Node): Obstacle | undefined {
  if (shape.kind === 'nested') return { node, reason: 'stores a nested object' };
  if (shape.instance) return { node, reason: 'stores an object with methods, which a hash would not bring back' };
  for (const [name, field] of [...shape.fields, ...(shape.rest ? [['of any name', shape.rest] as const] : [])]) {
    if (field.kind === 'mixed') return { node, reason: `stores a field (${name}) that may be text or not, which a hash does not tell apart` };
    // The fields of a record are absent by nature.
    if (field.null && (field.absent || field === shape.rest)) return { node, reason: `stores a field (${name}) that may be null or missing, which a hash does not tell apart` };
  }
  if (shape.rest && [...shape.fields.values()].some(({ kind }) => kind !== shape.rest?.kind)) return { node, reason: 'stores fields of unknown names beside others of another type' };
  return undefined;
}

/** What RedisJSON cannot be used for, or not by this client. */
export function documentObstacle({ shape, writes, reads }: JsonGroup, workspace: Workspace): Obstacle | undefined {
  const [first] = writes;
  if (first && shape.kind === 'flat') return { node: first.call.nameNode, reason: 'stores a flat object' };
  for (const { call } of [...writes, ...reads]) {
    const { library, major, receiver } = call;
    // Neither ioredis nor a cluster client sees the key in a command that it does not know.
    if (receiver.kind !== 'client' || receiver.maybeCluster || (call.dialect === 'ioredis' && clientOf(receiver, workspace).hasPrefix)) return { node: call.nameNode, reason: 'uses a client that would not find the key in JSON.SET' };
    const hasJson = library === 'redis' ? major >= 4 : library === 'iovalkey' || (library === 'ioredis' && major >= 5);
    if (!hasJson) return { node: call.nameNode, reason: 'uses a client without RedisJSON' };
  }
  const queued = writes.find(({ mode }) => mode === 'queue');
  return queued && { node: queued.call.nameNode, reason: 'stores it from a queue' };
}
