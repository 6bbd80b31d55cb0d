/**
 * `--format github`: workflow commands, which GitHub Actions shows as annotations beside the code.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
import path from 'node:path';
import type { Severity } from '../../config/severity.ts';
import { isWithin, relativeTo } from '../session.ts';
import type { Report } from './report.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' };

/** @param workspace GITHUB_WORKSPACE: annotations name files relative to the checkout, wherever the command runs */
export function formatGithub(report: Report, workspace: string | undefined): string {
  const lines = report.findings.map((finding) => {
    const full = path.posix.join(report.root, finding.file);
    const file = workspace && isWithin(full, workspace) ? relativeTo(workspace, full) : finding.file;
    const properties = [
      ['file', file],
      ['line', finding.line],
      ['endLine', finding.endLine],
      // GitHub refuses columns where a range spans lines.
      ...(finding.line === finding.endLine ? [['col', finding.column], ['endColumn', finding.endColumn]] : []),
      ['title', `keyscope ${finding.rule}`],
    ];
    const written = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
    return `::${commands[finding.severity]} ${written}::${escapeData(`${finding.message} (${finding.docs})`)}\n`;
  });
  return lines.join('');
}

/** As @actions/core escapes them. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
