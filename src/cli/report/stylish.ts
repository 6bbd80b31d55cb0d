/** `--format stylish`: for people at a terminal. */
import { isAtLeast, severities, type Severity } from '../../config/severity.ts';
import type { Colors, Terminal } from '../terminal.ts';
import type { Report, ReportedFinding } from './report.ts';
import { showLine } from './source-line.ts';
import { wrap } from './wrap.ts';

/** Long lines are cut to the terminal's width; where there is none, to this. */
const columnsOfAPipe = 160;

/** @param least findings less grave than this are only counted */
export function formatStylish(report: Report, terminal: Pick<Terminal, 'colors' | 'columns'>, least: Severity): string {
  const shown = report.findings.filter((finding) => isAtLeast(finding.severity, least));
  const columns = Math.max(40, terminal.columns ?? columnsOfAPipe);
  const blocks = shown.map((finding) => formatFinding(finding, terminal.colors, columns, terminal.columns !== undefined));
  return [...blocks, summary(report, shown, terminal.colors)].join('\n');
}

function formatFinding(finding: ReportedFinding, colors: Colors, columns: number, wraps: boolean): string {
  const { file, line, column, severity, rule } = finding;
  const message = finding.message.replace(/\s+/g, ' ');
  const paint = painter(colors, severity);
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  // On the first line alone; where the finding goes on below, to that line's end.
  const end = finding.endLine === line ? finding.endColumn - 1 : finding.sourceLine.length;
  const shown = showLine(finding.sourceLine, column - 1, end, columns - number.length - 5);
  const lines = [
    `${colors.bold(`${file}:${number}:${column}`)}  ${paint(severity)}  ${rule}`,
    ...(wraps ? wrap(message, columns - 2) : [message]).map((part) => `  ${part}`),
    `  ${colors.dim(`${number} │`)} ${shown.text}`,
    `  ${colors.dim(`${gutter} │`)} ${' '.repeat(shown.before)}${paint('^'.repeat(shown.width))}`,
  ];
  for (const related of finding.related) {
    lines.push(`  ${gutter} ${colors.dim('see')} ${related.file}:${related.line}:${related.column}  ${colors.dim(related.message)}`);
  }
  for (const fix of finding.fixes) {
    lines.push(`  ${gutter} ${colors.dim(fix.kind === 'safe' ? 'fix' : 'suggestion')} ${fix.title}`);
  }
  return `${lines.join('\n')}\n`;
}

function painter(colors: Colors, severity: Severity): (text: string) => string {
  const painters: Record<Severity, (text: string) => string> = { error: colors.red, warning: colors.yellow, information: colors.cyan, hint: colors.dim };
  return painters[severity];
}

/** The last lines: how many of each severity, what can be fixed and how, what was not shown. */
export function summary(report: Report, shown: readonly ReportedFinding[], colors: Colors): string {
  const { stats } = report;
  const lines: string[] = [];
  if (shown.length > 0) {
    const counts = bySeverity(shown).map(({ text }) => text);
    const files = new Set(shown.map((finding) => finding.file)).size;
    const paint = painter(colors, severities.find((severity) => shown.some((finding) => finding.severity === severity)) ?? 'hint');
    lines.push(paint(colors.bold(`${countOf(shown.length, 'problem')} (${counts.join(', ')}) in ${countOf(files, 'file')}`)));
    const safe = shown.filter((finding) => finding.fixes.some((fix) => fix.kind === 'safe')).length;
    const suggested = shown.filter((finding) => finding.fixes.length > 0).length - safe;
    if (safe > 0) lines.push(`  ${safe} fixable with ${colors.bold('keyscope fix')}`);
    if (suggested > 0) lines.push(`  ${suggested} with a suggestion to look at: ${colors.bold('keyscope fix --suggest --rule <rule> --dry-run')}`);
  } else {
    lines.push(stats.files === 0 ? colors.yellow('Nothing was checked') : colors.green('No problems found'));
  }
  const hidden = report.findings.length - shown.length;
  if (hidden > 0) {
    const counts = bySeverity(report.findings.filter((finding) => !shown.includes(finding)));
    const least = counts[counts.length - 1]?.severity ?? 'hint';
    lines.push(`  ${counts.map(({ text }) => text).join(', ')} not shown: ${colors.bold(`keyscope check --min-severity ${least}`)}`);
  }
  if (report.accepted > 0) lines.push(`  ${report.accepted} accepted by the baseline`);
  lines.push(colors.dim(`  ${countOf(stats.files, 'file')}, ${countOf(stats.calls, 'Redis call')}, ${(stats.ms / 1000).toFixed(1)} s`));
  return `${lines.join('\n')}\n`;
}

/** How many of each severity, gravest first. */
function bySeverity(findings: readonly ReportedFinding[]): { severity: Severity; text: string }[] {
  return severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [{ severity, text: countOf(count, severity) }] : [];
  });
}

/** `1 error`, `2 errors`; `information` stays as it is. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 || noun === 'information' ? '' : 's'}`;
}
