/** A flat object stored as one JSON string: no field can be read or changed without the whole value. */
import { accessesOfPattern } from '../facts/json-accesses.ts';
import { readUse, type ReadUse } from '../facts/json-read.ts';
import { jsonWritesIn, seekJsonWrites, type JsonWrite } from '../facts/json-write.ts';
import { serverPattern } from '../facts/server-pattern.ts';
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
      const reading = readingOf(write, workspace);
      const kind = write.shape.kind === 'flat' ? 'hash' : 'document';
      const obstacle = obstacleTo(kind, write, workspace);
      const message = messageOf(write, reading);
      yield {
        node: write.anchor,
        severity: severityOf(write, reading),
        ...(obstacle ? withObstacle(message, obstacle, root) : { message }),
        fixes: () => objectInsteadOfJson(kind, write, workspace),
      };
    }
  },
};

/** Apart from the check: a message is kept, and what it is made within would be kept with it, the workspace and its checker too. */
function withObstacle(message: string, { node, reason }: Obstacle, root: string): Pick<Problem, 'message' | 'mentions'> {
  return { message: () => `${message} No fix is offered, since ${placeName(node, root)} ${reason}.`, mentions: [node] };
}

function readingOf({ key, call }: JsonWrite, workspace: Workspace): Reading {
  const pattern = serverPattern(key, call.receiver);
  if (pattern === undefined) return 'unknown';
  const uses = accessesOfPattern(pattern, workspace).own.filter((access) => access.call.command === 'GET').map((access) => readUse(access, workspace));
  if (uses.includes('fields')) return 'fields';
  return uses.length > 0 && uses.every((use) => use === 'whole') ? 'whole' : 'unknown';
}

function severityOf({ shape }: JsonWrite, reading: Reading): Severity {
  if (shape.kind === 'nested' || reading === 'whole') return 'hint';
  return reading === 'fields' ? 'warning' : 'information';
}

function messageOf({ shape }: JsonWrite, reading: Reading): string {
  if (shape.kind === 'nested') return 'This nested object is stored as one JSON string, which is read, parsed and written whole for each change; RedisJSON (JSON.SET, JSON.GET) reads and changes parts of it.';
  if (reading === 'fields') return 'This flat object is stored as one JSON string, and its fields are read or changed one at a time, each time with the whole value; a hash (HSET) keeps them apart.';
  if (reading === 'whole') return 'This flat object is stored as one JSON string and always read whole; a hash (HSET) would give and change single fields too.';
  return 'This flat object is stored as one JSON string: no field can be read or changed without the whole value; a hash (HSET) keeps them apart.';
}
