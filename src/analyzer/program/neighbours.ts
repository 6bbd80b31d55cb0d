import type ts from 'typescript';

/** The files around one, as far as a search by name needs them. */
export interface Neighbours {
  /** A file, and those that import something of it, directly or not, in a stable order. */
  reach(file: string): readonly string[];
  /** Whether one file imports something of another itself, barrels aside. */
  imports(importer: string, file: string): boolean;
  text(file: string): string | undefined;
  /** With everything the checker needs to be asked about it. */
  tree(file: string): ts.SourceFile | undefined;
  /** Whether a node is of the tree that its file has now. */
  isCurrent(node: ts.Node): boolean;
}
