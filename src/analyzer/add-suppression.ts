/** The comment that keeps one finding quiet, as an edit. */
import ts from 'typescript';
import type { FileEdit, Finding } from './finding.ts';
import { sha256 } from './text-hash.ts';
import { findSuppressions } from './suppressions.ts';

/** Above the statement of the finding. Undefined where a comment cannot stand there (inside a template, say). */
export function suppressLineEdit(text: string, finding: Finding): FileEdit | undefined {
  const sourceFile = ts.createSourceFile(finding.file, text, ts.ScriptTarget.Latest, true);
  const lineOf = (offset: number): number => sourceFile.getLineAndCharacterOfPosition(offset).line;
  const lines = new Set([lineOf(statementStart(sourceFile, finding.start)), lineOf(finding.start)]);
  for (const line of lines) {
    const at = sourceFile.getPositionOfLineAndCharacter(line, 0);
    const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
    const insertion = `${indent}// keyscope-disable-next-line ${finding.rule}${lineBreakOf(text)}`;
    const edit = { file: finding.file, start: at, end: at, text: insertion, sha256: sha256(text) };
    if (suppresses(text, edit, finding)) return edit;
  }
  return undefined;
}

/** At the top of the file, below a shebang. */
export function suppressFileEdit(text: string, finding: Finding): FileEdit {
  const shebang = /^\uFEFF?#!.*(?:\r\n|\r|\n|$)/.exec(text)?.[0].length;
  const at = shebang ?? (text.startsWith('\uFEFF') ? 1 : 0);
  const lineBreak = lineBreakOf(text);
  const start = at > 1 && !/[\r\n]$/.test(text.slice(0, at)) ? lineBreak : '';
  return { file: finding.file, start: at, end: at, text: `${start}// keyscope-disable ${finding.rule}${lineBreak}`, sha256: sha256(text) };
}

/** What the reader of the new text would say decides, not what we meant. */
function suppresses(text: string, edit: FileEdit, finding: Finding): boolean {
  const after = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  const moved = finding.start + edit.text.length;
  return findSuppressions(finding.file, after).some(
    ({ rules, scope }) => rules.some(({ id }) => id === finding.rule) && scope.some(({ start, end }) => moved >= start && moved < end),
  );
}

function statementStart(sourceFile: ts.SourceFile, offset: number): number {
  let start = offset;
  const visit = (node: ts.Node): void => {
    const from = node.getStart(sourceFile);
    if (offset < from || offset >= node.end) return;
    if (ts.isStatement(node) || ts.isClassElement(node)) start = from;
    ts.forEachChild(node, visit);
  };
  visit(sourceFile);
  return start;
}

function lineBreakOf(text: string): string {
  return /\r\n|\n/.exec(text)?.[0] ?? '\n';
}
