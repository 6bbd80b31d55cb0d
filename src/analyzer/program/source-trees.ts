/** Files parsed and bound, each once per text. */
import ts from 'typescript';
import { bindTree } from './bind-tree.ts';
import { withAwait } from './compiled-async.ts';
import { changedRange } from './import-edits.ts';
import { ownFreshText } from './own-text.ts';
import { readRequires } from './required-modules.ts';

export class SourceTrees {
  readonly #trees = new Map<string, ts.SourceFile>();
  /** What a compiled file's tree is of, where that is not the file's text: see `withAwait`. */
  readonly #compiled = new WeakMap<ts.SourceFile, string>();

  /**
   * The tree of a file's text. Where there was one of an earlier text, what lies outside of the edit is the same nodes, taken from that tree,
   * which is of no use afterwards.
   */
  of(fileName: string, text: string): ts.SourceFile {
    const known = this.#trees.get(fileName);
    if (known && (known.text === text || this.#compiled.get(known) === text)) return known;
    const read = withAwait(fileName, text, scriptKind(fileName));
    const tree = known ? edited(known, read) : parsed(fileName, read);
    if (read !== text) this.#compiled.set(tree, text);
    readRequires(tree);
    bindTree(tree, known);
    this.#trees.set(fileName, tree);
    return tree;
  }

  has(tree: ts.SourceFile): boolean {
    return this.#trees.get(tree.fileName) === tree;
  }

  /** Forgets the trees that nobody wants any more. */
  keep(isWanted: (tree: ts.SourceFile) => boolean): void {
    for (const [file, tree] of this.#trees) if (!isWanted(tree)) this.#trees.delete(file);
  }
}

function parsed(fileName: string, text: string): ts.SourceFile {
  // Without parents: binding sets them.
  return ts.createSourceFile(fileName, text, { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors }, false, scriptKind(fileName));
}

function edited(tree: ts.SourceFile, text: string): ts.SourceFile {
  const [start, end] = changedRange(tree.text, text);
  const after = ts.updateSourceFile(tree, text, { span: { start, length: end - start }, newLength: text.length - tree.text.length + (end - start) });
  // Before binding: symbols go by the names of their nodes.
  ownFreshText(after, tree);
  return after;
}

/** JavaScript may hold JSX under any of its extensions. */
function scriptKind(fileName: string): ts.ScriptKind | undefined {
  return /\.[cm]?js$/.test(fileName) ? ts.ScriptKind.JSX : undefined;
}
