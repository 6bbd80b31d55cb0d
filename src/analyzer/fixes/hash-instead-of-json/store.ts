/** What the functions of a fix are written from: the client's type, the TTL they take, the objects' type. */
import ts from 'typescript';
import type { ObjectStore, TtlForm, TtlParameter } from '../../dialects/write/object-store.ts';
import { unwrap } from '../../facts/code/ast.ts';
import { constantText } from '../../facts/code/fold.ts';
import { styleOf } from '../text/style.ts';
import type { EditContext } from './context.ts';
import type { GroupWrite, JsonGroup } from './group.ts';
import { typeIn, type Home, type HomeType } from './home.ts';
import { assertedType } from './read-type.ts';
import { isVisible, namedBy, valueType, type ValueType } from './value-type.ts';

/** Of what is stored whole; where only fields are changed, of the objects that are changed. */
export function objectType(group: JsonGroup, home: Home, checker: ts.TypeChecker): ValueType | undefined {
  const style = styleOf(home.sourceFile);
  if (!style.typescript) return undefined;
  const whole = group.writes.filter(({ mode }) => mode === 'whole' || mode === 'queue').map((write) => typeOfValue(write, checker));
  const changed = group.writes.map(({ value }) => {
    const node = unwrap(value);
    const [spread] = ts.isObjectLiteralExpression(node) ? node.properties : [];
    return checker.getTypeAtLocation(spread && ts.isSpreadAssignment(spread) ? spread.expression : node);
  });
  const types = [...new Set(whole.length > 0 ? whole : changed)];
  if (types.some((type) => type.flags & ts.TypeFlags.Any)) return undefined;
  const isNameable = (found: ValueType): boolean => !namedBy(found.type) || (home.kind === 'append' && isVisible(found.type, found.text, home.sourceFile, checker)) || found.declared !== undefined;
  // The name that reads give to what has none where it is written.
  const read = group.reads.flatMap(({ form }) => (form.kind === 'direct' ? [form.parse] : form.references.map(({ use }) => use))).flatMap((use) => (use.kind === 'parse' ? (assertedType(use) ?? []) : []));
  const asserted = read.map((node) => checker.getTypeFromTypeNode(node)).filter((type) => namedBy(type) && !(type.flags & ts.TypeFlags.Any));
  const found = [valueType(types, group.shape, checker, style), ...asserted.map((type) => valueType([type, ...types], group.shape, checker, style))];
  return found.find((one) => one && namedBy(one.type) && isNameable(one)) ?? found.find((one) => one && isNameable(one));
}

/** Of the argument, or of the serialiser's parameter that it is passed for. */
function typeOfValue({ value, write }: GroupWrite, checker: ts.TypeChecker): ts.Type {
  // Not fresh: `{ ...user, at: 1 }` may stand for a User.
  const type = checker.getWidenedType(checker.getTypeAtLocation(value));
  const { parameter } = write.text;
  return type.flags & ts.TypeFlags.Any && parameter ? checker.getTypeAtLocation(parameter) : type;
}

/** What the functions that take a TTL ask for. */
function ttlParameter(writes: readonly GroupWrite[], form: TtlForm | undefined, checker: ts.TypeChecker): TtlParameter {
  const given = writes.flatMap(({ ttl }) => (typeof ttl === 'object' ? [ttl.node] : []));
  const replacing = writes.filter(({ ttl }) => ttl !== 'keep').length;
  const isPositive = (node: ts.Expression): boolean => /^[1-9]\d*$/.test((constantText(node, checker) ?? '').replaceAll('_', ''));
  return {
    form: form ?? 'EX',
    given: given.length === 0 ? 'never' : given.length === replacing && given.every((node) => !mayBeUndefined(node, checker)) ? 'always' : 'sometimes',
    kept: replacing === writes.length ? 'never' : replacing === 0 ? 'always' : 'sometimes',
    checked: !given.every(isPositive),
  };
}

function mayBeUndefined(node: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(node);
  return (type.isUnion() ? type.types : [type]).some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0);
}

export interface NeededType {
  from: string;
  name: string;
}

/** ioredis's classes are types that fit every client; `Redis | Cluster` where the places have both. */
export function clientType(group: JsonGroup, home: Home): { text: string; needed: NeededType[]; edits: HomeType['edits'] } {
  const calls = [...group.reads, ...group.writes.filter(({ mode }) => mode !== 'queue')].map(({ call }) => call);
  const [first] = calls;
  if (!first || first.dialect !== 'ioredis' || !styleOf(home.sourceFile).typescript) return { text: '', needed: [], edits: [] };
  const names = new Set(calls.flatMap(({ receiver: { kind, maybeCluster } }) => (maybeCluster ? ['Redis', 'Cluster'] : kind === 'cluster' ? ['Cluster'] : ['Redis'])));
  const needed = [...names].map((name) => ({ from: first.library, name }));
  if (home.kind === 'create') return { text: [...names].join(' | '), needed, edits: [] };
  const types = needed.map(({ from, name }) => (name === 'Redis' ? defaultImport(home.sourceFile, from, first.major) : undefined) ?? typeIn(home, from, name));
  return { text: types.map(({ name }) => name).join(' | '), needed, edits: types.flatMap(({ edits }) => edits) };
}

/** `import Redis from 'ioredis'` brings the class; in version 4 a function, whose types are in a namespace of that name. */
function defaultImport(sourceFile: ts.SourceFile, library: string, major: number): HomeType | undefined {
  for (const statement of sourceFile.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier) || statement.moduleSpecifier.text !== library) continue;
    const name = statement.importClause?.name?.text;
    if (name !== undefined) return { name: library === 'ioredis' && major < 5 ? `${name}.Redis` : name, edits: [] };
  }
  return undefined;
}

/** The functions that are called, as they have to be. */
export function objectStore(group: JsonGroup, home: Home, context: EditContext, called: ReadonlySet<string>, exported: ReadonlySet<string>, client: string): ObjectStore {
  const { names, noun, valueType: type, checker } = context;
  const parameter = (name: string, mode: GroupWrite['mode']): TtlParameter | undefined =>
    called.has(name) ? ttlParameter(group.writes.filter((write) => write.mode === mode), group.ttl, checker) : undefined;
  return {
    dialect: (group.reads[0] ?? group.writes[0])?.call.dialect ?? 'ioredis',
    style: styleOf(home.sourceFile), noun, names, clientType: client, valueType: type?.text, exported,
    write: parameter(names.write, 'whole'), update: parameter(names.update, 'update'), read: called.has(names.read),
  };
}
