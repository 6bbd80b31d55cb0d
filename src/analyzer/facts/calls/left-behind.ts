/** What the code of a region leaves for that of others to find, beyond what it returns. */
import ts from 'typescript';
import { isAssignment } from '../code/ast.ts';
import { sha256 } from '../../text-hash.ts';
import { nodesIn } from './nodes.ts';
import type { Region } from './regions.ts';

const left = new WeakMap<Region, string>();

/** A digest of what a region leaves for others to find: assignments, and what it constructs. To be asked first while its tree is current: an edit moves nodes. */
export function leftBehind(region: Region): string {
  let known = left.get(region);
  if (known === undefined) {
    const { text } = region.getSourceFile();
    const textOf = (node: ts.Node): string => text.slice(node.pos, node.end).trim();
    const leaves = (node: ts.Node): boolean => isAssignment(node) || ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node) || ts.isNewExpression(node) || (ts.isCallExpression(node) && /(?:^|\.)(?:create|duplicate|connect|promisify)\w*$/.test(textOf(node.expression)));
    // A digest: a piece of the text would keep the whole of it.
    left.set(region, (known = sha256(nodesIn(region).filter(leaves).map(textOf).join('\n'))));
  }
  return known;
}
