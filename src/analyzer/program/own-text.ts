/**
 * Makes the names of nodes their own. What V8 cuts from a text shares that text's memory and so keeps the whole of it; a node that later edits
 * leave alone would keep the text in which it was parsed, one for each function that somebody has typed in.
 */
import ts from 'typescript';

/** What is shorter, V8 copies. */
const shortestShared = 13;

/** The properties of all kinds of nodes that hold a piece of the text, and the comments that are none of a node's children. */
interface Worded extends ts.Node {
  escapedText?: string;
  text?: string;
  rawText?: string;
  comment?: string | ts.NodeArray<ts.JSDocComment>;
  jsDoc?: readonly ts.JSDoc[];
}

const pieces = ['escapedText', 'text', 'rawText', 'comment'] as const;

/** @param before the tree of the text before the edit, whose statements, and members of classes, are the edited tree's too where the edit left them */
export function ownFreshText(edited: ts.SourceFile, before: ts.SourceFile): void {
  const old = new Set(before.statements.flatMap(partsOf));
  for (const part of edited.statements.flatMap(partsOf)) if (!old.has(part)) ownText(part, old);
}

/** A class and its members apart, since a member's edit makes the class anew and leaves the other members. */
function partsOf(statement: ts.Statement): ts.Node[] {
  return ts.isClassDeclaration(statement) ? [statement, ...statement.members] : [statement];
}

function ownText(node: Worded, known: ReadonlySet<ts.Node>): void {
  for (const piece of pieces) {
    // An identifier's `text` is asked of its `escapedText`.
    const text = Object.hasOwn(node, piece) ? node[piece] : undefined;
    if (typeof text === 'string' && text.length >= shortestShared) node[piece] = own(text);
  }
  for (const doc of node.jsDoc ?? []) ownText(doc, known);
  ts.forEachChild(node, (child) => {
    if (!known.has(child)) ownText(child, known);
  });
}

/** By way of another text, of which nothing is shared. */
function own(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
