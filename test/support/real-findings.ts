/**
 * What the analyzer makes of a project held against what it makes of it over the real declarations: the same facts, rules and workspace, but
 * over an ordinary program of all files, with modules resolved by the compiler, and with the types of Node and of what hands clients on.
 */
import { readFileSync } from 'node:fs';
import type { AnalyzerOptions } from '../../src/analyzer/analyzer.ts';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import { collectCalls } from '../../src/analyzer/facts/calls/collect-calls.ts';
import { regionsOf } from '../../src/analyzer/facts/calls/regions.ts';
import type { MakeProgram, Program } from '../../src/analyzer/program/lazy-program.ts';
import { Project } from '../../src/analyzer/program/project.ts';
import { factsTold } from './facts-told.ts';
import { realProgram } from './real-program.ts';
import { readingReal } from './real-reader.ts';

export interface FindingDifferences {
  /** One line each: what only one of the two finds, or what they say or mend differently. */
  findings: string[];
  /** The same of the calls and the facts about them. */
  facts: string[];
  /** How many findings there are over the real declarations. */
  found: number;
}

export async function findingDifferences(folder: string): Promise<FindingDifferences> {
  const root = folder.replaceAll('\\', '/');
  const options: AnalyzerOptions = { root, configFor: () => ({ rules: {}, include: [], exclude: [] }) };
  const ours = { findings: await findingsOf(options), facts: factsOf(options) };
  let program: Program | undefined;
  // The same for both questions.
  const whole: MakeProgram = (_roots, _files, trees) => (program ??= overRealDeclarations(root, (file, text) => trees.of(file, text)));
  const real = await readingReal(async () => ({ findings: await findingsOf({ ...options, whole }), facts: factsOf({ ...options, whole }) }));
  return { findings: differing(ours.findings, real.findings), facts: differing(ours.facts, real.facts), found: real.findings.size };
}

function overRealDeclarations(root: string, parse: (file: string, text: string) => ReturnType<Program['source']>): Program {
  const { program } = realProgram(root, (file) => parse(file, readFileSync(file, 'utf8')));
  return {
    checker: program.getTypeChecker(),
    source: (file) => program.getSourceFile(file),
    loaded: () => program.getSourceFiles().map(({ fileName }) => fileName),
  };
}

/** What is told, and where → its parts by name. */
type Told = ReadonlyMap<string, Readonly<Record<string, string>>>;

async function findingsOf(options: AnalyzerOptions): Promise<Told> {
  const analyzer = createAnalyzer(options);
  const { findings } = await analyzer.check({ includeTests: true });
  const place = placesIn(options.root);
  return new Map(findings.map((finding) => {
    const { rule, severity, file, start, end, message, related } = finding;
    const fixes = analyzer.fixes(finding).map(({ id, title, edits }): [string, string] => [
      `fix ${id}`,
      [title, ...edits.map((edit) => `${edit.file.slice(options.root.length + 1)}#${edit.start}-${edit.end}\n${edit.text}`)].join('\n'),
    ]);
    const where = related.map((one) => `${place(one.file, one.start)} ${one.message}`).join();
    return [`${rule} ${place(file, start)}`, { severity, message, length: String(end - start), related: where, ...Object.fromEntries(fixes) }];
  }));
}

function factsOf(options: AnalyzerOptions): Told {
  const { carriers, program } = new Project(options).state();
  const place = placesIn(options.root);
  const told = new Map<string, Record<string, string>>();
  for (const [file, carried] of carriers) {
    const source = program.source(file);
    for (const region of source ? regionsOf(source) : []) {
      for (const call of collectCalls(region, program.checker, carried)) told.set(`${call.command} ${place(file, call.nameNode.getStart())}`, factsTold(call));
    }
  }
  return told;
}

/** `src/a.ts:3:14` */
function placesIn(root: string): (file: string, start: number) => string {
  const texts = new Map<string, string>();
  return (file, start) => {
    const text = texts.get(file) ?? readFileSync(file, 'utf8');
    texts.set(file, text);
    const before = text.slice(0, start);
    return `${file.slice(root.length + 1)}:${before.split('\n').length}:${start - before.lastIndexOf('\n')}`;
  };
}

function differing(ours: Told, real: Told): string[] {
  const lines = [...real.keys()].flatMap((one) => (ours.has(one) ? [] : [`missed ${one}`]));
  for (const [one, parts] of ours) {
    const other = real.get(one);
    if (!other) lines.push(`invented ${one}`);
    else for (const name of new Set([...Object.keys(parts), ...Object.keys(other)])) if (parts[name] !== other[name]) lines.push(`${one} ${name}: ${firstDifference(parts[name], other[name])}`);
  }
  return lines.sort();
}

/** The first lines that are not the same. */
function firstDifference(one = 'none', other = 'none'): string {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `${lines[at]?.trim() ?? ''} is ${others[at < 0 ? lines.length : at]?.trim() ?? ''}`;
}
