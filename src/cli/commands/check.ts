/** `keyscope check`: what is wrong, and nothing changed. */
import fs from 'node:fs';
import { isLeftOut, isSourcePath } from '../../analyzer/program/discover-files.ts';
import { ruleMetas } from '../../analyzer/rule-infos.ts';
import { acceptedFindings, baselineFile, writeBaseline } from '../baseline-file.ts';
import { CliError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { selectRules, type FindingOptions } from '../options.ts';
import { formatReport } from '../report/format-report.ts';
import { makeReport } from '../report/report.ts';
import { countOf } from '../report/stylish.ts';
import { openSession, relativeTo, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { exitCodeOf, runCheck } from './run-check.ts';

export interface CheckCommandOptions extends FindingOptions {
  withFixes?: boolean;
  writeBaseline?: boolean;
}

export async function check(paths: readonly string[], options: CheckCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { overrides } = selectRules(options.rule, ruleMetas().map(({ id }) => id));
  const session = openSession(paths, options, overrides);
  const file = baselineFile(session, options.baseline);
  if (options.writeBaseline && file === undefined) throw new CliError('--write-baseline needs --baseline <file>, or "baseline" in the configuration.');
  const subtract = options.writeBaseline ? undefined : acceptedFindings(session, options.baseline);
  const { findings, stats } = await runCheck(session, options.includeTests === true, terminal);
  if (options.writeBaseline && file !== undefined) {
    writeBaseline(session, file, findings);
    terminal.err(`${countOf(findings.length, 'finding')} accepted in ${relativeTo(session.cwd, file)}.\n`);
    return exitCodes.clean;
  }
  const result = subtract?.(findings) ?? { fresh: findings, accepted: 0, stale: 0 };
  const report = makeReport(session.analyzer, session.cwd, result.fresh, stats, result.accepted);
  const { format, minSeverity } = options;
  terminal.out(formatReport(report, { format, minSeverity, withFixes: options.withFixes === true }, terminal));
  if (format === 'stylish') sayWhatIsOdd(session, stats.files, result.stale, terminal);
  return exitCodeOf(report.findings, options.failOn);
}

/** Things that are no findings, but that somebody would want to know. */
function sayWhatIsOdd(session: Session, files: number, stale: number, terminal: Terminal): void {
  const leftOut = '.gitignore, installed packages, build output and "exclude"';
  if (files === 0 && session.paths?.length !== 0) {
    terminal.err(`There are no TypeScript or JavaScript files under ${session.root} (besides ${leftOut}).\n`);
  }
  for (const given of session.given) {
    const name = relativeTo(session.cwd, given);
    const isFolder = fs.statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
    if (!isFolder && !isSourcePath(given)) terminal.err(`${name} is no TypeScript or JavaScript source file.\n`);
    else if (isLeftOut(isFolder ? `${given}/index.ts` : given, { root: session.root, configFor: (file) => session.configs.configFor(file) })) {
      terminal.err(`${name} was not looked at: it is among what is left out (${leftOut}).\n`);
    }
  }
  if (stale > 0 && session.paths === undefined) {
    terminal.err(`The baseline accepts ${countOf(stale, 'finding')} that ${stale === 1 ? 'is' : 'are'} gone; --write-baseline makes it anew.\n`);
  }
}
