/**
 * A whole collection read at once → page by page, gathered in the place of the reply.
 * - a set: SSCAN, as KEYS → SCAN;
 * - a hash: HSCAN;
 * - a list, a sorted set: its own command by index, 1,000 entries at a time. ZSCAN would take 20 times as long for each (measured on
 *   Redis 7.0.15), and forget the order.
 */
import ts from 'typescript';
import { enclosingStatement, methodOf } from '../facts/code/ast.ts';
import { withNode } from '../facts/calls/collect-calls.ts';
import { regionOf } from '../facts/calls/regions.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { unitOf } from '../facts/code/units.ts';
import { isFirstToLast } from '../facts/values/whole-read.ts';
import { scanCount, scansOneKey } from '../dialects/write/scan.ts';
import { emptyHash, forEachField } from '../dialects/write/scan-hash.ts';
import type { FixKeeps } from '../finding.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { trailing } from './batch-loop/code.ts';
import { plainRead, textOf, type PlainRead } from './plain-read.ts';
import { collectInPlace, replyOf } from './scan-instead-of-keys-collect.ts';
import { loopOverScan } from './scan-instead-of-keys-loop.ts';
import { membersScan } from './scan-instead-of-keys-parts.ts';
import { endWithComments, isInList, replaceRange } from './text/edits.ts';
import { hoist } from './text/hoist.ts';
import { indentationOf } from './text/indentation.ts';
import { render, type Lines } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable, isUnchanging } from './text/purity.ts';
import { styleOf } from './text/style.ts';

const shorter = { keyspace: 'same', roundTrips: 'longest-call-shorter' } as const;
const asSet: FixKeeps = { replies: 'same-as-set', ...shorter };

/** @param call one that reads everything (`isWholeRead`); [] where its reply is not awaited, or no form is right for it */
export function planReadInPages(call: RedisCall, workspace: Workspace): FixPlan[] {
  if (call.dialect === 'node-redis' && call.major < 4) return [];
  // Between the last page and the deletion more may come, and is lost: the sooner the better.
  if (isTakenLater(call, workspace)) return [];
  const plan = (id: string, title: string, keeps: FixKeeps, edits: readonly TextEdit[] | undefined): FixPlan[] => (edits ? [{ id, title, kind: 'suggest', keeps, edits }] : []);
  switch (call.command) {
    case 'SMEMBERS': {
      const scan = membersScan(call, workspace.checker);
      return plan('scan-members', 'Read the members in pages (SSCAN)', asSet, scan && (loopOverScan(scan, workspace.factsOf(call.sourceFile.fileName)?.calls ?? []) ?? collectInPlace(scan)));
    }
    case 'HGETALL':
      return plan('scan-hash', 'Read the hash in pages (HSCAN)', asSet, inPlace(call, plainRead(call, 1), workspace, call.dialect === 'ioredis' ? hashAsMap : hashAsObject));
    case 'HVALS':
      return plan('scan-hash', 'Read the values in pages (HSCAN)', asSet, inPlace(call, plainRead(call, 1), workspace, valuesOfHash));
    case 'HKEYS':
      return plan('scan-hash', 'Read the fields in pages (HSCAN, which sends the values too)', asSet, inPlace(call, plainRead(call, 1), workspace, namesOfHash));
    case 'LRANGE':
    case 'ZRANGE': {
      const read = isFirstToLast(call) && !call.args.options && call.args.flags.size === 0 ? plainRead(call, 3) : undefined;
      const what = call.command === 'LRANGE' ? 'list' : 'sorted set';
      return plan('pages', `Read the ${what} in pages of ${scanCount.toLocaleString('en')} (no longer as one snapshot)`, { replies: 'same', ...shorter }, inPlace(call, read, workspace, byIndex));
    }
    default:
      return [];
  }
}

