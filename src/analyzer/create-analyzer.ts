/** The analyzer: a project, the facts of its files, the rules over them. */
import type ts from 'typescript';
import type { RuleConfig } from '../config/config.ts';
import { CheckNotes } from './check-notes.ts';
import type { CheckRecord } from './check-record.ts';
import type { AnalyzerOptions, CallRecord, CheckOptions, CheckResult, FileSource, RecordingAnalyzer, Stats } from './analyzer.ts';
import { clientOf } from './facts/clients/provided-client.ts';
import { collectCalls } from './facts/calls/collect-calls.ts';
import { editedRegions } from './facts/calls/edited-regions.ts';
import { fileFacts, type FileFacts } from './facts/calls/file-facts.ts';
import { LazyFacts } from './facts/calls/lazy-facts.ts';
import { regionsOf } from './facts/calls/regions.ts';
import { unfoldBlocks } from './fixes/text/unfold.ts';
import { sha256 } from './text-hash.ts';
import type { FileEdit, Finding, Fix, Severity } from './finding.ts';
import { isCompiledAsync } from './program/compiled-async.ts';
import { Project, type ProjectState } from './program/project.ts';
import { patternText } from '../redis/key-pattern.ts';
import { rules } from './rules/index.ts';
import { safely } from './safely.ts';
import { Renewal } from './renewal.ts';
import { askedRules, problemsIn } from './rules/problems.ts';
import type { FixPlan, Problem, Rule } from './rules/rule.ts';
import { unusedSuppressionFixes } from './suppression-fixes.ts';
import { applySuppressions, unusedSuppression, unusedSuppressionMeta } from './suppressions.ts';
import { firstSyntaxError } from './syntax-errors.ts';
import { isTestOrScript } from './test-files.ts';
import { Turns } from './turns.ts';
import type { Layout } from './workspace/layout.ts';
import type { Kept } from './workspace/kept.ts';
import { Memory } from './workspace/memory.ts';
import { emptyTrail } from './workspace/trail.ts';
import { Workspace } from './workspace/workspace.ts';

/** @param source where saved texts come from; default the disk */
export function createAnalyzer(options: AnalyzerOptions, source?: FileSource): RecordingAnalyzer {
  return new ProjectAnalyzer(options, source);
}

const ruleNames: readonly string[] = [...rules.map((rule) => rule.meta.id), unusedSuppression];

interface FileOptions {
  includeTests?: boolean;
}

