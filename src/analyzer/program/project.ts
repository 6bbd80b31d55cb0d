/** A root's sources, kept current: which files there are, which of them matter, and the program over those. */
import type ts from 'typescript';
import type { AnalyzerOptions, FileSource } from '../analyzer.ts';
import { ClientPackages } from './client-packages.ts';
import { discoverFiles, isSourcePath, type DiscoveredFiles } from './discover-files.ts';
import { withCallers } from './callers.ts';
import { findCarriers } from './carriers.ts';
import { focus, type Focus } from './focus.ts';
import { FocusedProgram } from './focused-program.ts';
import { ImportGraph } from './import-graph.ts';
import { PathMappingsByFolder } from './path-mappings.ts';
import { ProjectFiles } from './project-files.ts';
import { SpecifierResolver } from './resolve-specifier.ts';
import { SourceTrees } from './source-trees.ts';

export interface ProjectState {
  files: DiscoveredFiles;
  focus: Focus;
  /** Files that may hold a client. */
  carriers: ReadonlySet<string>;
  /** Those, and the files that may run what sends commands. */
  candidates: ReadonlySet<string>;
  program: ts.Program;
  /** The trees of the candidates. */
  sources: readonly ts.SourceFile[];
}

export class Project {
  readonly root: string;
  readonly #options: AnalyzerOptions;
  readonly #files: ProjectFiles;
  readonly #packages: ClientPackages;
  readonly #mappings: PathMappingsByFolder;
  readonly #resolver: SpecifierResolver;
  readonly #graph: ImportGraph;
  readonly #trees = new SourceTrees();
  readonly #program: FocusedProgram;
  readonly #followed = new Set<string>();
  #discovered: DiscoveredFiles | undefined;
  #state: ProjectState | undefined;

  constructor(options: AnalyzerOptions, source?: FileSource) {
    this.root = options.root;
    this.#options = options;
    this.#files = new ProjectFiles(source);
    this.#packages = new ClientPackages(this.#files);
    this.#mappings = new PathMappingsByFolder(this.#files);
    this.#resolver = new SpecifierResolver(this.#files, this.#mappings);
    this.#graph = new ImportGraph(this.#files, this.#packages, this.#resolver);
    this.#program = new FocusedProgram(this.#files, this.#trees);
  }

  text(file: string): string | undefined {
    return this.#files.read(file);
  }

  /** A JSON file, comments allowed; undefined where there is none. */
  json(file: string): Record<string, unknown> | undefined {
    return this.#files.json(file);
  }

  setText(file: string, text: string | undefined): void {
    const known = this.#files.exists(file);
    if (text !== undefined && this.#files.read(file) === text) {
      this.#files.setUnsaved(file, text);
      return;
    }
    this.#files.setUnsaved(file, text);
    if (!known || !this.#discovered?.sources.includes(file)) this.#addSource(file);
    this.#state = undefined;
  }

  filesChanged(files: readonly string[]): void {
    this.#files.changed(files);
    // What is there and what an import means may both be new: ask again. Texts that did not change cost nothing.
    this.#discovered = undefined;
    this.#packages.clear();
    this.#mappings.clear();
    this.#resolver.clear();
    this.#graph.clear();
    this.#state = undefined;
  }

  /** The current program; made anew only when something changed since. */
  state(): ProjectState {
    this.#state ??= this.#build();
    return this.#state;
  }

  /**
   * Follows all imports of these files from now on, types and all, one step: what those import in turn has to be asked for.
   * @returns whether that brings anything new
   */
  followImports(files: Iterable<string>): boolean {
    const { focus: current, program } = this.state();
    let added = false;
    for (const file of files) {
      if (this.#followed.has(file)) continue;
      this.#followed.add(file);
      for (const target of current.imports.get(file)?.files.values() ?? []) added ||= program.getSourceFile(target) === undefined;
    }
    if (added) this.#state = undefined;
    return added;
  }

  #build(): ProjectState {
    const files = this.#discover();
    const focused = focus([...files.sources, ...files.declarations], this.#graph);
    const tree = (file: string): ts.SourceFile | undefined => {
      const text = this.#files.read(file);
      return text === undefined ? undefined : this.#trees.of(file, text);
    };
    const all = this.#options.whole ? new Set(focused.imports.keys()) : undefined;
    const carriers = all ?? findCarriers(focused, this.#graph, tree);
    const candidates = all ?? withCallers(carriers, focused, tree);
    // What the arguments of commands are is told by what these files import.
    const program = this.#program.update(focused, candidates, files.declarations, new Set([...carriers, ...this.#followed]));
    this.#trees.keep(new Set(program.getSourceFiles().map(({ fileName }) => fileName)));
    const sources = program.getSourceFiles().filter(({ fileName }) => candidates.has(fileName));
    return { files, focus: focused, carriers, candidates, program, sources };
  }

  #discover(): DiscoveredFiles {
    if (!this.#discovered) {
      this.#discovered = discoverFiles({ root: this.root, configFor: this.#options.configFor });
      const packages = new Map<string, string>();
      for (const file of this.#discovered.projectFiles) {
        const name = file.endsWith('/package.json') ? this.#files.json(file)?.['name'] : undefined;
        if (typeof name === 'string') packages.set(name, file.slice(0, -'/package.json'.length));
      }
      this.#resolver.setPackages(packages);
      for (const file of this.#files.unsaved()) this.#addSource(file);
    }
    return this.#discovered;
  }

  /** A file that is new, or unsaved and not on the disk at all. */
  #addSource(file: string): void {
    if (!this.#discovered || !isSourcePath(file) || !file.startsWith(`${this.root}/`) || this.#discovered.sources.includes(file)) return;
    this.#discovered.sources.push(file);
    this.#discovered.sources.sort();
    this.#resolver.clear();
    this.#graph.clear();
  }
}
