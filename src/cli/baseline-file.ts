/** The baseline on disk: which file, read, written. */
import fs from 'node:fs';
import path from 'node:path';
import { makeBaseline, parseBaseline, subtractBaseline, type BaselineResult, type Locate } from '../analyzer/baseline.ts';
import type { Finding } from '../analyzer/finding.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { relativeTo, type Session } from './session.ts';

/** The file to write: `--baseline`, else what the configuration of the root names; undefined where neither does. */
export function baselineFile(session: Session, given: string | undefined): string | undefined {
  if (given !== undefined) return path.posix.resolve(session.cwd, given);
  return session.configs.configFor(`${session.root}/index.ts`).baseline;
}

/** The text of a file as it was checked. */
export type TextOf = (file: string) => string | undefined;

export type Subtract = (findings: readonly Finding[], textOf: TextOf) => BaselineResult;

/**
 * What takes accepted findings away: those of `--baseline`, else for each file those of the baseline that its configuration names.
 * A file named by `--baseline` or by the root's configuration is read at once, so that a mistake is told before the work.
 */
export function acceptedFindings(session: Session, given: string | undefined): Subtract {
  const rootFile = baselineFile(session, given);
  const root = rootFile === undefined ? undefined : readBaseline(session, rootFile);
  if (root && given !== undefined) return root;
  const known = new Map<string | undefined, Subtract | undefined>([[rootFile, root], [undefined, undefined]]);
  return (findings, textOf) => {
    const total: BaselineResult = { fresh: [], accepted: 0, stale: 0 };
    const byBaseline = new Map<string | undefined, Finding[]>([[rootFile, []]]);
    for (const finding of findings) {
      const { baseline } = session.configs.configFor(finding.file);
      const group = byBaseline.get(baseline);
      if (group) group.push(finding);
      else byBaseline.set(baseline, [finding]);
    }
    for (const [file, group] of byBaseline) {
      if (file !== undefined && !known.has(file)) known.set(file, readBaseline(session, file));
      const result = known.get(file)?.(group, textOf) ?? { fresh: group, accepted: 0, stale: 0 };
      total.fresh.push(...result.fresh);
      total.accepted += result.accepted;
      total.stale += result.stale;
    }
    const order = new Map(findings.map((finding, i) => [finding, i]));
    total.fresh.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    return total;
  };
}

/** Reads a baseline file; what it returns takes the accepted findings away. Throws a CliError where it is not there or not sound. */
function readBaseline(session: Session, file: string): Subtract {
  const name = relativeTo(session.cwd, file);
  if (!fs.existsSync(file)) throw new CliError(`There is no baseline ${name}. Add --write-baseline to make it from what the check finds now.`);
  try {
    const baseline = parseBaseline(fs.readFileSync(file, 'utf8'));
    return (findings, textOf) => subtractBaseline(findings, baseline, locator(textOf, file));
  } catch (error) {
    throw new CliError(`The baseline ${name} cannot be used: ${error instanceof Error ? error.message : String(error)}. Make it anew with --write-baseline.`);
  }
}

export function writeBaseline(file: string, findings: readonly Finding[], textOf: TextOf): void {
  const baseline = makeBaseline(findings, locator(textOf, file));
  try {
    fs.writeFileSync(file, `${JSON.stringify(baseline, undefined, 2)}\n`);
  } catch (error) {
    throw new CliError(`The baseline cannot be written: ${error instanceof Error ? error.message : String(error)}.`, exitCodes.failure);
  }
}

function locator(textOf: TextOf, file: string): Locate {
  const folder = path.posix.dirname(file);
  return (finding) => ({ file: relativeTo(folder, finding.file), text: textOf(finding.file) ?? '' });
}
