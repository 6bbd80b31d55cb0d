/** `keyscope fix`: applies the safe fixes, or with `--suggest --rule <rule>` those that a person has chosen to accept. */
import { applyFixes, safeFix, type ChooseFix, type FixOutcome } from '../../analyzer/fixes/apply.ts';
import { unifiedDiff } from '../../analyzer/fixes/unified-diff.ts';
import { ruleMetas } from '../../analyzer/rule-infos.ts';
import type { Analyzer } from '../../analyzer/analyzer.ts';
import { acceptedFindings } from '../baseline-file.ts';
import { CliError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { loadAnalyzer } from '../load-analyzer.ts';
import { selectRules, type FindingOptions } from '../options.ts';
import { formatReport } from '../report/format-report.ts';
import { makeReport } from '../report/report.ts';
import { countOf } from '../report/stylish.ts';
import { openSession, relativeTo, requireSoundConfig, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { exitCodeOf, nothing } from './run-check.ts';
import { writeOutcome } from '../write-files.ts';

export interface FixCommandOptions extends FindingOptions {
  suggest?: boolean;
  dryRun?: boolean;
}

export async function fix(paths: readonly string[], options: FixCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { overrides, only } = selectRules(options.rule, ruleMetas().map(({ id }) => id));
  if (options.suggest && only.length === 0) {
    throw new CliError('--suggest changes what the program does in some respect, so say which rule: keyscope fix --suggest --rule <rule>. --dry-run shows it first.');
  }
  if (options.dryRun && options.format !== 'stylish') throw new CliError('--dry-run prints a unified diff; --format does not go with it.');
  const session = openSession(paths, options, { terminal, doing: 'Fixing' }, overrides);
  const subtract = acceptedFindings(session, options.baseline);
  const analyzer = await loadAnalyzer(session);
  const textOf = (file: string): string | undefined => analyzer.text(file);
  const choose: ChooseFix = (finding, fixes) => {
    if (subtract([finding], textOf).accepted === 1) return undefined;
    return safeFix(finding, fixes) ?? (options.suggest ? fixes[0] : undefined);
  };

  const outcome = session.paths?.length === 0 ? { files: [], applied: [], refused: [], unparsed: [], remaining: [], stats: nothing().stats } : await run(analyzer, session, options, choose);
  for (const message of outcome.refused) terminal.err(`${message}\n`);
  for (const file of outcome.unparsed) terminal.err(`${relativeTo(session.cwd, file)} has syntax errors, so its fixes were left out.\n`);
  if (options.dryRun) {
    for (const { file, before, after } of outcome.files) terminal.out(unifiedDiff(relativeTo(session.cwd, file), before, after));
    terminal.err(outcome.applied.length > 0 ? `Would fix ${countOf(outcome.applied.length, 'problem')} in ${countOf(outcome.files.length, 'file')}; nothing was written.\n` : nothingToFix(outcome, options));
  } else {
    writeOutcome(outcome.files, session.cwd);
    say(outcome, session, options, terminal);
  }
  const { fresh: left, accepted } = subtract(outcome.remaining, textOf);
  if (options.format !== 'stylish') {
    const report = makeReport(analyzer, session.cwd, left, outcome.stats, accepted);
    terminal.out(formatReport(report, { format: options.format, minSeverity: options.minSeverity, withFixes: false }, terminal));
  }
  return outcome.refused.length > 0 ? exitCodes.failure : exitCodeOf(left, options.failOn);
}

async function run(analyzer: Analyzer, session: Session, options: FixCommandOptions, choose: ChooseFix): Promise<FixOutcome> {
  try {
    const checkOptions = { paths: session.paths, includeTests: options.includeTests === true, onLoad: session.progress.collecting, onProgress: session.progress.update };
    const outcome = await applyFixes(analyzer, checkOptions, choose);
    requireSoundConfig(session.configs, session.cwd);
    return outcome;
  } finally {
    session.progress.end();
  }
}

/** What was done, by file: to standard error where standard output holds a report for a machine. */
function say(outcome: FixOutcome, session: Session, options: FixCommandOptions, terminal: Terminal): void {
  const write = options.format === 'stylish' ? terminal.out : terminal.err;
  const { colors } = terminal;
  if (outcome.applied.length === 0) return write(nothingToFix(outcome, options));
  for (const { file, before } of outcome.files) {
    const here = outcome.applied.filter(({ fix: { edits } }) => edits.some((edit) => edit.file === file));
    const rules = [...new Set(here.map(({ finding }) => finding.rule))].join(', ');
    write(`${colors.green(before === undefined ? 'created' : 'fixed')}  ${colors.bold(relativeTo(session.cwd, file))}  ${colors.dim(rules)}\n`);
  }
  write(`${countOf(outcome.applied.length, 'problem')} fixed in ${countOf(outcome.files.length, 'file')}, ${outcome.remaining.length.toLocaleString('en')} left.\n`);
}

function nothingToFix({ remaining, unparsed }: FixOutcome, { suggest }: FixCommandOptions): string {
  if (remaining.length === 0 || unparsed.length > 0) return 'Nothing to fix.\n';
  const left = `${countOf(remaining.length, 'problem')} ${remaining.length === 1 ? 'is' : 'are'} left`;
  return suggest ? `Nothing to fix: ${left} that no fix is right for.\n` : `Nothing to fix safely: ${left}. keyscope check shows the suggestions.\n`;
}
