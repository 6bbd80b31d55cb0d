/** The analyzer: a project, the facts of its files, the rules over them. */
import type ts from 'typescript';
import type { RuleConfig } from '../config/config.ts';
import type { Analyzer, AnalyzerOptions, CallRecord, CheckOptions, CheckResult, FileSource, Stats } from './analyzer.ts';
import { collectCalls } from './facts/collect-calls.ts';
import type { FileFacts } from './facts/file-facts.ts';
import { unfoldBlocks } from './fixes/text/unfold.ts';
import { sha256 } from './fixes/text-hash.ts';
import type { FileEdit, Finding, Fix, Severity } from './finding.ts';
import { Project, type ProjectState } from './program/project.ts';
import { patternText } from '../redis/key-pattern.ts';
import { rules } from './rules/index.ts';
import type { FixPlan, Problem, Rule } from './rules/rule.ts';
import { unusedSuppressionFixes } from './suppression-fixes.ts';
import { applySuppressions, unusedSuppression, unusedSuppressionMeta } from './suppressions.ts';
import { firstSyntaxError } from './syntax-errors.ts';
import { isTestOrScript } from './test-files.ts';
import type { Layout } from './workspace/layout.ts';
import { Workspace } from './workspace/workspace.ts';

/** @param source where saved texts come from; default the disk */
export function createAnalyzer(options: AnalyzerOptions, source?: FileSource): Analyzer {
  return new ProjectAnalyzer(options, source);
}

const ruleNames: readonly string[] = [...rules.map((rule) => rule.meta.id), unusedSuppression];

interface FileOptions {
  includeTests?: boolean;
}

class ProjectAnalyzer implements Analyzer {
  readonly #options: AnalyzerOptions;
  readonly #project: Project;
  readonly #facts = new Map<string, FileFacts>();
  readonly #plans = new WeakMap<Finding, () => readonly FixPlan[]>();
  #workspace: { of: ProjectState; workspace: Workspace } | undefined;
  constructor(options: AnalyzerOptions, source?: FileSource) {
    this.#options = options;
    this.#project = new Project(options, source);
  }

  setText(file: string, text: string | undefined): void {
    this.#project.setText(file, text);
  }

  filesChanged(files: readonly string[]): void {
    this.#project.filesChanged(files);
  }

  text(file: string): string | undefined {
    return this.#project.text(file);
  }

