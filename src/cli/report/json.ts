/** `--format json`: the contract of docs/command-line.md. A change that a reader could notice makes a new `version`. */
import type { Fix } from '../../analyzer/finding.ts';
import { relativeTo } from '../session.ts';
import type { Report } from './report.ts';

const version = 1;

/** @param withFixes whether the edits of each fix are given too */
export function formatJson(report: Report, withFixes: boolean): string {
  const findings = report.findings.map((finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    file: finding.file,
    line: finding.line,
    column: finding.column,
    endLine: finding.endLine,
    endColumn: finding.endColumn,
    message: finding.message,
    docs: finding.docs,
    related: finding.related.map(({ file, line, column, message }) => ({ file, line, column, message })),
    fixes: finding.fixes.map((fix) => fixOf(fix, report.root, withFixes)),
  }));
  return `${JSON.stringify({ version, root: report.root, findings, stats: report.stats }, undefined, 2)}\n`;
}

function fixOf({ title, kind, keeps, edits }: Fix, root: string, withFixes: boolean): object {
  if (!withFixes) return { title, kind, keeps };
  return {
    title,
    kind,
    keeps,
    edits: edits.map(({ file, sha256, create, start, end, text }) => ({
      file: relativeTo(root, file),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(create ? { create } : {}),
      start,
      end,
      text,
    })),
  };
}
