/** How a file is written, so that what a fix adds looks like what is there. Read off the file's own text; ties go to the common choice. */
import ts from 'typescript';
import { walk } from '../../facts/code/ast.ts';

export interface Style {
  quote: "'" | '"';
  semicolons: boolean;
  /** One level: a tab, or so many spaces. */
  indent: string;
  newline: '\n' | '\r\n';
  /** After the last element where a list is written over several lines. */
  trailingCommas: boolean;
  /** `{ a }` rather than `{a}`. */
  bracketSpacing: boolean;
  /** May hold type annotations. */
  typescript: boolean;
}

/** The content of an object on one line. */
export const braced = (content: string, { bracketSpacing }: Pick<Style, 'bracketSpacing'>): string => (bracketSpacing ? `{ ${content} }` : `{${content}}`);

const known = new WeakMap<ts.SourceFile, Style>();

export function styleOf(sourceFile: ts.SourceFile): Style {
  let style = known.get(sourceFile);
  if (!style) known.set(sourceFile, (style = detect(sourceFile)));
  return style;
}

function detect(sourceFile: ts.SourceFile): Style {
  const text = sourceFile.text;
  const count = { single: 0, double: 0, semicolon: 0, none: 0, trailing: 0, bare: 0, spaced: 0, tight: 0 };
  const look = (node: ts.Node): undefined => {
    if (ts.isStringLiteral(node) && !ts.isJsxAttribute(node.parent)) {
      // A string that holds a quote was not free to choose.
      if (!/['"]/.test(node.text)) count[text[node.end - 1] === '"' ? 'double' : 'single']++;
    } else if (endsWithSemicolon(node)) {
      count[text[node.end - 1] === ';' ? 'semicolon' : 'none']++;
    } else if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) {
      const list = ts.isObjectLiteralExpression(node) ? node.properties : node.elements;
      const last = list.at(-1);
      if (last) {
        if (text.slice(last.end, node.end).includes('\n')) count[list.hasTrailingComma ? 'trailing' : 'bare']++;
        else if (ts.isObjectLiteralExpression(node)) count[text[node.end - 2] === ' ' ? 'spaced' : 'tight']++;
      }
    }
    return undefined;
  };
  walk(sourceFile, look);
  return {
    quote: count.double > count.single ? '"' : "'",
    semicolons: count.semicolon >= count.none,
    indent: indentOf(text),
    newline: newlineOf(text),
    trailingCommas: count.trailing >= count.bare,
    bracketSpacing: count.spaced >= count.tight,
    typescript: /\.[mc]?tsx?$/.test(sourceFile.fileName),
  };
}

function endsWithSemicolon(node: ts.Node): boolean {
  return (
    ts.isExpressionStatement(node) || ts.isVariableStatement(node) || ts.isReturnStatement(node) || ts.isThrowStatement(node) ||
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isBreakOrContinueStatement(node) || ts.isTypeAliasDeclaration(node)
  );
}

function newlineOf(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  return all > 0 && (text.split('\r\n').length - 1) * 2 > all ? '\r\n' : '\n';
}

/** The most frequent step from one line to a deeper next one; two spaces where nothing is indented. */
function indentOf(text: string): string {
  const steps = new Map<string, number>();
  let previous = '';
  for (const line of text.split('\n')) {
    const match = /^([ \t]*)[^\s*]/.exec(line);
    if (!match) continue;
    const lead = match[1] ?? '';
    if (lead.length > previous.length && lead.startsWith(previous)) {
      const step = lead.slice(previous.length);
      // A lone space is an aligned comment; over eight, an aligned argument.
      if (step !== ' ' && step.length <= 8) steps.set(step, (steps.get(step) ?? 0) + 1);
    }
    previous = lead;
  }
  let best = '  ';
  let most = 0;
  for (const [step, times] of steps) {
    if (times > most) [best, most] = [step, times];
  }
  return best;
}
