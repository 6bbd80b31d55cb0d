/** A place that keeps a key pattern from being turned into another type. */
import type ts from 'typescript';

export interface Obstacle {
  node: ts.Node;
  /** Stands at the write itself, which need not be named. */
  own?: true;
  /** Goes on from `since src/users.ts:12 …`. */
  reason: string;
}

export const isObstacle = <T extends object>(planned: T | Obstacle): planned is Obstacle => 'reason' in planned;

/** `src/users.ts:12` */
export function placeName(node: ts.Node, root: string): string {
  const sourceFile = node.getSourceFile();
  return `${sourceFile.fileName.slice(root.length + 1)}:${sourceFile.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
