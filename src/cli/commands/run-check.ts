/** The part that `check` and `fix` share: findings of the session, the baseline taken off, and what they mean for the exit code. */
import type { Analyzer, CheckResult } from '../../analyzer/analyzer.ts';
import type { Finding } from '../../analyzer/finding.ts';
import { isAtLeast, type Severity } from '../../config/severity.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { requireSoundConfig, type Session } from '../session.ts';

/** Every finding of the session's root; throws a CliError for a mistake in a configuration file met on the way. */
export async function runCheck(analyzer: Analyzer, session: Session, includeTests: boolean): Promise<CheckResult> {
  try {
    const result = await analyzer.check({ includeTests, onLoad: session.progress.collecting, onProgress: session.progress.update });
    requireSoundConfig(session.configs, session.cwd);
    return result;
  } finally {
    session.progress.end();
  }
}

export function exitCodeOf(findings: readonly Pick<Finding, 'severity'>[], failOn: Severity | 'never'): ExitCode {
  return failOn !== 'never' && findings.some(({ severity }) => isAtLeast(severity, failOn)) ? exitCodes.findings : exitCodes.clean;
}

/** `--changed-since` where nothing has changed: there is nothing to read. */
export function nothing(): CheckResult {
  return {
    findings: [],
    stats: { files: 0, candidates: 0, programFiles: 0, calls: 0, ms: 0, peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024) },
  };
}
