/** Files parsed and bound, each once per text. */
import ts from 'typescript';
import { compilerInternals, compilerOptions } from './compiler.ts';

export class SourceTrees {
  readonly #trees = new Map<string, ts.SourceFile>();

  of(fileName: string, text: string): ts.SourceFile {
    const known = this.#trees.get(fileName);
    if (known?.text === text) return known;
    // Without parents: binding sets them.
    const tree = ts.createSourceFile(fileName, text, { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors }, false, scriptKind(fileName));
    compilerInternals.bindSourceFile(tree, compilerOptions);
    this.#trees.set(fileName, tree);
    return tree;
  }

  /** Forgets the trees that nobody wants any more. */
  keep(isWanted: (tree: ts.SourceFile) => boolean): void {
    for (const [file, tree] of this.#trees) if (!isWanted(tree)) this.#trees.delete(file);
  }
}

/** JavaScript may hold JSX under any of its extensions. */
function scriptKind(fileName: string): ts.ScriptKind | undefined {
  return /\.[cm]?js$/.test(fileName) ? ts.ScriptKind.JSX : undefined;
}
