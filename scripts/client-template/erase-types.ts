/**
 * TypeScript → JavaScript by cutting the types out of the text: TypeScript's own emitter would drop blank lines and indent by four.
 * It knows what the templates use and refuses what it does not know.
 */
import ts from 'typescript';

interface Cut {
  start: number;
  end: number;
  text?: string;
}

/** The same program without types; comments, blank lines and indentation stay. */
export function withoutTypes(text: string): string {
  const file = ts.createSourceFile('template.ts', text, ts.ScriptTarget.Latest, true);
  const cuts: Cut[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return void cuts.push(wholeStatement(file, node));
    if (ts.isAsExpression(node)) {
      cuts.push({ start: node.expression.getEnd(), end: node.getEnd() });
      return visit(node.expression);
    }
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node)) && node.type) cuts.push({ start: node.name.getEnd(), end: node.type.getEnd() });
    if (ts.isFunctionLike(node)) {
      if (node.type) cuts.push({ start: closingParenthesis(text, node.type.getFullStart()), end: node.type.getEnd() });
      if (node.typeParameters) cuts.push({ start: node.typeParameters.pos - 1, end: node.typeParameters.end + 1 });
    }
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.typeArguments) cuts.push({ start: node.typeArguments.pos - 1, end: node.typeArguments.end + 1 });
    if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier) throw new Error('The templates import no types: their names would have to be cut out.');
    ts.forEachChild(node, (child) => (ts.isTypeNode(child) ? undefined : visit(child)));
  };
  visit(file);
  // An ES module of JavaScript names its neighbour with the extension.
  const result = apply(text, cuts).replace("from './redis-client';", "from './redis-client.js';");
  const output = ts.transpileModule(result, { fileName: 'template.js', reportDiagnostics: true, compilerOptions: { allowJs: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext } });
  const [problem] = output.diagnostics ?? [];
  if (problem) throw new Error(`Not JavaScript after erasing types: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`);
  return result;
}

/** `import { a } from 'm'` → `const { a } = require('m')`; exported functions go to module.exports at the end. */
export function toCommonJs(text: string): string {
  const exported = [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map((match) => match[1]);
  const body = text.replace(/^import (\{[^}]*\}) from ('[^']*');$/gm, 'const $1 = require($2);').replace(/^export /gm, '')
    .replace(/^( \* {3})import (\{.*\}) from ('[^']*');$/gm, '$1const $2 = require($3);').replace('./redis-client.js', './redis-client');
  return `${body}\nmodule.exports = { ${exported.join(', ')} };\n`;
}

/** With its comment, and the blank line after it. */
function wholeStatement(file: ts.SourceFile, node: ts.Node): Cut {
  const end = node.getEnd();
  const after = /^\n\n?/.exec(file.text.slice(end))?.[0].length ?? 0;
  return { start: node.getFullStart() + (/^\s*/.exec(file.text.slice(node.getFullStart()))?.[0].length ?? 0), end: end + after };
}

/** Where `): Type` begins after the parenthesis. */
function closingParenthesis(text: string, typeStart: number): number {
  return text.lastIndexOf(')', typeStart) + 1;
}

function apply(text: string, cuts: Cut[]): string {
  let result = text;
  for (const { start, end, text: replacement } of [...cuts].sort((a, b) => b.start - a.start)) result = result.slice(0, start) + (replacement ?? '') + result.slice(end);
  return result;
}
