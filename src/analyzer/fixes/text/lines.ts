/**
 * Code as lines: written by a planner without a thought of indentation, rendered in the file's style.
 *
 *     render(['for (const key of keys) {', [`await drop(${sourceText(argument)});`], '}'], indentationOf(statement), style)
 *
 * A nested array is one level deeper. Statements are written with their `;`, left out where the file has none.
 * Text taken by `sourceText` may run over several lines: they move along, except those that lie within a
 * template literal, whose spaces are text.
 */
import ts from 'typescript';
import { walk } from '../../facts/code/ast.ts';
import { lineIndentation } from './indentation.ts';
import type { Style } from './style.ts';

export type Lines = readonly (string | Lines)[];

/** Noncharacters, never part of a program: a line that must not be indented, and the end of text taken from the source. */
const fixed = '\uFFFE';
const taken = '\uFFFF';

/** No indentation before the first line, which stands where a statement stands; no newline after the last. */
export function render(lines: Lines, indentation: string, style: Style): string {
  const out: string[] = [];
  const add = (list: Lines, lead: string): void => {
    for (const line of list) {
      if (typeof line !== 'string') {
        add(line, lead + style.indent);
        continue;
      }
      const statement = style.semicolons ? line : line.replace(/;$/, '');
      for (const part of statement.replaceAll(taken, '').split(/\r?\n/)) {
        if (part.startsWith(fixed)) out.push(part.slice(1));
        else if (part.trim() === '') out.push('');
        else out.push(out.length === 0 ? part : lead + part);
      }
    }
  };
  add(lines, indentation);
  return out.join(style.newline);
}

/** A replacement within text that is taken; offsets into the file. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/**
 * A node's text with its inner comments, moved to the left margin so that `render` can put it anywhere.
 * `comments: true` takes the comments before it as well.
 */
export function sourceText(node: ts.Node, options: { replace?: readonly Replacement[]; comments?: boolean } = {}): string {
  const sourceFile = node.getSourceFile();
  const start = options.comments ? startWithComments(node) : node.getStart(sourceFile);
  return sourceRange(sourceFile, { start, end: node.end }, options.replace);
}

/** As `sourceText`, for any range; what is within it moves by the indentation of the line on which it starts. */
export function sourceRange(sourceFile: ts.SourceFile, range: { start: number; end: number }, replace: readonly Replacement[] = []): string {
  const text = sourceFile.text;
  const base = lineIndentation(sourceFile, range.start);
  const inLiteral = literalLines(sourceFile, range);
  let out = '';
  let at = range.start;
  const copy = (until: number): void => {
    let from = at;
    for (let line = text.indexOf('\n', at) + 1; line > 0 && line <= until; line = text.indexOf('\n', line) + 1) {
      out += text.slice(from, line);
      from = line;
      if (inLiteral(line)) out += fixed;
      else while (from < until && from - line < base.length && (text[from] === ' ' || text[from] === '\t')) from++;
    }
    out += text.slice(from, until);
    at = until;
  };
  for (const { start, end, text: by } of replace.toSorted((a, b) => a.start - b.start)) {
    copy(start);
    out += by;
    at = end;
  }
  copy(range.end);
  return out + taken;
}

function startWithComments(node: ts.Node): number {
  const sourceFile = node.getSourceFile();
  return ts.getLeadingCommentRanges(sourceFile.text, node.pos)?.[0]?.pos ?? node.getStart(sourceFile);
}

/** Tells whether a line starts within a literal that runs over several lines. */
function literalLines(sourceFile: ts.SourceFile, range: { start: number; end: number }): (lineStart: number) => boolean {
  const literals: { start: number; end: number }[] = [];
  const look = (node: ts.Node): boolean | undefined => {
    if (node.end <= range.start || node.pos >= range.end) return false;
    if (ts.isTemplateLiteralToken(node) || ts.isStringLiteral(node)) literals.push({ start: node.getStart(sourceFile), end: node.end });
    return undefined;
  };
  walk(sourceFile, look);
  return (lineStart) => literals.some(({ start, end }) => start < lineStart && lineStart < end);
}
