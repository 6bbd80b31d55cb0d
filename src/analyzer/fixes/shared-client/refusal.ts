/** Why no shared client can take a place, for the person who asks: the end of the sentence “No fix here: …”. */
import type ts from 'typescript';

export class Refusal {
  readonly reason: string;
  /** Where the reason stands, if in one place. */
  readonly node: ts.Node | undefined;

  constructor(reason: string, node?: ts.Node) {
    this.reason = reason;
    this.node = node;
  }
}
