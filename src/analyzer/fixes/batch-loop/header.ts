/** A loop's header: what it walks, what it names each turn, and how it is written again over another list. */
import ts from 'typescript';
import { unwrap } from '../../facts/code/ast.ts';
import { isList } from '../../facts/together/looped-command.ts';
import { sourceRange, sourceText, type Replacement } from '../text/lines.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { namesOf } from './effects.ts';

export interface Header {
  node: ts.IterationStatement;
  /** With its labels. */
  statement: ts.Statement;
  /** The variable of `for (const <binding> of …)` and `for (const <binding> in …)`, where the loop itself declares it. */
  binding: ts.BindingName | undefined;
  /** Each turn has a variable of its own, which a callback may keep: declared by `const` or `let`. */
  perTurn: boolean;
  /** What a `for…of` walks. */
  list: ts.Expression | undefined;
  /** How far what it walks is known to be an array. */
  isArray: boolean;
  /** `for await` over something that is no list in memory. */
  isStream: boolean;
  /** The variable of `for (let i = 0; …; i++)`: it counts the turns. */
  counter: ts.Identifier | undefined;
}

export function headerOf(node: ts.IterationStatement, workspace: Workspace): Header {
  let statement: ts.Statement = node;
  while (ts.isLabeledStatement(statement.parent)) statement = statement.parent;
  const initializer = ts.isForOfStatement(node) || ts.isForInStatement(node) || ts.isForStatement(node) ? node.initializer : undefined;
  const declared = initializer && ts.isVariableDeclarationList(initializer) ? initializer : undefined;
  const perTurn = declared !== undefined && (declared.flags & ts.NodeFlags.BlockScoped) !== 0;
  const walks = ts.isForOfStatement(node) || ts.isForInStatement(node);
  const list = ts.isForOfStatement(node) ? node.expression : undefined;
  const isArray = list !== undefined && isArrayLike(list, workspace);
  return {
    node,
    statement,
    binding: walks ? declared?.declarations[0]?.name : undefined,
    perTurn,
    list,
    isArray,
    isStream: ts.isForOfStatement(node) && node.awaitModifier !== undefined && !isArray,
    counter: ts.isForStatement(node) ? counterOf(node) : undefined,
  };
}

function isArrayLike(list: ts.Expression, workspace: Workspace): boolean {
  if (ts.isArrayLiteralExpression(unwrap(list))) return true;
  return isList(workspace.checker.getTypeAtLocation(list), workspace.checker);
}

/** Begins at 0 and goes by one, whatever ends it. */
function counterOf(node: ts.ForStatement): ts.Identifier | undefined {
  const list = node.initializer;
  const [declaration, ...more] = list && ts.isVariableDeclarationList(list) ? list.declarations : [];
  if (!declaration || more.length > 0 || !ts.isIdentifier(declaration.name) || declaration.initializer?.getText() !== '0') return undefined;
  const name = declaration.name.text;
  const step = node.incrementor?.getText().replaceAll(' ', '');
  return step === `${name}++` || step === `++${name}` || step === `${name}+=1` ? declaration.name : undefined;
}

/** A list's text as something that a method can be called on. */
export function listText(list: ts.Expression): string {
  const text = sourceText(list);
  const isPostfix = ts.isIdentifier(list) || ts.isPropertyAccessExpression(list) || ts.isCallExpression(list) || ts.isElementAccessExpression(list) || ts.isArrayLiteralExpression(list) || ts.isParenthesizedExpression(list);
  return isPostfix && !ts.isOptionalChain(list) ? text : `(${text})`;
}

/** `outer: for (const id of ids) `, up to the body; over another list, or naming other things, where given. */
export function headerText(header: Header, change: { list?: string; binding?: string; label?: boolean } = {}): string {
  const { node, statement } = header;
  const sourceFile = node.getSourceFile();
  const replace: Replacement[] = [];
  const put = (at: ts.Node, text: string): number => replace.push({ start: at.getStart(sourceFile), end: at.end, text });
  // In parentheses where a method is called on it, which a header needs not.
  if (change.list !== undefined && header.list && change.list !== listText(header.list)) put(header.list, change.list);
  if (change.binding !== undefined && header.binding) put(header.binding, change.binding);
  const start = change.label === false ? node.getStart(sourceFile) : statement.getStart(sourceFile);
  const end = sourceFile.text.slice(0, node.statement.getStart(sourceFile)).trimEnd().length;
  return sourceRange(sourceFile, { start, end }, replace);
}

/**
 * A binding that names only what is used: `[id, name]` becomes `[, name]`. Undefined where it cannot be pruned (defaults, rest,
 * nested patterns); the text itself where all of it is used.
 */
export function prunedBinding(binding: ts.BindingName, isUsed: (name: ts.Identifier) => boolean): string | undefined {
  if (ts.isIdentifier(binding) || namesOf(binding).every(isUsed)) return binding.getText();
  const kept = binding.elements.map((element) => (ts.isBindingElement(element) && ts.isIdentifier(element.name) && !element.dotDotDotToken ? element : undefined));
  if (kept.some((element, index) => element === undefined && !ts.isOmittedExpression(binding.elements[index] as ts.Node))) return undefined;
  const wanted = kept.map((element) => (element && isUsed(element.name as ts.Identifier) ? element.getText() : ''));
  if (ts.isObjectBindingPattern(binding)) {
    const names = wanted.filter((text) => text !== '');
    return names.length > 0 ? `{ ${names.join(', ')} }` : undefined;
  }
  while (wanted.at(-1) === '') wanted.pop();
  return wanted.length > 0 ? `[${wanted.join(', ')}]` : undefined;
}

/** Whether a label is the loop's own. */
export function labels({ node, statement }: Header, label: string): boolean {
  for (let at: ts.Node = node; at !== statement; at = at.parent) if (ts.isLabeledStatement(at.parent) && at.parent.label.text === label) return true;
  return false;
}