  async check(options: CheckOptions = {}): Promise<CheckResult> {
    const started = performance.now();
    this.#forget();
    const workspace = this.#current(options);
    const files = this.#filesUnder(options.paths);
    const found = new Map<string, Finding[]>();
    for (const rule of rules) if (this.#isOn(rule, files)) safely(() => [rule.seek?.(workspace)]);
    const look = async (wanted: (file: string) => boolean): Promise<void> => {
      for (const [index, file] of files.entries()) {
        if (found.has(file) || !wanted(file)) continue;
        if (found.size % 20 === 0) await breathe(options.signal);
        options.onProgress?.(index, files.length);
        found.set(file, this.#run(file, workspace, options));
      }
    };
    await look((file) => workspace.files.has(file));
    const calling = new Set(workspace.callingFiles());
    await look((file) => calling.has(file));
    return { findings: files.flatMap((file) => this.#reported(file, found.get(file))), stats: this.#stats(started, options.paths) };
  }

  checkFile(file: string, options: FileOptions = {}): Finding[] {
    return this.#reported(file, this.#run(file, this.#current(), options));
  }

  fixes(finding: Finding): Fix[] {
    const text = this.text(finding.file);
    if (text === undefined) return [];
    if (finding.rule === unusedSuppression) return unusedSuppressionFixes(finding.file, text, finding, this.checkFile(finding.file), ruleNames);
    // Answered from the program the finding was made on; one made before an edit is found again by its place.
    const plans = this.#plans.get(finding) ?? this.#plansAgain(finding);
    return safely(() => [...(plans?.() ?? [])]).map(fixOf);
  }

  async calls(options: CheckOptions = {}): Promise<{ calls: CallRecord[]; stats: Stats }> {
    const started = performance.now();
    await breathe(options.signal);
    this.#forget();
    const { files } = this.#current(options);
    const calls = this.#filesUnder(options.paths).flatMap((file) => (files.get(file)?.calls ?? []).map(callRecord));
    return { calls, stats: this.#stats(started) };
  }

  /** A whole check reads every fact again: a type in another file may have changed what a call is. */
  #forget(): void {
    this.#facts.clear();
    this.#workspace = undefined;
  }

  /** The workspace over the program as it is now; facts of unchanged files are kept. */
  #current(options: CheckOptions = {}): Workspace {
    const state = this.#project.state();
    if (this.#workspace?.of === state) return this.#workspace.workspace;
    this.#collect(state, options);
    const layout: Layout = {
      imports: (file) => state.focus.imports.get(file)?.files ?? new Map(),
      json: (file) => this.#project.json(file),
      sharedClientFolder: (file) => this.#options.configFor(file).sharedClientFolder,
    };
    // By name, so that what rules say does not depend on the order in which files were read.
    const files = new Map([...this.#facts].sort(([a], [b]) => (a < b ? -1 : 1)));
    const workspace = new Workspace(this.#options.root, state.program.checker, files, state.neighbours, layout);
    this.#workspace = { of: state, workspace };
    return workspace;
  }

  #collect({ carriers, program }: ProjectState, { onLoad }: CheckOptions): void {
    let done = 0;
    for (const [file, carried] of carriers) {
      onLoad?.(done++, carriers.size);
      const sourceFile = program.source(file);
      if (!sourceFile) this.#facts.delete(file);
      else if (this.#facts.get(file)?.sourceFile !== sourceFile) this.#facts.set(file, { sourceFile, calls: safely(() => collectCalls(sourceFile, program.checker, carried)) });
    }
    for (const file of this.#facts.keys()) if (!carriers.has(file)) this.#facts.delete(file);
  }

  /** What the rules find in one file; [] for a file that has nothing to do with Redis. */
  #run(file: string, workspace: Workspace, options: FileOptions): Finding[] {
    const facts = workspace.files.get(file) ?? this.#callerFacts(file);
    if (!facts) return [];
    const config = this.#options.configFor(file);
    let lowered: boolean | undefined;
    return rules.flatMap((rule) => {
      const set = config.rules[rule.meta.id];
      if (set?.severity === 'off') return [];
      return safely(() => [...rule.check(facts, workspace)]).map((problem) => {
        lowered ??= !options.includeTests && config.tests !== 'include' && isTestOrScript(file.slice(this.#options.root.length + 1), facts.sourceFile.text);
        const finding = asFinding(rule, problem, lowered ? 'hint' : severityOf(rule, problem, set));
        this.#plans.set(finding, problem.fixes ?? (() => []));
        return finding;
      });
    });
  }

  /** A file that holds no client, but may call what does. */
  #callerFacts(file: string): FileFacts | undefined {
    const { focus, program } = this.#project.state();
    const sourceFile = focus.distance.has(file) ? program.source(file) : undefined;
    return sourceFile && { sourceFile, calls: [] };
  }

  #isOn({ meta: { id } }: Rule, files: readonly string[]): boolean {
    return files.some((file) => this.#options.configFor(file).rules[id]?.severity !== 'off');
  }

  /** In the order of the text, suppressions taken into account. */
  #reported(file: string, found: readonly Finding[] = []): Finding[] {
    if (found.length === 0 && !this.#project.maySuppress(file)) return [];
    const text = this.text(file);
    if (text === undefined) return [];
    const findings = [...found].sort((a, b) => a.start - b.start || (a.rule < b.rule ? -1 : 1));
    const config = this.#options.configFor(file);
    const severity = (id: string): Severity | 'off' => config.rules[id]?.severity ?? rules.find((rule) => rule.meta.id === id)?.meta.severity ?? unusedSuppressionMeta.severity;
    return applySuppressions(file, text, findings, { names: ruleNames, severity });
  }

  #plansAgain(finding: Finding): (() => readonly FixPlan[]) | undefined {
    const again = this.checkFile(finding.file, { includeTests: true }).find((one) => one.rule === finding.rule && one.start === finding.start);
    return again && this.#plans.get(again);
  }

  #filesUnder(paths: readonly string[] | undefined): string[] {
    const { files } = this.#project.state();
    if (!paths || paths.length === 0) return files.sources;
    return files.sources.filter((file) => paths.some((path) => file === path || file.startsWith(`${path.replace(/\/$/, '')}/`)));
  }

  #stats(started: number, paths?: readonly string[]): Stats {
    const state = this.#project.state();
    let calls = 0;
    for (const one of this.#facts.values()) calls += one.calls.length;
    const syntaxErrors = this.#filesUnder(paths).flatMap((file) => firstSyntaxError(this.#facts.get(file)?.sourceFile) ?? []);
    return {
      files: state.files.sources.length,
      candidates: state.carriers.size,
      programFiles: state.program.loaded().length,
      calls,
      ms: Math.round(performance.now() - started),
      // maxRSS is in kilobytes on every platform (Node's process.resourceUsage).
      peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
      ...(syntaxErrors.length > 0 ? { syntaxErrors } : {}),
    };
  }
}

/** No input makes the analyzer throw: what fails on a file says nothing about it. `KEYSCOPE_DEBUG` lets errors through, for us and the tests. */
function safely<T>(work: () => T[]): T[] {
  try {
    return work();
  } catch (error) {
    if (process.env['KEYSCOPE_DEBUG']) throw error;
    return [];
  }
}

function severityOf(rule: Rule, problem: Problem, set: RuleConfig | undefined): Severity {
  if (set?.severity !== undefined && set.severity !== 'off') return set.severity;
  return problem.severity ?? rule.meta.severity;
}

function asFinding(rule: Rule, problem: Problem, severity: Severity): Finding {
  return {
    rule: rule.meta.id as Finding['rule'],
    severity,
    ...placeOf(problem.node),
    message: problem.message,
    related: (problem.related ?? []).map(({ node, message }) => ({ ...placeOf(node), message })),
  };
}

function placeOf(node: ts.Node): { file: string; start: number; end: number } {
  return { file: node.getSourceFile().fileName, start: node.getStart(), end: node.getEnd() };
}

function fixOf({ id, title, kind, keeps, edits }: FixPlan): Fix {
  const all = unfoldBlocks(edits).map(fileEdit);
  const isClaim = ({ start, end, text, create }: FileEdit): boolean => start === end && text === '' && !create;
  const claims = all.filter(isClaim).map(({ file, start, end }) => ({ file, start, end }));
  return { id, title, kind, keeps, edits: all.filter((edit) => !isClaim(edit)), ...(claims.length > 0 ? { claims } : {}) };
}

function fileEdit(edit: FixPlan['edits'][number]): FileEdit {
  if ('sourceFile' in edit) return { file: edit.sourceFile.fileName, start: edit.start, end: edit.end, text: edit.text, sha256: sha256(edit.sourceFile.text) };
  return { file: edit.file, start: 0, end: 0, text: edit.text, create: true };
}

function callRecord({ sourceFile, nameNode, command, dialect, major, receiver, args }: FileFacts['calls'][number]): CallRecord {
  const [key] = args.keys;
  return {
    file: sourceFile.fileName,
    start: nameNode.getStart(),
    command,
    dialect,
    major,
    receiver: receiver.kind,
    client: receiver.identity,
    db: receiver.db ?? null,
    prefix: receiver.prefix ? patternText(receiver.prefix) : null,
    confidence: receiver.confidence,
    keyPattern: key ? patternText(key.pattern) : null,
  };
}

/** Lets requests in between, and notices a cancellation. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