/** How a collection is gathered: the declaration, with what stands for its type in TypeScript; what fills it; and what it is as the reply. */
interface Gathering {
  type: string;
  made: string;
  fill: Lines;
  /** Where nothing but its entries are read, one after the other, and where the reply itself has to be there. */
  entries: string;
  reply: string;
}

interface GatherParts {
  call: RedisCall;
  method: string;
  client: string;
  key: string;
  found: string;
  fresh: (...wanted: string[]) => string;
}

type Gather = (parts: GatherParts) => Gathering;

const fields = ({ call, client, key, found, fresh }: GatherParts, withValues: boolean, use: (found: string, field: string, value: string) => string): Lines =>
  forEachField(call, { client, key, names: { field: fresh('field', 'name'), value: fresh('value', 'text'), batch: fresh('batch', 'page'), at: fresh('at', 'index') } }, styleOf(call.sourceFile), withValues, (field, value) => use(found, field, value));

/** A Map, since HSCAN may give a field twice. ioredis's own reply is an ordinary object, in which a field may be called `__proto__`. */
const asMap = (parts: GatherParts): Omit<Gathering, 'reply'> => ({
  type: '<string, string>',
  made: 'new Map',
  fill: fields(parts, true, (found, field, value) => `${found}.set(${field}, ${value});`),
  entries: parts.found,
});
const hashAsMap: Gather = (parts) => ({ ...asMap(parts), reply: `Object.fromEntries(${parts.found})` });
const valuesOfHash: Gather = (parts) => ({ ...asMap(parts), entries: `${parts.found}.values()`, reply: `[...${parts.found}.values()]` });

/** As node-redis makes its reply. */
const hashAsObject: Gather = (parts) => ({
  type: 'Record<string, string>',
  made: emptyHash(parts.call),
  fill: fields(parts, true, (found, field, value) => `${found}[${field}] = ${value};`),
  entries: parts.found,
  reply: parts.found,
});

const namesOfHash: Gather = (parts) => ({
  type: '<string>',
  made: 'new Set',
  fill: fields(parts, false, (found, field) => `${found}.add(${field});`),
  entries: parts.found,
  reply: `[...${parts.found}]`,
});

const byIndex: Gather = ({ method, client, key, found, fresh, call }) => {
  const page = fresh('page', 'batch');
  // Whether a number or its text is taken is not the same for all commands and versions.
  const index = (argument: number, number: string): string => (isWrittenText(call.args.list[argument]) ? `String(${number})` : number);
  return {
    type: 'string[]',
    made: '[]',
    fill: [
      `let ${page}${styleOf(call.sourceFile).typescript ? ': string[]' : ''};`,
      'do {',
      [`${page} = await ${client}.${method}(${key}, ${index(1, `${found}.length`)}, ${index(2, `${found}.length + ${scanCount - 1}`)});`, `${found}.push(...${page});`],
      `} while (${page}.length === ${scanCount});`,
    ],
    entries: found,
    reply: found,
  };
};

const isWrittenText = (node: ts.Expression | undefined): boolean => node !== undefined && ts.isStringLiteralLike(node);

