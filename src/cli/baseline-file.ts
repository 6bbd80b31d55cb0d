/** The baseline on disk: which file, read, written. */
import fs from 'node:fs';
import path from 'node:path';
import type { Analyzer } from '../analyzer/analyzer.ts';
import { makeBaseline, parseBaseline, subtractBaseline, type BaselineResult, type Locate } from '../analyzer/baseline.ts';
import type { Finding } from '../analyzer/finding.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { relativeTo, type Session } from './session.ts';

/** `--baseline`, else what the configuration names; undefined where neither does. */
export function baselineFile(session: Session, given: string | undefined): string | undefined {
  if (given !== undefined) return path.posix.resolve(session.cwd, given);
  return session.configs.configFor(`${session.root}/index.ts`).baseline;
}

/** Reads a baseline file; what it returns takes the accepted findings away. Throws a CliError where it is not there or not sound. */
export function readBaseline(session: Session, file: string): (findings: readonly Finding[]) => BaselineResult {
  const name = relativeTo(session.cwd, file);
  if (!fs.existsSync(file)) throw new CliError(`There is no baseline ${name}. Add --write-baseline to make it from what the check finds now.`);
  try {
    const baseline = parseBaseline(fs.readFileSync(file, 'utf8'));
    return (findings) => subtractBaseline(findings, baseline, locator(session.analyzer, file));
  } catch (error) {
    throw new CliError(`The baseline ${name} cannot be used: ${error instanceof Error ? error.message : String(error)}. Make it anew with --write-baseline.`);
  }
}

export function writeBaseline(session: Session, file: string, findings: readonly Finding[]): void {
  const baseline = makeBaseline(findings, locator(session.analyzer, file));
  try {
    fs.writeFileSync(file, `${JSON.stringify(baseline, undefined, 2)}\n`);
  } catch (error) {
    throw new CliError(`The baseline cannot be written: ${error instanceof Error ? error.message : String(error)}.`, exitCodes.failure);
  }
}

function locator(analyzer: Analyzer, file: string): Locate {
  const folder = path.posix.dirname(file);
  return (finding) => ({ file: relativeTo(folder, finding.file), text: analyzer.text(finding.file) ?? '' });
}
