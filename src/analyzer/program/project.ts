/** A root's sources, kept current: which files there are, which of them matter, and the program over those. */
import type ts from 'typescript';
import type { AnalyzerOptions, FileSource } from '../analyzer.ts';
import { clientDeclaration, clientDeclarationText } from '../dialects/client-declarations.ts';
import type { Neighbours } from '../workspace/callers.ts';
import { ClientPackages } from './client-packages.ts';
import { discoverFiles, isSourcePath, type DiscoveredFiles } from './discover-files.ts';
import { everything, findCarriers, type Carriers } from './carriers.ts';
import { focus, reachOf, type Focus } from './focus.ts';
import { ImportGraph } from './import-graph.ts';
import { ambientProgram, LazyProgram, wholeProgram, type Program, type ProgramFiles } from './lazy-program.ts';
import { PathMappingsByFolder } from './path-mappings.ts';
import { ProjectFiles } from './project-files.ts';
import { SpecifierResolver } from './resolve-specifier.ts';
import { SourceTrees } from './source-trees.ts';

export interface ProjectState {
  files: DiscoveredFiles;
  focus: Focus;
  /** Files that may hold a client. */
  carriers: Carriers;
  program: Program;
  neighbours: Neighbours;
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
  #ambient: ts.Program | undefined;
  #discovered: DiscoveredFiles | undefined;
  #state: ProjectState | undefined;
  #before: ProjectState | undefined;

  constructor(options: AnalyzerOptions, source?: FileSource) {
    this.root = options.root;
    this.#options = options;
    this.#files = new ProjectFiles(source, options.trace);
    this.#packages = new ClientPackages(this.#files);
    this.#mappings = new PathMappingsByFolder(this.#files);
    this.#resolver = new SpecifierResolver(this.#files, this.#mappings);
    this.#graph = new ImportGraph(this.#files, this.#packages, this.#resolver);
  }

  text(file: string): string | undefined {
    return this.#files.read(file);
  }

  /** Whether a file's text may hold a suppression: told without reading one that an earlier run has read. */
  maySuppress(file: string): boolean {
    return this.#files.scan(file)?.maySuppress ?? false;
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
    if (!this.#state) {
      this.#state = this.#build(this.#before);
      this.#before = this.#state;
    }
    return this.#state;
  }

  #build(before: ProjectState | undefined): ProjectState {
    const files = this.#discover();
    const focused = focus([...files.sources, ...files.declarations], this.#graph);
    const all = this.#options.whole ? [...focused.imports.keys()] : undefined;
    const carriers = all ? everything(all) : findCarriers(focused, this.#graph, (file) => this.#tree(file));
    // What neither the last state looked at nor this one begins with is not kept.
    if (before) this.#trees.keep(new Set([...before.program.loaded(), ...carriers.keys()]));
    const programFiles: ProgramFiles = {
      text: (file) => clientDeclarationText(file) ?? this.#files.read(file),
      resolve: (specifier, importer) => {
        const imports = focused.imports.get(importer);
        const client = imports?.clients.get(specifier);
        return client ? clientDeclaration(client.library, client.major) : imports?.files.get(specifier);
      },
    };
    const program = all ? wholeProgram(all, programFiles, this.#trees) : this.#lazyProgram(focused, programFiles);
    const reach = new Map<string, readonly string[]>();
    const neighbours: Neighbours = {
      reach: (file) => {
        let known = reach.get(file);
        if (!known) reach.set(file, (known = all ?? reachOf(file, focused)));
        return known;
      },
      imports: (importer, file) => focused.importers.get(file)?.includes(importer) ?? false,
      text: (file) => focused.imports.get(file)?.text,
      tree: (file) => program.source(file),
    };
    return { files, focus: focused, carriers, program, neighbours };
  }

  #lazyProgram(focused: Focus, files: ProgramFiles): Program {
    const ambient = [...focused.imports].flatMap(([file, { isAmbient }]) => (isAmbient ? [file] : []));
    this.#ambient = ambientProgram(ambient, (file) => this.#files.read(file), this.#trees, this.#ambient);
    return new LazyProgram(this.#ambient, files, this.#trees);
  }

  #tree(file: string): ts.SourceFile | undefined {
    const text = this.#files.read(file);
    return text === undefined ? undefined : this.#trees.of(file, text);
  }

  #discover(): DiscoveredFiles {
    if (!this.#discovered) {
      this.#discovered = this.#options.trace?.discovered ?? discoverFiles({ root: this.root, configFor: this.#options.configFor });
      this.#files.setListed([...this.#discovered.sources, ...this.#discovered.declarations]);
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
