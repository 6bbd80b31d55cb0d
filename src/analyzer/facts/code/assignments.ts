/** What a file assigns to a name. */
import ts from 'typescript';
import { isAssignment, unwrap } from './ast.ts';
import { nodesOf } from '../calls/nodes.ts';

const assignedByFile = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.BinaryExpression[]>>();

/** Assignments of a file by the name assigned to. */
export function assignmentsTo(file: ts.SourceFile, name: string): readonly ts.BinaryExpression[] {
  let known = assignedByFile.get(file);
  if (!known) {
    const found = new Map<string, ts.BinaryExpression[]>();
    for (const node of nodesOf(file)) {
      if (!isAssignment(node)) continue;
      const target = unwrap(node.left);
      const text = ts.isIdentifier(target) ? target.text : ts.isPropertyAccessExpression(target) ? target.name.text : undefined;
      if (text === undefined) continue;
      const list = found.get(text);
      if (list) list.push(node);
      else found.set(text, [node]);
    }
    assignedByFile.set(file, (known = found));
  }
  return known.get(name) ?? [];
}

/** `null`, `undefined`, `void 0`. */
export function isNothing(value: ts.Expression): boolean {
  const node = unwrap(value);
  return node.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(node) || (ts.isIdentifier(node) && node.text === 'undefined');
}