class ProjectAnalyzer implements RecordingAnalyzer {
  readonly #options: AnalyzerOptions;
  readonly #project: Project;
  /** By name of the file, so that what rules say does not depend on the order in which files were read. */
  #facts: ReadonlyMap<string, FileFacts> = new Map();
  #plans = new WeakMap<Finding, { of: ProjectState; plans: () => readonly FixPlan[] }>();
  #workspace: Current | undefined;
  #memory = new Memory();
  #checked: Checked | undefined;
  /** A file whose rules were asked again for the plans of its findings. */
  #again: { of: ProjectState; file: string; findings: readonly Finding[] } | undefined;
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
    const of = this.#project.state();
    const kept = this.#checked?.of === of && this.#checked.includeTests === (options.includeTests === true) ? this.#checked : undefined;
    if (kept) return this.#outcome(kept, options, started);
    // By a checker and facts of its own where files have been checked already: a type in another file may have changed what a call is.
    const state = this.#workspace?.of === of ? this.#project.fork() : of;
    const renewal = this.#options.earlier && state === of ? Renewal.of(this.#options.earlier, state) : undefined;
    const checked = (await this.#checkOver(state, options, renewal)) ?? (await this.#checkOver(state, options, undefined));
    if (!checked) throw new Error('a check that keeps nothing has an outcome');
    // An edit meanwhile has moved the nodes that it left.
    if (this.#project.state() !== of) return await this.check(options);
    if (state === of || this.#project.adopt(state, of)) {
      checked.workspace.memory.isSought = true;
      this.#keep(state, checked.workspace, checked.facts);
      this.#checked = checked;
    }
    return this.#outcome(checked, options, started);
  }

  /** @param renewal what is kept of an earlier check; without one, everything is asked. @returns undefined where it keeps too much */
  async #checkOver(state: ProjectState, options: CheckOptions, renewal: Renewal | undefined): Promise<Checked | undefined> {
    const turns = new Turns(options.signal);
    const facts = renewal ? new LazyFacts(state.carriers.keys(), (file) => factsOf(file, state.carriers.get(file) ?? new Set(), state)) : await collectAll(state, options, turns);
    const workspace = this.#workspaceOver(state, facts, new Memory(), renewal);
    const notes = this.#options.trace ? new CheckNotes() : undefined;
    const files = state.files.sources;
    renewal?.takeSenders(workspace);
    const seekers = this.#seekers(files);
    const calling = new Set<string>();
    const leads = new Set<string>();
    for (const file of workspace.fileNames()) {
      await turns.next();
      const known = renewal?.seek(file);
      const trail = known?.seek ?? (notes && emptyTrail());
      const found = known?.leads ?? workspace.tracing(trail, () => workspace.seek(file, seekers));
      for (const name of found) leads.add(name);
      if (trail) notes?.sought.set(file, { leads: found, trail });
      for (const caller of trail?.callers ?? []) calling.add(caller);
    }
    workspace.learn(leads);
    if (!notes) for (const caller of workspace.callingFiles()) calling.add(caller);
    renewal?.takeLeads(leads);
    if (renewal?.refreshParts(workspace) === false) return undefined;
    const found = new Map<string, Finding[]>();
    const kept = new Map<string, readonly Finding[]>();
    const look = async (wanted: (file: string) => boolean): Promise<void> => {
      for (const [index, file] of files.entries()) {
        if (found.has(file) || kept.has(file) || !wanted(file)) continue;
        await turns.next();
        options.onProgress?.(index, files.length);
        const known = renewal?.findings(file);
        if (known) {
          kept.set(file, known.findings);
          notes?.lookAt(file, known.trail);
        } else found.set(file, workspace.tracing(notes?.lookAt(file), () => this.#run(file, { of: state, workspace }, options)));
      }
    };
    await look((file) => workspace.has(file));
    await look((file) => calling.has(file));
    return { of: state, includeTests: options.includeTests === true, facts, found, kept, workspace, notes, renewal };
  }

  /** Of the paths asked about; what suppressions say is read off the texts as they are now. */
  #outcome({ of, facts, found, kept, renewal }: Checked, { paths }: CheckOptions, started: number): CheckResult {
    return { findings: filesUnder(of, paths).flatMap((file) => kept.get(file) ?? this.#reported(file, found.get(file))), stats: this.#stats(started, of, facts, paths, renewal) };
  }

  record(): CheckRecord | undefined {
    const program = this.#project.record();
    const { workspace, notes, facts, renewal } = this.#checked ?? {};
    if (!program || !workspace || !notes) return undefined;
    return workspace.tracing(emptyTrail(), () => notes.record(program, workspace, (file) => callsIn(file, facts, renewal), renewal));
  }

  checkFile(file: string, options: FileOptions = {}): Finding[] {
    return this.#reported(file, this.#run(file, this.#current(), options));
  }

  fixes(finding: Finding): Fix[] {
    const text = this.text(finding.file);
    if (text === undefined) return [];
    if (finding.rule === unusedSuppression) return unusedSuppressionFixes(finding.file, text, finding, this.checkFile(finding.file), ruleNames);
    const known = this.#plans.get(finding);
    // An edit moves the nodes that it leaves: what was found before one is found again by its place.
    const plans = known && known.of === this.#project.state() ? known.plans : this.#plansAgain(finding);
    const workspace = this.#workspace?.workspace;
    const planned = (): FixPlan[] => safely(() => [...(plans?.() ?? [])]);
    return (workspace ? workspace.tracing(this.#checked?.notes?.lookAt(finding.file), planned) : planned()).filter(isOfSource).map(fixOf);
  }

  async calls(options: CheckOptions = {}): Promise<{ calls: CallRecord[]; stats: Stats }> {
    const started = performance.now();
    const state = this.#project.state();
    const facts = await collectAll(state, options, new Turns(options.signal));
    const workspace = this.#workspaceOver(state, facts, new Memory());
    const calls = filesUnder(state, options.paths).flatMap((file) => (facts.get(file)?.calls ?? []).map((call) => callRecord(call, workspace)));
    return { calls, stats: this.#stats(started, state, facts, undefined) };
  }

  /** The workspace over the program as it is now; what is known of unchanged files is kept. */
  #current(): Current {
    const state = this.#project.state();
    if (this.#workspace?.of === state) return this.#workspace;
    const before = this.#workspace?.of.carriers === state.carriers ? this.#facts : new Map<string, FileFacts>();
    const facts = new Map<string, FileFacts>();
    const inPart = new Set<string>();
    for (const [file, carried] of state.carriers) {
      const known = before.get(file);
      const one = known && state.neighbours.isCurrent(known.sourceFile) ? known : factsOf(file, carried, state, known, inPart);
      if (one) facts.set(file, one);
    }
    const edited = this.#workspace && this.#project.editedSince(this.#workspace.of);
    if (edited) this.#memory.edited(edited.map((file) => ({ file, tree: state.neighbours.tree(file), wholly: !inPart.has(file) })), state.neighbours.isCurrent);
    else this.#memory = new Memory(this.#memory.leads);
    // They hold the state that they were made in.
    this.#plans = new WeakMap();
    this.#checked = this.#again = undefined;
    const current = this.#keep(state, this.#workspaceOver(state, facts, this.#memory), facts);
    if (!this.#memory.isSought) {
      this.#memory.isSought = true;
      const { workspace } = current;
      workspace.learn([...workspace.fileNames()].flatMap((file) => workspace.seek(file, this.#seekers(state.files.sources))));
    }
    return current;
  }

  #keep(of: ProjectState, workspace: Workspace, facts: ReadonlyMap<string, FileFacts>): Current {
    this.#facts = facts;
    this.#memory = workspace.memory;
    return (this.#workspace = { of, workspace });
  }

  #workspaceOver(state: ProjectState, facts: ReadonlyMap<string, FileFacts>, memory: Memory, kept?: Kept): Workspace {
    const layout: Layout = {
      imports: (file) => state.focus.imports.get(file)?.files ?? new Map(),
      json: (file) => this.#project.json(file),
      sharedClientFolder: (file) => this.#options.configFor(file).sharedClientFolder,
      server: (file) => this.#options.configFor(file).server ?? {},
    };
    return new Workspace(this.#options.root, state.program.checker, facts, state.neighbours, memory, layout, kept);
  }

  /** What the rules find in one file; [] for a file that has nothing to do with Redis. */
  #run(file: string, { of, workspace }: Current, options: FileOptions): Finding[] {
    const facts = workspace.factsOf(file) ?? callerFacts(file, of);
    if (!facts) return [];
    const { sourceFile } = facts;
    const config = this.#options.configFor(file);
    let lowered: boolean | undefined;
    const asked = askedRules(rules, config);
    return regionsOf(sourceFile).flatMap((region) => {
      const found = problemsIn({ sourceFile, region, calls: facts.byRegion.get(region) ?? [] }, asked, workspace);
      return found.flatMap(({ rule, problem, plans }) =>
        safely(() => {
          lowered ??= !options.includeTests && config.tests !== 'include' && isTestOrScript(file.slice(this.#options.root.length + 1), sourceFile.text);
          const finding = asFinding(rule, problem, lowered ? 'hint' : severityOf(rule, problem, config.rules[rule.meta.id]));
          if (plans) this.#plans.set(finding, { of, plans });
          return [finding];
        }),
      );
    });
  }

  /** Of the rules that are on for some file. */
  #seekers(files: readonly string[]): Seeker[] {
    const isOn = (id: string): boolean => files.some((file) => this.#options.configFor(file).rules[id]?.severity !== 'off');
    const seekers = new Set(rules.flatMap(({ meta: { id }, seek }) => (seek && isOn(id) ? [seek] : [])));
    return [...seekers].map((seek) => (file, workspace): void => void safely(() => [seek(file, workspace)]));
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
    const current = this.#current();
    if (this.#again?.of !== current.of || this.#again.file !== finding.file) {
      const source = current.of.program.source(finding.file);
      for (const region of source ? regionsOf(source) : []) current.workspace.memory.problems.delete(region);
      this.#again = { of: current.of, file: finding.file, findings: this.#run(finding.file, current, { includeTests: true }) };
    }
    const again = this.#again.findings.find((one) => one.rule === finding.rule && one.start === finding.start);
    return again && this.#plans.get(again)?.plans;
  }

  #stats(started: number, state: ProjectState, facts: ReadonlyMap<string, FileFacts>, paths: readonly string[] | undefined, renewal?: Renewal): Stats {
    let calls = 0;
    for (const file of facts.keys()) calls += callsIn(file, facts, renewal);
    const syntaxErrors = filesUnder(state, paths).flatMap((file) => (renewal?.holdsText(file) ? renewal.syntaxErrors(file) : (firstSyntaxError(facts.get(file)?.sourceFile) ?? [])));
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

/** A whole check: it holds for as long as the state is the project's. */
interface Checked {
  of: ProjectState;
  includeTests: boolean;
  facts: ReadonlyMap<string, FileFacts>;
  found: ReadonlyMap<string, readonly Finding[]>;
  /** Findings of an earlier check, as reported then. */
  kept: ReadonlyMap<string, readonly Finding[]>;
  workspace: Workspace;
  notes: CheckNotes | undefined;
  renewal: Renewal | undefined;
}

type Seeker = (file: string, workspace: Workspace) => void;

/** A state of the project, and what the facts over it say. */
interface Current {
  of: ProjectState;
  workspace: Workspace;
}

function callsIn(file: string, facts: ReadonlyMap<string, FileFacts> | undefined, renewal: Renewal | undefined): number {
  const kept = renewal?.holdsCalls(file) ? renewal.file(file)?.calls : undefined;
  return kept ?? facts?.get(file)?.calls.length ?? 0;
}

async function collectAll(state: ProjectState, { onLoad }: CheckOptions, turns: Turns): Promise<Map<string, FileFacts>> {
  const facts = new Map<string, FileFacts>();
  let done = 0;
  for (const [file, carried] of state.carriers) {
    await turns.next();
    onLoad?.(done++, state.carriers.size);
    const one = factsOf(file, carried, state);
    if (one) facts.set(file, one);
  }
  return facts;
}

/** @param before what was known of an earlier text @param inPart is told of a file of which regions are as they were */
function factsOf(file: string, carried: ReadonlySet<string>, { program, focus }: ProjectState, before?: FileFacts, inPart?: Set<string>): FileFacts | undefined {
  const sourceFile = program.source(file);
  if (!sourceFile) return undefined;
  const edited = before && editedRegions(before, sourceFile, before.sourceFile.text);
  if (edited) inPart?.add(file);
  const imports = focus.imports.get(file);
  const named = imports && imports.named.length > 0 ? { clients: imports.named, isImporting: imports.clients.size > 0 } : undefined;
  return fileFacts(sourceFile, (region) => (edited && !edited.has(region) ? (before?.byRegion.get(region) ?? []) : safely(() => collectCalls(region, program.checker, carried, named))));
}

/** Of a file that holds no client, but may call what does. */
function callerFacts(file: string, { focus, program }: ProjectState): FileFacts | undefined {
  const sourceFile = focus.distance.has(file) ? program.source(file) : undefined;
  return sourceFile && { sourceFile, calls: [], named: [], byRegion: new Map() };
}

function filesUnder({ files: { sources } }: ProjectState, paths: readonly string[] | undefined): string[] {
  if (!paths || paths.length === 0) return sources;
  return sources.filter((file) => paths.some((path) => file === path || file.startsWith(`${path.replace(/\/$/, '')}/`)));
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
    message: messageOf(problem),
    related: (problem.related ?? []).map(({ node, message }) => ({ ...placeOf(node), message })),
  };
}

function messageOf({ message }: Problem): string {
  return typeof message === 'string' ? message : message();
}

function placeOf(node: ts.Node): { file: string; start: number; end: number } {
  return { file: node.getSourceFile().fileName, start: node.getStart(), end: node.getEnd() };
}

/** No edit of what a compiler has made. */
const isOfSource = ({ edits }: FixPlan): boolean => !edits.some((edit) => 'sourceFile' in edit && isCompiledAsync(edit.sourceFile.text));

function fixOf({ id, title, kind, keeps, edits }: FixPlan): Fix {
  const all = unfoldBlocks(edits).map(fileEdit);
  const isClaim = ({ start, end, text, create }: FileEdit): boolean => start === end && text === '' && !create;
  const claims = all.filter(isClaim).map(({ file, start, end }) => ({ file, start, end }));
  return { id, title, kind, keeps, edits: all.filter((edit) => !isClaim(edit)), ...(claims.length > 0 ? { claims } : {}) };
}

const digests = new WeakMap<ts.SourceFile, { text: string; digest: string }>();

/** A fix may have hundreds of edits in one file. */
function digestOf(sourceFile: ts.SourceFile): string {
  const { text } = sourceFile;
  let known = digests.get(sourceFile);
  if (known?.text !== text) digests.set(sourceFile, (known = { text, digest: sha256(text) }));
  return known.digest;
}

function fileEdit(edit: FixPlan['edits'][number]): FileEdit {
  if ('sourceFile' in edit) return { file: edit.sourceFile.fileName, start: edit.start, end: edit.end, text: edit.text, sha256: digestOf(edit.sourceFile) };
  return { file: edit.file, start: 0, end: 0, text: edit.text, create: true };
}

function callRecord({ sourceFile, nameNode, command, dialect, major, receiver, args }: FileFacts['calls'][number], workspace: Workspace): CallRecord {
  const [key] = args.keys;
  const { declaredAt, db, prefix } = clientOf(receiver, workspace);
  return {
    file: sourceFile.fileName,
    start: nameNode.getStart(),
    command,
    dialect,
    major,
    receiver: receiver.kind,
    client: declaredAt,
    db: db ?? null,
    prefix: prefix ? patternText(prefix) : null,
    confidence: receiver.confidence,
    keyPattern: key ? patternText(key.pattern) : null,
  };
}
