/**
 * An object kept as a JSON string → a hash, or a document of RedisJSON: all writes and all reads of its key pattern in the workspace at
 * once, through functions that convert what is still JSON text when it is first read. Or the place that keeps it from being done.
 */
import type ts from 'typescript';
import { hashFunctions } from '../dialects/write/hash.ts';
import { documentFunctions } from '../dialects/write/json-document.ts';
import { contains } from '../facts/code/ast.ts';
import type { JsonWrite } from '../facts/values/json-write.ts';
import type { FileCreation, FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { EditContext } from './hash-instead-of-json/context.ts';
import { readEdits } from './hash-instead-of-json/edit-read.ts';
import { writeEdits } from './hash-instead-of-json/edit-write.ts';
import { documentObstacle, jsonGroup, shapeObstacle, type JsonGroup } from './hash-instead-of-json/group.ts';
import { appended, created, homeOf, importEdits, typeIn, type Home } from './hash-instead-of-json/home.ts';
import { helperNames, nounOf } from './hash-instead-of-json/names.ts';
import type { Obstacle } from './hash-instead-of-json/obstacle.ts';
import { clientType, objectStore, objectType, type NeededType } from './hash-instead-of-json/store.ts';
import { isVisible, namedBy, type ValueType } from './hash-instead-of-json/value-type.ts';
import { removeUnusedImports } from './text/unused-imports.ts';

/** `hash` for flat objects, `document` for nested ones. */
export type ObjectKind = 'hash' | 'document';

/** What keeps the objects of this write from being kept so; undefined where nothing does. */
export function obstacleTo(kind: ObjectKind, write: JsonWrite, workspace: Workspace): Obstacle | undefined {
  const group = jsonGroup(write, workspace);
  if (!group) return { node: write.anchor, own: true, reason: 'nothing is known of its key' };
  const own = kind === 'hash' ? shapeObstacle(group.shape, write.anchor) : documentObstacle(group, workspace);
  return own ?? group.obstacles[0] ?? (group.writes.length === 0 ? { node: write.anchor, reason: 'is a test or a script' } : undefined);
}

export function objectInsteadOfJson(kind: ObjectKind, write: JsonWrite, workspace: Workspace): FixPlan[] {
  const group = jsonGroup(write, workspace);
  if (!group || obstacleTo(kind, write, workspace)) return [];
  const { checker } = workspace;
  const writers = [...new Set(group.writes.map(({ node }) => node.getSourceFile()))];
  const files = [...new Set([...writers, ...group.reads.map(({ node }) => node.getSourceFile())])];
  const home = homeOf(writers, files, [nounOf(undefined, write.key), kind], checker);
  if (!home) return [];
  const type = objectType(group, home, checker);
  const noun = nounOf(type?.text, write.key);
  const used = new Map<ts.SourceFile, Set<string>>();
  const gone: ts.Node[] = codecs(group);
  const context: EditContext = {
    checker, noun, names: helperNames(noun, kind, files), valueType: type,
    drops: (node) => void gone.push(node),
    uses: (sourceFile, name) => void used.set(sourceFile, (used.get(sourceFile) ?? new Set()).add(name)),
  };
  const edits = [...group.writes.flatMap((one) => writeEdits(one, group, context)), ...group.reads.flatMap((one) => readEdits(one, context))];
  return [{
    id: kind === 'hash' ? 'hash' : 'json',
    title: titleOf(kind, group, files.length),
    kind: home.kind === 'create' ? 'scaffold' : 'suggest',
    keeps: { replies: 'same', keyspace: 'projected', roundTrips: group.writes.some(({ expire }) => expire) ? 'fewer' : 'same' },
    edits: [...edits, ...surroundings(group, home, context, { files, used, gone })],
  }];
}

/** What the edits call and no longer mention. */
interface Traces {
  files: readonly ts.SourceFile[];
  used: ReadonlyMap<ts.SourceFile, ReadonlySet<string>>;
  gone: readonly ts.Node[];
}

/** The functions, and the imports that come and go. */
function surroundings(group: JsonGroup, home: Home, context: EditContext, { files, used, gone }: Traces): (TextEdit | FileCreation)[] {
  const called = new Set([...used.values()].flatMap((names) => [...names]));
  const isElsewhere = (file: ts.SourceFile): boolean => home.kind === 'create' || file !== home.sourceFile;
  const exported = new Set([...used].flatMap(([file, names]) => (isElsewhere(file) ? [...names] : [])));
  const client = clientType(group, home);
  const store = objectStore(group, home, context, called, exported, client.text);
  const value = store.read ? neededValueType(context.valueType, home, context.checker) : [];
  const added = new Map<ts.SourceFile, TextEdit[]>();
  for (const [file, names] of used) if (isElsewhere(file)) added.set(file, importEdits(file, home, [...names]));
  const blocks = called.size === 0 ? [] : group.shape.kind === 'flat' ? hashFunctions({ ...store, shape: group.shape }) : documentFunctions(store);
  const functions: (TextEdit | FileCreation)[] = [];
  if (home.kind === 'create') functions.push(created(home, [...client.needed, ...value], blocks, [...exported]));
  else if (blocks.length > 0) {
    functions.push(appended(home, blocks));
    added.set(home.sourceFile, [...client.edits, ...value.flatMap(({ from, name }) => typeIn(home, from, name).edits)]);
  }
  const isGone = (mention: ts.Identifier): boolean => gone.some((node) => contains(node, mention));
  return [...functions, ...files.flatMap((file) => removeUnusedImports(file, isGone, added.get(file) ?? [], context.checker))];
}

function neededValueType(type: ValueType | undefined, home: Home, checker: ts.TypeChecker): NeededType[] {
  if (!type?.declared || !namedBy(type.type)) return [];
  return home.kind === 'append' && isVisible(type.type, type.text, home.sourceFile, checker) ? [] : [{ from: type.declared.fileName, name: type.text }];
}

/** The serialisers and their counterparts that are no longer called. */
function codecs(group: JsonGroup): ts.Expression[] {
  const writing = group.writes.flatMap(({ write, unusedText }) => (write.text.serialiser && (!write.text.variable || unusedText) ? [write.text.serialiser.expression] : []));
  const reading = group.reads.flatMap(({ form }) => (form.kind === 'direct' ? [form.parse] : form.references.map(({ use }) => use)).flatMap((use) => (use.kind === 'parse' && use.decoder ? [use.decoder.expression] : [])));
  return [...writing, ...reading];
}

function titleOf(kind: ObjectKind, { pattern, writes, reads }: JsonGroup, files: number): string {
  const count = (number: number, what: string): string => `${number === 0 ? 'no' : number} ${what}${number === 1 ? '' : 's'}`;
  const as = kind === 'hash' ? 'a hash' : 'a RedisJSON document';
  return `Keep ${pattern} as ${as} (${count(writes.length, 'write')} and ${count(reads.length, 'read')} in ${count(files, 'file')}); old JSON is converted when read`;
}
