/** One package through the same front door as the command line's `check` and `calls`. */
import { relative } from 'node:path';
import type { CallRecord } from '../../src/analyzer/analyzer.ts';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import { ruleMetas } from '../../src/analyzer/rule-infos.ts';
import type { Severity } from '../../src/analyzer/finding.ts';
import { ConfigLoader } from '../../src/config/load-config.ts';

export interface FoundLine {
  rule: string;
  severity: Severity;
  file: string;
  line: number;
  /** The line's text, trimmed and cut: for the reader of a verdict. */
  text: string;
}

export interface Analysis {
  findings: FoundLine[];
  calls: CallRecord[];
  files: number;
}

const longestText = 160;

/** @param root of the project, absolute */
export async function analyse(root: string): Promise<Analysis> {
  const configs = new ConfigLoader({ rules: ruleMetas() });
  const analyzer = createAnalyzer({ root: root.replaceAll('\\', '/'), configFor: (file) => configs.configFor(file) });
  const { findings, stats } = await analyzer.check();
  const { calls } = await analyzer.calls();
  return {
    findings: findings.map(({ rule, severity, file, start }) => {
      const before = (analyzer.text(file) ?? '').slice(0, start);
      const line = before.split('\n').length;
      const text = (analyzer.text(file) ?? '').split('\n')[line - 1] ?? '';
      return { rule, severity, file: relative(root, file).replaceAll('\\', '/'), line, text: text.trim().slice(0, longestText) };
    }),
    calls,
    files: stats.files,
  };
}
