/** `const [, keys] = await r.scan('0', …)` → a scan to the end, its names collected in a Set. */
import ts from 'typescript';
import { constantText } from '../facts/code/fold.ts';
import { pageSizeOf } from '../facts/replies/scan-uses.ts';
import { matchOf } from '../facts/keys/json-keys.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { referencesTo } from '../facts/code/references.ts';
import { forEachKey, scanWriter } from '../dialects/write/scan.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { namesOf } from './scan-instead-of-keys-parts.ts';
import { hasComments, leadingComments } from './text/comments.ts';
import { isInList, replaceNode, replaceStatement } from './text/edits.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';
import { quote } from './text/quote.ts';
import { styleOf } from './text/style.ts';
import { methodOf, unwrap } from '../facts/code/ast.ts';

/** [] where the page is not taken by a statement of its own, or SCAN is given more than MATCH and COUNT. */
export function planScanToTheEnd(call: RedisCall, checker: ts.TypeChecker): FixPlan[] {
  const style = styleOf(call.sourceFile);
  const writer = scanWriter(call, style);
  const declaration = call.use.value.parent;
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : undefined;
  const method = ts.isCallExpression(call.node) ? methodOf(call.node) : undefined;
  if (call.command !== 'SCAN' || call.use.kind !== 'awaited' || !writer || !method || !statement || !ts.isVariableStatement(statement) || !isInList(statement)) return [];
  if (statement.declarationList.declarations.length !== 1 || call.spelling !== 'method' || /Buffer/.test(method.name) || ts.isOptionalChain(call.node) || !isRepeatable(unwrap(method.target))) return [];
  if (!isPlain(call, checker) || hasComments(call.sourceFile, { start: statement.getStart(), end: statement.end })) return [];
  if (leadingComments(statement).some(({ pos, end }) => /@ts-|eslint-/.test(call.sourceFile.text.slice(pos, end)))) return [];
  const { name } = declaration as ts.VariableDeclaration;
  const match = matchOf(call);
  const client = unwrap(method.target).getText();
  const pattern = match?.getText() ?? quote('*', style);
  if (client.includes('\n') || pattern.includes('\n')) return [];
  const names = namesOf(statement.parent, [method.target, ...(match ? [match] : [])], checker);
  const list = listOf(name, checker);
  if (!list) return [];
  const found = freshName(statement, ['found', 'names', 'foundKeys'], { checker, taken: new Set([...Object.values(names), list.name]) });
  const lines = [
    `const ${found} = new Set${style.typescript ? '<string>' : ''}();`,
    ...forEachKey(writer, { client, pattern, names }, [`${found}.add(${names.key});`]),
    `const ${list.name} = [...${found}];`,
  ];
  const edits = [claimScope(statement), replaceStatement(statement, lines), ...list.edits];
  return [{ id: 'scan-to-the-end', title: 'Scan to the end', kind: 'suggest', keeps: { replies: 'same-as-set', keyspace: 'same', roundTrips: 'same' }, edits }];
}

/** MATCH and COUNT alone: a TYPE would be lost. */
function isPlain(call: RedisCall, checker: ts.TypeChecker): boolean {
  const known = new Set([matchOf(call), pageSizeOf(call)]);
  return [...call.args.list.slice(1), ...(call.args.options ? [call.args.options] : [])].every((one) => {
    if (known.has(one)) return true;
    const node = unwrap(one);
    if (ts.isObjectLiteralExpression(node)) return node.properties.every((property) => /^(?:match|count)$/i.test(property.name?.getText() ?? ''));
    return !ts.isSpreadElement(node) && /^(?:MATCH|COUNT)$/i.test(constantText(node, checker) ?? '');
  });
}

/** What the list is called, and the edits of its uses; undefined where its name is not free. */
function listOf(name: ts.BindingName, checker: ts.TypeChecker): { name: string; edits: TextEdit[] } | undefined {
  if (ts.isIdentifier(name)) {
    const uses = referencesTo(name, checker).map(({ parent }) => parent);
    const fresh = freshName(name, ['keys', 'names'], { checker });
    return { name: fresh, edits: uses.map((part) => replaceNode(part, fresh)) };
  }
  const element = ts.isArrayBindingPattern(name) ? name.elements[1] : name.elements.find((one) => (one.propertyName ?? one.name).getText() === 'keys');
  return element && ts.isBindingElement(element) && ts.isIdentifier(element.name) && !element.initializer ? { name: element.name.text, edits: [] } : undefined;
}
