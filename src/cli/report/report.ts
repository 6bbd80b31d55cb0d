/** Findings as every format shows them: relative paths, lines and columns, the fixes they have. */
import type { Analyzer, Stats } from '../../analyzer/analyzer.ts';
import type { Finding, Fix } from '../../analyzer/finding.ts';
import { LineIndex, type LineColumn } from '../../analyzer/line-index.ts';
import { docsUrl } from '../../analyzer/rule-infos.ts';
import type { Severity } from '../../config/severity.ts';
import { relativeTo } from '../session.ts';

export interface ReportedPlace {
  /** Relative to the working directory, with `/`. */
  file: string;
  /** 1-based, columns in UTF-16 code units. */
  line: number;
  column: number;
}

export interface ReportedFinding extends ReportedPlace {
  rule: string;
  severity: Severity;
  endLine: number;
  endColumn: number;
  message: string;
  docs: string;
  related: (ReportedPlace & { message: string })[];
  /** Planned when somebody asks for them. */
  readonly fixes: Fix[];
  /** UTF-16 offsets into the file. */
  start: number;
  end: number;
  /** The first line of the finding. */
  sourceLine: string;
}

export interface ReportedStats extends Omit<Stats, 'syntaxErrors'> {
  /** As in Stats. */
  syntaxErrors?: (ReportedPlace & { message: string })[];
}

export interface Report {
  /** The working directory, absolute. */
  root: string;
  findings: ReportedFinding[];
  stats: ReportedStats;
  /** Findings that the baseline accepts; they are not among `findings`. */
  accepted: number;
}

/** @param analyzer that which made the findings, or what is kept of it */
export function makeReport(analyzer: Pick<Analyzer, 'text' | 'fixes'>, cwd: string, findings: readonly Finding[], stats: Stats, accepted: number): Report {
  const indexes = new Map<string, LineIndex>();
  const indexOf = (file: string): LineIndex => {
    let index = indexes.get(file);
    if (!index) indexes.set(file, (index = new LineIndex(analyzer.text(file) ?? '')));
    return index;
  };
  const placeOf = ({ file, start }: { file: string; start: number }): ReportedPlace => ({ file: relativeTo(cwd, file), ...indexOf(file).at(start) });
  const { syntaxErrors, ...numbers } = stats;
  return {
    root: cwd,
    stats: { ...numbers, ...(syntaxErrors ? { syntaxErrors: syntaxErrors.map(({ message, ...place }) => ({ ...placeOf(place), message })) } : {}) },
    accepted,
    findings: findings.map((finding): ReportedFinding => {
      const index = indexOf(finding.file);
      let planned: Fix[] | undefined;
      const end: LineColumn = index.at(finding.end);
      const place = placeOf(finding);
      return {
        rule: finding.rule,
        severity: finding.severity,
        ...place,
        endLine: end.line,
        endColumn: end.column,
        message: finding.message,
        docs: docsUrl(finding.rule),
        related: finding.related.map((related) => ({ ...placeOf(related), message: related.message })),
        get fixes() {
          return (planned ??= analyzer.fixes(finding));
        },
        start: finding.start,
        end: finding.end,
        sourceLine: index.line(place.line),
      };
    }),
  };
}
