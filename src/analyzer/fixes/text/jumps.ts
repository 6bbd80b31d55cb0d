/** What ties a piece of code to where it stands: what would mean something else, or nothing, inside another function or loop. */
import ts from 'typescript';
import { isPropertyName } from './names.ts';

export type Tie = 'return' | 'break' | 'continue' | 'yield' | 'await' | 'this' | 'arguments' | 'super' | 'new.target';

interface Around {
  /** Within a loop, and a loop or switch, of the code itself. */
  loop: boolean;
  breakable: boolean;
  labels: ReadonlySet<string>;
  /** Within a function of the code itself: an arrow has no own `this`, `arguments`, `super`. */
  fn: 'none' | 'arrow' | 'full';
}

/** The ties of some nodes taken together, e.g. the statements of a loop's body; a tie within them (a break of an inner loop) is none. */
export function tiesOf(nodes: readonly ts.Node[]): ReadonlySet<Tie> {
  const found = new Set<Tie>();
  for (const node of nodes) visit(node, { loop: false, breakable: false, labels: new Set(), fn: 'none' }, (tie) => found.add(tie));
  return found;
}

/** Whether a `function` is called with a `this` or with `arguments` that its body asks for. */
export function needsItsCall(fn: ts.FunctionExpression): boolean {
  const ties = tiesOf([fn.body]);
  return ties.has('this') || ties.has('arguments');
}

/** The `break` or `continue` statements that leave `body` for its own loop (or for one further out, when labelled). */
export function jumpsOf(body: ts.Node): ts.BreakOrContinueStatement[] {
  const found: ts.BreakOrContinueStatement[] = [];
  visit(body, { loop: false, breakable: false, labels: new Set(), fn: 'none' }, (_tie, node) => {
    if (ts.isBreakOrContinueStatement(node)) found.push(node);
  });
  return found;
}

function visit(node: ts.Node, around: Around, report: (tie: Tie, node: ts.Node) => void): void {
  const inner = (change: Partial<Around>): void => ts.forEachChild(node, (child) => visit(child, { ...around, ...change }, report));
  if (ts.isArrowFunction(node)) return inner({ loop: false, breakable: false, labels: new Set(), fn: around.fn === 'full' ? 'full' : 'arrow' });
  if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return inner({ loop: false, breakable: false, labels: new Set(), fn: 'full' });
  if (ts.isPropertyDeclaration(node)) return inner({ fn: 'full' });
  if (ts.isIterationStatement(node, false)) {
    if (ts.isForOfStatement(node) && node.awaitModifier && around.fn === 'none') report('await', node);
    return inner({ loop: true, breakable: true });
  }
  if (ts.isSwitchStatement(node)) return inner({ breakable: true });
  if (ts.isLabeledStatement(node)) return inner({ labels: new Set([...around.labels, node.label.text]) });
  if (ts.isBreakOrContinueStatement(node)) {
    const own = node.label ? around.labels.has(node.label.text) : ts.isBreakStatement(node) ? around.breakable : around.loop;
    if (!own) report(ts.isBreakStatement(node) ? 'break' : 'continue', node);
    return;
  }
  if (around.fn === 'none') {
    if (ts.isReturnStatement(node)) report('return', node);
    if (ts.isYieldExpression(node)) report('yield', node);
    if (ts.isAwaitExpression(node)) report('await', node);
  }
  if (around.fn !== 'full') {
    if (node.kind === ts.SyntaxKind.ThisKeyword) report('this', node);
    if (node.kind === ts.SyntaxKind.SuperKeyword) report('super', node);
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.NewKeyword) report('new.target', node);
    if (ts.isIdentifier(node) && node.text === 'arguments' && !isPropertyName(node)) report('arguments', node);
  }
  inner({});
}
