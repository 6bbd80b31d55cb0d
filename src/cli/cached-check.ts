/** The findings of a session, by way of what earlier runs have left: the analyzer and the compiler are loaded only when it is not enough. */
import type { Analyzer, CheckResult } from '../analyzer/analyzer.ts';
import { openCheckCache, type CheckCache } from '../analyzer/cache/check-cache.ts';
import { keptFix, type KeptCheck } from '../analyzer/cache/kept-check.ts';
import type { Finding, Fix } from '../analyzer/finding.ts';
import { diskSource } from '../analyzer/program/disk-source.ts';
import { cacheFolder } from '../compiler/cache-folder.ts';
import { runCheck, nothing } from './commands/run-check.ts';
import { loadAnalyzer } from './load-analyzer.ts';
import { isWithin, requireSoundConfig, type Session } from './session.ts';
import { version } from './version.ts';

export interface CachedCheckOptions {
  includeTests: boolean;
  /** Whether the edits of fixes are wanted, which are never kept. */
  withEdits: boolean;
  cache: boolean;
}

export interface CheckOutcome extends CheckResult {
  /** Answers about the findings and their files. */
  analyzer: Pick<Analyzer, 'text' | 'fixes'>;
  /** Leaves the outcome for the next run; to be called when the report is out. */
  keep(): void;
}

/**
 * The root is checked as a whole, and then what lies under the session's paths is taken: so what is kept serves whatever paths come next,
 * and what is found does not depend on whether something was kept. Throws a CliError for a mistake in a configuration file met on the way.
 */
export async function cachedCheck(session: Session, options: CachedCheckOptions): Promise<CheckOutcome> {
  if (session.paths?.length === 0) return { ...nothing(), analyzer: { text: (file) => diskSource.read(file), fixes: () => [] }, keep: () => undefined };
  const started = performance.now();
  const cache = options.cache ? openCache(session, options.includeTests) : undefined;
  const openedMs = Math.round(performance.now() - started);
  if (cache?.kept && !options.withEdits) {
    session.progress.end();
    requireSoundConfig(session.configs, session.cwd);
    return under(session.paths, outcomeOf(cache.kept, openedMs));
  }
  const last = options.withEdits ? undefined : cache?.last;
  const whole = await loadAnalyzer(session, cache, last && cache?.earlier);
  const analyzer = withMemory(whole, last);
  const { findings, stats } = await runCheck(whole, session, options.includeTests);
  const keep = (): void => {
    const { ms: _ms, peakRssMb: _peak, ...kept } = stats;
    const fixes = findings.map((finding) => analyzer.fixes(finding).map(keptFix));
    cache?.keep({ findings, fixes, stats: kept }, whole.record());
  };
  return under(session.paths, { findings, stats: { ...stats, ms: openedMs + stats.ms }, analyzer, keep });
}

function openCache({ root, configs, configTexts, ruleOverrides }: Session, includeTests: boolean): CheckCache {
  return openCheckCache({
    folder: cacheFolder(),
    root,
    version,
    // What KEYSCOPE_DEBUG lets through is no outcome.
    question: { includeTests, ruleOverrides, debug: Boolean(process.env['KEYSCOPE_DEBUG']) },
    configFor: (file) => configs.configFor(file),
    configs: configTexts,
  });
}

function under(paths: readonly string[] | undefined, outcome: CheckOutcome): CheckOutcome {
  if (!paths) return outcome;
  const { syntaxErrors = [], ...stats } = outcome.stats;
  const isAsked = ({ file }: { file: string }): boolean => paths.some((path) => isWithin(file, path));
  const errors = syntaxErrors.filter(isAsked);
  return { ...outcome, findings: outcome.findings.filter(isAsked), stats: { ...stats, ...(errors.length > 0 ? { syntaxErrors: errors } : {}) } };
}

/** Fixes are planned once, for the report and for the next run. @param last of whose findings some may be kept */
function withMemory(analyzer: Analyzer, last: KeptCheck | undefined): CheckOutcome['analyzer'] {
  const planned = last ? fixesOf(last) : new Map<Finding, Fix[]>();
  return {
    text: (file) => analyzer.text(file),
    fixes: (finding) => {
      let fixes = planned.get(finding);
      if (!fixes) planned.set(finding, (fixes = analyzer.fixes(finding)));
      return fixes;
    },
  };
}

function fixesOf({ findings, fixes }: KeptCheck): Map<Finding, Fix[]> {
  return new Map(findings.map((finding, index) => [finding, (fixes[index] ?? []).map((fix): Fix => ({ ...fix, edits: [] }))]));
}

function outcomeOf(check: KeptCheck, ms: number): CheckOutcome {
  const byFinding = fixesOf(check);
  const { findings, stats } = check;
  return {
    findings,
    // maxRSS is in kilobytes on every platform (Node's process.resourceUsage).
    stats: { ...stats, ms, peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024) },
    analyzer: { text: (file) => diskSource.read(file), fixes: (finding) => byFinding.get(finding) ?? [] },
    keep: () => undefined,
  };
}