/** The edits that gather before the reply's statement, and put what was gathered in the reply's place. */
function inPlace(call: RedisCall, read: PlainRead | undefined, { checker }: Workspace, gather: Gather): TextEdit[] | undefined {
  const value = read && replyOf({ call: withNode(call, read.node) });
  if (!read || !value || !isRepeatable(read.client) || (gather !== byIndex && !scansOneKey(call))) return undefined;
  const { node, client, key, comments } = read;
  const taken = new Set<string>();
  const fresh = (...wanted: string[]): string => {
    const name = freshName(enclosingStatement(node), wanted, { checker, taken });
    taken.add(name);
    return name;
  };
  // Only ranges name the key once for each page.
  const isNamedOnce = call.command.startsWith('H') || isUnchanging(key, checker);
  const keyName = isNamedOnce ? undefined : fresh('key', 'name');
  const own = declarationOf(value);
  // What is filled is the reply itself, and may have its name.
  const isOwn = own !== undefined && (gather === byIndex || gather === hashAsObject);
  const found = isOwn ? own.name.text : fresh('found', 'entries');
  const style = styleOf(call.sourceFile);
  const made = gather({ call, method: methodOf(node)?.name ?? '', client: client.getText(), key: keyName ?? textOf(key), found, fresh });
  const before = [...comments, ...(keyName === undefined ? [] : [`const ${keyName} = ${textOf(key)};`])];
  const isConstructed = made.made.startsWith('new ');
  const started = isConstructed ? `${made.made}${style.typescript ? made.type : ''}()` : made.made;
  const annotation = style.typescript && !isConstructed ? `: ${made.type}` : '';
  const lines = [...before, `${isOwn ? own.keyword : 'const'} ${found}${annotation} = ${started}${style.semicolons ? ';' : ''}${isOwn ? trailing(own.statement) : ''}`, ...made.fill];
  if (isOwn) return [claimScope(value), replaceRange(call.sourceFile, own.statement.getStart(), endWithComments(own.statement), render(lines, indentationOf(own.statement), style))];
  const iterated = gather === hashAsMap ? iterationOf(value, found) : undefined;
  const edits = iterated ? hoist(iterated.node, lines, iterated.text) : hoist(value, lines, isIterated(value) ? made.entries : made.reply);
  return edits && [claimScope(value), ...edits];
}

interface OwnDeclaration {
  statement: ts.VariableStatement;
  name: ts.Identifier;
  keyword: 'const' | 'let';
}

/** `const lines = await …;`: a statement that may be written anew. One with a type of its own stays. */
function declarationOf(value: ts.Expression): OwnDeclaration | undefined {
  const declaration = value.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer !== value || declaration.type || !ts.isIdentifier(declaration.name) || !ts.isVariableDeclarationList(declaration.parent)) return undefined;
  const { parent: statement, declarations, flags } = declaration.parent;
  if (!ts.isVariableStatement(statement) || statement.modifiers || declarations.length > 1 || !isInList(statement)) return undefined;
  return { statement, name: declaration.name, keyword: flags & ts.NodeFlags.Const ? 'const' : 'let' };
}

/** Only its entries are read, one after the other: `for (const x of …)`, `new Set(…)`. */
function isIterated(value: ts.Expression): boolean {
  const { parent } = value;
  return (ts.isForOfStatement(parent) && parent.expression === value) || isMadeSet(value);
}

const isMadeSet = ({ parent }: ts.Expression): boolean => ts.isNewExpression(parent) && parent.arguments?.length === 1 && parent.expression.getText() === 'Set';

/** `for (const [field, value] of Object.entries(await …))`: as a Map gives them. */
function iterationOf(value: ts.Expression, found: string): { node: ts.Expression; text: string } | undefined {
  const node = value.parent;
  if (!ts.isCallExpression(node) || node.arguments.length !== 1 || !ts.isForOfStatement(node.parent) || node.parent.expression !== node) return undefined;
  const method = methodOf(node);
  if (method?.target.getText() !== 'Object') return undefined;
  if (method.name === 'entries') return { node, text: found };
  return method.name === 'keys' || method.name === 'values' ? { node, text: `${found}.${method.name}()` } : undefined;
}

const taking = new Set(['DEL', 'UNLINK', 'RENAME', 'RENAMENX', 'LTRIM', 'LPOP', 'RPOP', 'SPOP']);

/** The same key is emptied in the same function, after the read. */
function isTakenLater(call: RedisCall, workspace: Workspace): boolean {
  const key = call.args.keys[0]?.identity;
  return workspace.callsIn(unitOf(call.node) ?? regionOf(call.node)).some(({ command, args, node }) => taking.has(command) && node.pos > call.node.pos && args.keys.some(({ identity }) => identity === key));
}
