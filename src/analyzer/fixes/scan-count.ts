/** COUNT as it should be: 1,000. */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import { scanCount } from '../dialects/write/scan.ts';
import type { FixPlan } from '../rules/rule.ts';
import { replaceNode } from './text/edits.ts';
import { quote } from './text/quote.ts';
import { styleOf } from './text/style.ts';

/** @param count where COUNT is written; [] where it is no number there */
export function planScanCount(count: ts.Expression, value: number): FixPlan[] {
  const node = unwrap(count);
  if (!ts.isNumericLiteral(node) && !ts.isStringLiteralLike(node)) return [];
  const text = ts.isNumericLiteral(node) ? String(scanCount) : quote(String(scanCount), styleOf(node.getSourceFile()));
  const keeps = { replies: 'same-as-set', keyspace: 'same', roundTrips: value > scanCount ? 'longest-call-shorter' : 'fewer' } as const;
  return [{ id: 'count', title: `Scan with COUNT ${scanCount}`, kind: 'suggest', keeps, edits: [replaceNode(node, text)] }];
}
