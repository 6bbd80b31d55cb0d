/** A flat object stored as one JSON string: no field can be read or changed without the whole value. */
import { accessesOfPattern, type KeyAccess } from '../facts/values/json-accesses.ts';
import { readUse, type ReadUse } from '../facts/values/json-read.ts';
import { jsonWritesIn, seekJsonWrites, type JsonWrite } from '../facts/values/json-write.ts';
import { keyShape, readsOfShape } from '../facts/keys/key-shape.ts';
import { serverPattern } from '../facts/keys/server-pattern.ts';
import type { Severity } from '../finding.ts';
import { objectInsteadOfJson, obstacleTo } from '../fixes/hash-instead-of-json.ts';
import { placeName, type Obstacle } from '../fixes/hash-instead-of-json/obstacle.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Problem, Rule } from './rule.ts';

/** How the objects of a key pattern are read, over the whole workspace. */
type Reading = ReadUse | 'unknown';

export const preferHashOverJson: Rule = {
  meta: {
    id: 'prefer-hash-over-json',
    summary: 'A flat object stored as one JSON string; a hash gives and changes single fields.',
    severity: 'information',
    fix: 'suggest',
    category: 'memory',
  },
  seek: seekJsonWrites,
  *check({ region }, workspace) {
    const { root } = workspace;
    const seen = new Set<unknown>();
    for (const write of jsonWritesIn(region, workspace)) {
      if (seen.has(write.anchor)) continue;
      seen.add(write.anchor);
      if (write.shape.kind === 'nested' && !isRead(write, workspace)) continue;
      const reading = readingOf(write, workspace);
      // What was computed, and lives for a while, is made anew: there is nothing to change in it.
      if (write.shape.kind === 'nested' && reading === 'whole' && write.call.args.ttl !== undefined) continue;
      const kind = write.shape.kind === 'flat' ? 'hash' : 'document';
      const obstacle = obstacleTo(kind, write, workspace);
      const message = messageOf(write, reading);
      yield {
        node: write.anchor,
        severity: severityOf(write, reading, workspace),
        ...(obstacle ? withObstacle(message, obstacle, root) : { message }),
        fixes: () => objectInsteadOfJson(kind, write, workspace),
      };
    }
  },
};

/** Apart from the check: a message is kept, and what it is made within would be kept with it, the workspace and its checker too. */
function withObstacle(message: string, { node, own, reason }: Obstacle, root: string): Pick<Problem, 'message' | 'mentions'> {
  if (own) return { message: `${message} No fix is offered, since ${reason}.` };
  return { message: () => `${message} No fix is offered, since ${placeName(node, root)} ${reason}.`, mentions: [node] };
}

/**
 * Whether anybody here reads what is stored: RedisJSON is worth its while for what is read and changed. A document that is kept for good
 * is there for somebody; a record that only lives for a while may be there for a person to look at.
 */
function isRead(write: JsonWrite, workspace: Workspace): boolean {
  const pattern = serverPattern(write.key, write.call.receiver, workspace);
  if (pattern === undefined) return readsByShape(write, workspace).length > 0;
  return write.call.args.ttl === undefined || accessesOfPattern(pattern, workspace).own.some(({ call }) => /^(?:M?GET|GETEX|GETDEL)$/.test(call.command));
}

function readingOf(write: JsonWrite, workspace: Workspace): Reading {
  const pattern = serverPattern(write.key, write.call.receiver, workspace);
  const reads = pattern === undefined ? readsByShape(write, workspace) : accessesOfPattern(pattern, workspace).own.filter((access) => access.call.command === 'GET');
  const uses = reads.map((access) => readUse(access, workspace));
  if (uses.includes('fields')) return 'fields';
  return uses.length > 0 && uses.every((use) => use === 'whole') ? 'whole' : 'unknown';
}

/** Of a key of which only is known how it is made. */
function readsByShape({ keyNode, wrappers }: JsonWrite, workspace: Workspace): readonly KeyAccess[] {
  const shape = wrappers.length === 0 ? keyShape(keyNode, workspace) : undefined;
  return shape === undefined ? [] : readsOfShape(shape, workspace);
}

function severityOf(write: JsonWrite, reading: Reading, workspace: Workspace): Severity {
  if (write.shape.kind === 'nested' || reading === 'whole') return 'hint';
  if (reading === 'fields') return 'warning';
  return isOnlyReadWhole(write, workspace) ? 'hint' : 'information';
}

/** Of a key of which nothing is known, as a wrapper's: whether the reads beside it, of which as little is known, all take the object whole. */
function isOnlyReadWhole({ key, keyNode, call }: JsonWrite, workspace: Workspace): boolean {
  if (serverPattern(key, call.receiver, workspace) !== undefined || keyShape(keyNode, workspace) !== undefined) return false;
  const { fileName } = call.sourceFile;
  const reads = (workspace.factsOf(fileName)?.calls ?? []).filter((one) => one.command === 'GET' && one.receiver.identity === call.receiver.identity);
  return reads.length > 0 && reads.every((read) => readUse({ call: read, wrappers: [] }, workspace) === 'whole');
}

function messageOf({ shape }: JsonWrite, reading: Reading): string {
  if (shape.kind === 'nested') return 'This nested object is stored as one JSON string, which is read, parsed and written whole for each change; RedisJSON (JSON.SET, JSON.GET) reads and changes parts of it.';
  if (reading === 'fields') return 'This flat object is stored as one JSON string, and its fields are read or changed one at a time, each time with the whole value; a hash (HSET) keeps them apart.';
  if (reading === 'whole') return 'This flat object is stored as one JSON string and always read whole; a hash (HSET) would give and change single fields too.';
  return 'This flat object is stored as one JSON string: no field can be read or changed without the whole value; a hash (HSET) keeps them apart.';
}
