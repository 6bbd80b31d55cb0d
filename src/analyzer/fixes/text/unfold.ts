/** A block written on one line, `{ await a(); await b(); }`, is opened where a fix puts several lines into it. */
import ts from 'typescript';
import type { FixPlan, TextEdit } from '../../rules/rule.ts';
import { trailingComments } from './comments.ts';
import { foldedBlock, lineIndentation } from './indentation.ts';
import { styleOf } from './style.ts';

/** The edits of a fix, with those that open the blocks. */
export function unfoldBlocks(edits: FixPlan['edits']): FixPlan['edits'] {
  const written = edits.filter((edit) => 'sourceFile' in edit);
  const blocks = new Set(written.flatMap((edit) => foldedAround(edit) ?? []));
  const breaks = [...blocks].flatMap(lineBreaks).filter((gap) => !written.some((edit) => edit.sourceFile === gap.sourceFile && edit.start < gap.end && gap.start < edit.end));
  return breaks.length === 0 ? edits : [...edits, ...breaks];
}

function foldedAround({ sourceFile, start, end, text }: TextEdit): ts.Block | ts.ModuleBlock | undefined {
  if (!text.includes('\n')) return undefined;
  let found: ts.Block | ts.ModuleBlock | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > start || node.end < end) return;
    if (ts.isBlock(node) || ts.isModuleBlock(node)) {
      const edited = node.statements.find((statement) => [statement.getStart(sourceFile), endOnLine(statement)].includes(start));
      const first = node.statements[0];
      if (edited && first && foldedBlock(first)) found = node;
    }
    ts.forEachChild(node, visit);
  };
  visit(sourceFile);
  return found;
}

/** The white space between the statements of the block's first line, replaced by line breaks. */
function lineBreaks(block: ts.Block | ts.ModuleBlock): TextEdit[] {
  const sourceFile = block.getSourceFile();
  const { text } = sourceFile;
  const { newline, indent } = styleOf(sourceFile);
  const base = lineIndentation(sourceFile, block.getStart(sourceFile));
  const ends = [block.getStart(sourceFile) + 1, ...block.statements.map(endOnLine)];
  return ends.flatMap((start, index) => {
    const gap = /^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0;
    const isLast = index === block.statements.length;
    if (/^(\r?\n|$)/.test(text.slice(start + gap)) || (isLast && start + gap !== block.end - 1)) return [];
    return [{ sourceFile, start, end: start + gap, text: newline + base + (isLast ? '' : indent) }];
  });
}

const endOnLine = (statement: ts.Statement): number => trailingComments(statement).at(-1)?.end ?? statement.end;
