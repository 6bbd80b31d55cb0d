/** The edits of one read: the object comes from the function, and its parsing goes. */
import ts from 'typescript';
import { enclosingFunction, unwrap, wrapped } from '../../facts/code/ast.ts';
import type { TextEdit } from '../../rules/rule.ts';
import { nextStatement, removeStatement, replaceNode, replaceRange } from '../text/edits.ts';
import { sourceText } from '../text/lines.ts';
import { identifiersIn } from '../text/names.ts';
import { styleOf } from '../text/style.ts';
import type { EditContext } from './context.ts';
import { readType, thenCallOf } from './read-type.ts';
import { hasLooseComments, isAbout, wholeOf, type ParseUse, type PlannedRead, type VariableRead } from './reads.ts';

export function readEdits(read: PlannedRead, context: EditContext): TextEdit[] {
  context.uses(read.node.getSourceFile(), context.names.read);
  return read.form.kind === 'direct' ? directEdits(read, read.form.parse, context) : variableEdits(read, read.form, context);
}

/** `JSON.parse((await redis.get(key)) ?? '{}') as User` → `((await readUser(redis, key)) ?? {}) as User` */
function directEdits(read: PlannedRead, parse: ParseUse, context: EditContext): TextEdit[] {
  const { node, key } = read;
  const sourceFile = node.getSourceFile();
  const { typescript } = styleOf(sourceFile);
  const outer = parse.value;
  const { type, cast, expected } = readType([parse], context);
  const awaited = `await ${callHead(read, type, context)}`;
  const fallback = parse.fallback ? fallbackText(parse.fallback, typescript && !cast) : undefined;
  const isAsserted = typescript && (fallback === undefined || fallback === 'null') && !/\bnull\b/.test(expected?.getText() ?? '');
  // An annotation stays where it is.
  if (expected && cast && type === undefined && fallback === undefined) context.drops(expected);
  let [before, after] = [awaited, ')'];
  if (fallback !== undefined && fallback !== 'null') [before, after] = [`(${before}`, `${after}) ?? ${fallback}`];
  else if (isAsserted) [before, after] = [`(${before}`, `${after})!`];
  if (cast && fallback !== undefined && fallback !== 'null') [before, after] = [`(${before}`, `${after}) as ${cast}`];
  const whole = before.startsWith('await') || (fallback !== undefined && fallback !== 'null');
  if (whole && !standsAlone(outer)) [before, after] = [`(${before}`, `${after})`];
  return [replaceRange(sourceFile, outer.getStart(sourceFile), key.getStart(sourceFile), before), replaceRange(sourceFile, key.end, outer.end, after)];
}

/** `const raw = await redis.get(key)` → `const user = await readUser(redis, key)`; `JSON.parse(raw)` → `user` */
function variableEdits(read: PlannedRead, form: VariableRead, context: EditContext): TextEdit[] {
  const { node, key } = read;
  const sourceFile = node.getSourceFile();
  const parses = form.references.flatMap(({ use }) => (use.kind === 'parse' ? [use] : []));
  const { type, casts, expected } = readType(parses, context);
  if (type === undefined && expected) for (const { value } of parses) context.drops(form.object ? form.object.statement : value);
  const name = form.object?.name.text ?? freeName(form.name, context.noun) ?? form.name.text;
  const parsed: TextEdit[] = [];
  const tests: ts.Identifier[] = [];
  for (const { name: reference, use } of form.references) {
    if (use.kind !== 'parse') tests.push(reference);
    else if (form.object) parsed.push(removeStatement(form.object.statement));
    else parsed.push(parsedEdit(use, reference, name, casts.get(use)));
  }
  const then = ts.isParameter(form.name.parent) && parses[0] ? thenCallOf(parses[0].value) : undefined;
  const callback = then?.arguments[0];
  // `.then((user) => user)` says nothing.
  if (then && callback && ts.isArrowFunction(callback) && parsed.some(({ start, end, text }) => text === name && start === callback.body.getStart(sourceFile) && end === callback.body.end)) {
    return [replaceRange(sourceFile, node.getStart(sourceFile), key.getStart(sourceFile), callHead(read, type, context)), replaceRange(sourceFile, key.end, then.end, ')')];
  }
  const [statement, next] = returnedAtOnce(form, parsed, name);
  if (statement && next) {
    const end = styleOf(sourceFile).semicolons ? ');' : ')';
    return [replaceRange(sourceFile, statement.getStart(sourceFile), key.getStart(sourceFile), `return ${callHead(read, type, context)}`), replaceRange(sourceFile, key.end, next.end, end)];
  }
  const isGone = (node: ts.Node): boolean => parsed.some(({ start, end }) => start <= node.getStart(sourceFile) && node.end <= end);
  return [
    ...replyEdits(read, callHead(read, type, context)),
    replaceRange(sourceFile, form.name.getStart(sourceFile), form.annotation?.end ?? form.name.end, name),
    ...parsed,
    // `raw ? JSON.parse(raw) : null` goes as a whole.
    ...tests.filter((test) => !isGone(test)).map((test) => replaceNode(test, name)),
  ];
}

