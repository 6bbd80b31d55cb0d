/** What all edits of one fix share: the functions' names, where they stand, the objects' type. */
import type ts from 'typescript';
import type { ValueType } from './value-type.ts';

export interface HelperNames {
  toHash: string;
  write: string;
  update: string;
  read: string;
  clientInterface: string;
}

export interface EditContext {
  checker: ts.TypeChecker;
  noun: string;
  names: HelperNames;
  /** Where a read may leave its type out. */
  valueType: ValueType | undefined;
  /** Notes that a file calls a function. */
  uses(sourceFile: ts.SourceFile, name: string): void;
  /** Notes code that is taken out, and may have been the last to mention what it mentions. */
  drops(node: ts.Node): void;
}
