/** What is computed once and asked for by many: each who asks is told what it was made of. */
import ts from 'typescript';
import { expect, it } from 'vitest';
import type { FileFacts } from '../../../src/analyzer/facts/calls/file-facts.ts';
import type { RedisCall } from '../../../src/analyzer/facts/calls/redis-call.ts';
import { regionsOf } from '../../../src/analyzer/facts/calls/regions.ts';
import type { Neighbours } from '../../../src/analyzer/program/neighbours.ts';
import { Join } from '../../../src/analyzer/workspace/join.ts';
import { Memory } from '../../../src/analyzer/workspace/memory.ts';
import { emptyTrail, trailKey } from '../../../src/analyzer/workspace/trail.ts';
import { Workspace } from '../../../src/analyzer/workspace/workspace.ts';

const file = '/a.ts';
const source = ts.createSourceFile(file, "redis.get('a');\n", ts.ScriptTarget.Latest, true);
const join = new Join<number>('of-a-test', function* () {
  yield ['key', 1];
});

function workspaceOfOneCall(): Workspace {
  const calls = source.statements.map((node) => ({ node, receiver: { confidence: 'type' } }) as unknown as RedisCall);
  const facts = { byRegion: new Map(regionsOf(source).slice(0, 1).map((region) => [region, calls])) } as unknown as FileFacts;
  return new Workspace('/', undefined as never, new Map([[file, facts]]), { isCurrent: () => true } as unknown as Neighbours, new Memory());
}

it('a part of a join that nobody followed is made again for who wants to know what it was made of', () => {
  const workspace = workspaceOfOneCall();
  expect(workspace.under(join, 'key')).toEqual([1]);
  const trail = emptyTrail();
  expect(workspace.tracing(trail, () => workspace.under(join, 'key'))).toEqual([1]);
  expect(trail).toEqual({ ...emptyTrail(), files: new Set([file]), keys: new Set([trailKey(join.name, 'key')]) });
});

it('what a file adds is told with what it was made of, though it was asked for before', () => {
  const workspace = workspaceOfOneCall();
  workspace.under(join, 'key');
  const { keys, trail } = workspace.tracing(emptyTrail(), () => workspace.partOf(join, file));
  expect([keys, trail]).toEqual([['key'], { ...emptyTrail(), files: new Set([file]) }]);
});

it('who asks for what was computed before is told what that asked about, and so is who asks for what is made of it', () => {
  const workspace = workspaceOfOneCall();
  const inner = (): readonly number[] => workspace.once(join, 'inner', () => workspace.under(join, 'key'));
  const outer = (): readonly number[] => workspace.once(join, 'outer', inner);
  expect(inner()).toEqual([1]);
  for (const ask of [inner, outer, outer]) expect(workspace.recording(ask).keys).toEqual(new Map([[join, new Map([['key', [1]]])]]));
});
