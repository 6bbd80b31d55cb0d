import type { Severity } from '../../config/severity.ts';
import { isAtLeast } from '../../config/severity.ts';
import type { Format } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { formatGithub } from './github.ts';
import { formatJson } from './json.ts';
import type { Report } from './report.ts';
import { formatSarif } from './sarif.ts';
import { formatStylish } from './stylish.ts';

export interface FormatOptions {
  format: Format;
  /** Give the edits of fixes (json, sarif). */
  withFixes: boolean;
  /** For people (stylish, github) `information` by default; for machines (json, sarif) everything. */
  minSeverity: Severity | undefined;
}

export function formatReport(report: Report, { format, withFixes, minSeverity }: FormatOptions, terminal: Terminal): string {
  const forPeople = format === 'stylish' || format === 'github';
  const least = minSeverity ?? (forPeople ? 'information' : 'hint');
  // Stylish counts what it does not show.
  const kept = format === 'stylish' ? report : { ...report, findings: report.findings.filter(({ severity }) => isAtLeast(severity, least)) };
  switch (format) {
    case 'stylish':
      return formatStylish(kept, terminal, least);
    case 'json':
      return formatJson(kept, withFixes);
    case 'sarif':
      return formatSarif(kept, withFixes);
    case 'github':
      return formatGithub(kept, terminal.env['GITHUB_WORKSPACE']);
  }
}
