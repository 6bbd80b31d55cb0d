/** `keyscope check`: what is wrong, and nothing changed. */
import fs from 'node:fs';
import type { Stats } from '../../analyzer/analyzer.ts';
import { isLeftOut, isSourcePath } from '../../analyzer/program/discover-files.ts';
import { ruleMetas } from '../../analyzer/rule-infos.ts';
import { acceptedFindings, baselineFile, writeBaseline } from '../baseline-file.ts';
import { cachedCheck } from '../cached-check.ts';
import { CliError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { selectRules, type FindingOptions } from '../options.ts';
import { formatReport } from '../report/format-report.ts';
import { makeReport, type Report } from '../report/report.ts';
import { countOf } from '../report/stylish.ts';
import { isWithin, nearestProject, openSession, relativeTo, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { exitCodeOf } from './run-check.ts';

/** Files with syntax errors that are named one by one. */
const mostNamed = 5;
/** A run that somebody would like to be shorter. */
const longMs = 10_000;

export interface CheckCommandOptions extends FindingOptions {
  withFixes?: boolean;
  writeBaseline?: boolean;
}

export async function check(paths: readonly string[], options: CheckCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { overrides } = selectRules(options.rule, ruleMetas().map(({ id }) => id));
  const session = openSession(paths, options, { terminal, doing: 'Checking' }, overrides);
  const file = baselineFile(session, options.baseline);
  if (options.writeBaseline && file === undefined) throw new CliError('--write-baseline needs --baseline <file>, or "baseline" in the configuration.');
  const subtract = options.writeBaseline ? undefined : acceptedFindings(session, options.baseline);
  const { findings, stats, analyzer, keep } = await cachedCheck(session, { includeTests: options.includeTests === true, withEdits: options.withFixes === true, cache: options.cache !== false });
  const textOf = (name: string): string | undefined => analyzer.text(name);
  if (options.writeBaseline && file !== undefined) {
    writeBaseline(file, findings, textOf);
    terminal.err(`${countOf(findings.length, 'finding')} accepted in ${relativeTo(session.cwd, file)}.\n`);
    return exitCodes.clean;
  }
  const result = subtract?.(findings, textOf) ?? { fresh: findings, accepted: 0, stale: 0 };
  const report = makeReport(analyzer, session.cwd, result.fresh, stats, result.accepted);
  const { format, minSeverity } = options;
  terminal.out(formatReport(report, { format, minSeverity, withFixes: options.withFixes === true }, terminal));
  sayWhatDoesNotParse(report, terminal);
  if (format === 'stylish') sayWhatIsOdd(session, stats, result.stale, terminal);
  keep();
  return exitCodeOf(report.findings, options.failOn);
}

/** In every format: what is not found there is no good news. */
function sayWhatDoesNotParse({ stats: { syntaxErrors = [] } }: Report, terminal: Terminal): void {
  if (syntaxErrors.length === 0) return;
  const named = syntaxErrors.slice(0, mostNamed).map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  const more = syntaxErrors.length - named.length;
  const one = syntaxErrors.length === 1;
  terminal.err(`${countOf(syntaxErrors.length, 'file')} ${one ? 'does' : 'do'} not parse, so findings in ${one ? 'it' : 'them'} may be missing and fix leaves ${one ? 'it' : 'them'} alone: ${named.join(' ')}${more > 0 ? ` and ${more} more` : ''}\n`);
}

/** Things that are no findings, but that somebody would want to know. */
function sayWhatIsOdd(session: Session, { files, ms }: Stats, stale: number, terminal: Terminal): void {
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
  if (ms >= longMs && session.given.length > 0) {
    const project = nearestProject(session.given);
    if (project !== undefined && project !== session.root && isWithin(project, session.root)) {
      terminal.err(`All ${countOf(files, 'file')} under ${session.root} were the context; --cwd ${relativeTo(session.cwd, project)} makes it that project alone.\n`);
    }
  }
  if (stale > 0 && session.paths === undefined) {
    terminal.err(`The baseline accepts ${countOf(stale, 'finding')} that ${stale === 1 ? 'is' : 'are'} gone; --write-baseline makes it anew.\n`);
  }
}