/** The call itself, in its place; `(await redis.get(key)) as string` says of the object only that it is there. */
function replyEdits({ node, key, call, form }: PlannedRead, head: string): TextEdit[] {
  const sourceFile = node.getSourceFile();
  const { value } = call.use;
  let isText = false;
  for (let at: ts.Node = node; at !== value; at = at.parent) isText ||= ts.isAsExpression(at.parent) || ts.isTypeAssertionExpression(at.parent);
  if (form.kind === 'direct' || !isText || call.use.kind !== 'awaited') return [replaceRange(sourceFile, node.getStart(sourceFile), key.getStart(sourceFile), head), replaceRange(sourceFile, key.end, node.end, ')')];
  return [replaceRange(sourceFile, value.getStart(sourceFile), key.getStart(sourceFile), `(await ${head}`), replaceRange(sourceFile, key.end, value.end, '))!')];
}

/** `const user = await readUser(redis, key); return user;`: the declaration and the return, which become one. */
function returnedAtOnce(form: VariableRead, parsed: readonly TextEdit[], name: string): [ts.Statement?, ts.Statement?] {
  const statement = form.name.parent.parent.parent;
  if (!ts.isVariableDeclaration(form.name.parent) || !ts.isVariableStatement(statement) || statement.declarationList.declarations.length > 1) return [];
  const next = nextStatement(statement);
  const returned = next && ts.isReturnStatement(next) ? next.expression : undefined;
  const [only, ...more] = parsed;
  if (!next || !returned || more.length > 0 || only?.text !== name || only.start !== returned.getStart() || only.end !== returned.end) return [];
  // Within `try`, the await decides where an error is caught.
  const scope = enclosingFunction(statement);
  for (let at: ts.Node = statement; at !== scope; at = at.parent) if (ts.isTryStatement(at)) return [];
  return hasLooseComments(next, [], statement.end) ? [] : [statement, next];
}

/** The object in the place of its parsing; `raw ? JSON.parse(raw) : null` is just the object. */
function parsedEdit(use: ParseUse, reference: ts.Identifier, name: string, cast: string | undefined): TextEdit {
  const outer = use.value;
  const asserted = styleOf(outer.getSourceFile()).typescript && wrapped(reference) !== reference ? `${name}!` : name;
  const text = cast === undefined ? asserted : `(${asserted} as ${cast})`;
  const whole = wholeOf(outer, reference.text);
  if (whole !== outer) return replaceNode(whole, text);
  const { parent } = outer;
  if (ts.isConditionalExpression(parent) && isAbout(parent.condition, reference.text)) {
    const other = unwrap(parent.whenTrue === outer ? parent.whenFalse : parent.whenTrue);
    const all = wrapped(parent);
    if (ts.isIdentifier(other) && other.text === 'undefined') return replaceNode(all, standsAlone(all) ? `${text} ?? undefined` : `(${text} ?? undefined)`);
  }
  return replaceNode(outer, text);
}

function callHead(read: PlannedRead, type: string | undefined, { names }: EditContext): string {
  return `${names.read}${type === undefined ? '' : `<${type}>`}(${sourceText(read.target).replaceAll(/[\uFFFE\uFFFF]/g, '')}, `;
}

/** What is parsed where there is nothing, as a value: `{}`; written as it is where its type has to be `any`. */
function fallbackText(fallback: ts.Expression, isAny: boolean): string {
  const text = (unwrap(fallback) as ts.StringLiteralLike).text.trim();
  return text === 'null' ? 'null' : text === '{}' && !isAny ? '{}' : `JSON.parse(${fallback.getText()})`;
}

/** A name that means nothing yet in the function. */
function freeName(at: ts.Identifier, noun: string): string | undefined {
  return identifiersIn(enclosingFunction(at)).has(noun) ? undefined : noun;
}

/** Where any expression can stand without parentheses. */
function standsAlone(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression !== node;
  return (
    ts.isVariableDeclaration(parent) || ts.isReturnStatement(parent) || ts.isExpressionStatement(parent) || ts.isArrowFunction(parent) || ts.isPropertyAssignment(parent) || ts.isArrayLiteralExpression(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === node)
  );
}
