/**
 * `require('x')` in a file of TypeScript, which the checker takes for `any`: read as what the module is, as it is in JavaScript. By what
 * tells the checker that an expression is JavaScript, set on the call and its words alone, so that nothing else of the file is read otherwise.
 */
import ts from 'typescript';
import { walk } from '../facts/code/ast.ts';

const mayRequire = /\brequire\s*\(/;

/** @returns whether a text of that name has such calls, or may have */
export const requiresInTypeScript = (fileName: string, text: string): boolean => /\.[cm]?tsx?$/.test(fileName) && mayRequire.test(text);

/** To be asked of each new tree before the checker sees it. */
export function readRequires(tree: ts.SourceFile): void {
  if (!requiresInTypeScript(tree.fileName, tree.text)) return;
  walk(tree, (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'require') return undefined;
    const [specifier] = node.arguments;
    if (specifier && ts.isStringLiteralLike(specifier)) for (const one of [node, node.expression, specifier]) (one as { flags: ts.NodeFlags }).flags |= ts.NodeFlags.JavaScriptFile;
    return undefined;
  });
}
