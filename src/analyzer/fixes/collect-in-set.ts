/** An array that gathers the names of a scan becomes a Set; where the array itself goes somewhere, its names are spread into one. */
import ts from 'typescript';
import { isAssignment, unwrap, wrapped } from '../facts/code/ast.ts';
import type { RepeatedNames } from '../facts/replies/repeated-names.ts';
import { referencesTo } from '../facts/code/references.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { hasComments } from './text/comments.ts';
import { insertAt, replaceNode, replaceRange } from './text/edits.ts';
import { freshName } from './text/names.ts';
import { styleOf } from './text/style.ts';

/** [] where the array is changed by anything but `push`, or its type is said in another way. */
export function planCollectInSet({ scan, list, pushes }: RepeatedNames, checker: ts.TypeChecker): FixPlan[] {
  const style = styleOf(list.getSourceFile());
  const sourceFile = list.getSourceFile();
  if (!list.initializer || (list.type && !/^(?:string\[\]|Array<string>)$/.test(list.type.getText())) || hasComments(sourceFile, { start: list.getStart(sourceFile), end: list.end })) return [];
  // Without a type of its own, the array takes that of what is pushed.
  const edits: TextEdit[] = [replaceRange(sourceFile, list.name.end, list.end, ` = new Set${style.typescript ? '<string>' : ''}()`)];
  const isAny = /^@scan\w*Stream$/.test(scan.command) && style.typescript;
  for (const push of pushes) {
    const edit = added(push, list.name.text, isAny, checker);
    if (!edit) return [];
    edits.push(...edit);
  }
  const pushed = new Set(pushes.map((push) => unwrap((unwrap(push.expression) as ts.PropertyAccessExpression).expression)));
  const uses = referencesTo(list.name, checker).filter((use) => !pushed.has(use));
  // What is put in order by one use is in order for the next, which a copy would not be.
  if (uses.length > 1 && uses.some(isReordered)) return [];
  for (const use of uses) {
    const edit = usedAsSet(use);
    if (!edit) return [];
    edits.push(...edit);
  }
  return [{ id: 'set', title: 'Collect the names in a Set', kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits }];
}

/** `found.push(key)` → `found.add(key)`, `found.push(...keys)` → a loop; undefined where the reply of `push` is used. */
function added(push: ts.CallExpression, set: string, isAny: boolean, checker: ts.TypeChecker): TextEdit[] | undefined {
  const [argument] = push.arguments;
  const sourceFile = push.getSourceFile();
  const outer = wrapped(push);
  const { parent } = outer;
  const isStatement = ts.isExpressionStatement(parent);
  const isBody = ts.isArrowFunction(parent) && parent.body === outer;
  if (!argument || (!isStatement && !isBody) || hasComments(sourceFile, { start: push.getStart(sourceFile), end: push.end })) return undefined;
  if (!ts.isSpreadElement(argument)) {
    const callee = unwrap(push.expression);
    return ts.isPropertyAccessExpression(callee) ? [replaceNode(callee.name, 'add')] : undefined;
  }
  const names = argument.expression;
  const key = freshName(push, ['key', 'name'], { checker, beside: [names] });
  if (isStatement) return [replaceNode(push, `for (const ${key} of ${names.getText()}${isAny && ts.isIdentifier(names) ? ' as string[]' : ''}) ${set}.add(${key})`)];
  if (!ts.isIdentifier(names) && !ts.isPropertyAccessExpression(names) && !ts.isElementAccessExpression(names)) return undefined;
  // In a listener the reply is nobody's.
  return [replaceNode(push, `${names.getText()}.forEach((${isAny ? `${key}: string` : key}) => ${set}.add(${key}))`)];
}

const isReordered = ({ parent }: ts.Identifier): boolean => ts.isPropertyAccessExpression(parent) && /^(?:sort|reverse)$/.test(parent.name.text);

const reading = /^(?:map|filter|flatMap|slice|some|every|find|findIndex|join|concat|reduce|at|sort|reverse|toSorted|entries|indexOf)$/;

/** What a use of the array becomes; undefined where a Set cannot take its place. */
function usedAsSet(use: ts.Identifier): TextEdit[] | undefined {
  const { parent } = use;
  const spread = [replaceNode(use, `[...${use.text}]`)];
  if (ts.isPropertyAccessExpression(parent) && parent.expression === use) {
    if (parent.name.text === 'length') return isAssignment(parent.parent) && parent.parent.left === parent ? undefined : [replaceNode(parent.name, 'size')];
    if (parent.name.text === 'forEach') return [];
    return reading.test(parent.name.text) ? spread : undefined;
  }
  if (ts.isShorthandPropertyAssignment(parent)) return [insertAt(use.getSourceFile(), use.end, `: [...${use.text}]`)];
  if (ts.isSpreadElement(parent) || (ts.isForOfStatement(parent) && parent.expression === use)) return [];
  if (isAssignment(parent) && parent.left === use) return undefined;
  if (ts.isElementAccessExpression(parent) && parent.expression === use) return isAssignment(parent.parent) && parent.parent.left === parent ? undefined : spread;
  if (ts.isReturnStatement(parent) || ts.isCallExpression(parent) || ts.isPropertyAssignment(parent) || (ts.isArrowFunction(parent) && parent.body === use)) return spread;
  return ts.isNewExpression(parent) && parent.expression.getText() === 'Set' ? [] : undefined;
}
