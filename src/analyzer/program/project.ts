/** A root's sources, kept current: which files there are, which of them matter, and the program over those. */
import type ts from 'typescript';
import type { AnalyzerOptions, FileSource } from '../analyzer.ts';
import { clientDeclaration, clientDeclarationText } from '../dialects/client-declarations.ts';
import { ClientPackages } from './client-packages.ts';
import { setConstantMembers } from '../facts/code/constant-access.ts';
import { setHosts } from '../facts/clients/inherited-fields.ts';
import { discoverFiles, isSourcePath, type DiscoveredFiles } from './discover-files.ts';
import { CarrierSearch, everything, type Carriers } from './carriers.ts';
import { focus, reachOf, type Focus } from './focus.ts';
import { ImportGraph, isSameImports } from './import-graph.ts';
import { ambientProgram, LazyProgram, type Program, type ProgramFiles } from './lazy-program.ts';
import type { Neighbours } from './neighbours.ts';
import { isHostSpecifier } from './mixed-in.ts';
import { PathMappingsByFolder } from './path-mappings.ts';
import { graphDigest, type ProgramRecord } from './program-record.ts';
import { ProjectFiles } from './project-files.ts';
import { renewedCarriers } from './renewed-carriers.ts';
import { SpecifierResolver } from './resolve-specifier.ts';
import { SourceTrees } from './source-trees.ts';

export interface ProjectState {
  files: DiscoveredFiles;
  focus: Focus;
  /** Files that may hold a client. */
  carriers: Carriers;
  program: Program;
  neighbours: Neighbours;
  /** Whether all imports lead where they did in the earlier check that the project was given, and the same files may hold a client. */
  isAsEarlier: boolean;
  /** Counts the states of a project. */
  version: number;
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
  /** Of all files; undefined when what they import has to be joined anew. */
  #focus: Focus | undefined;
  #search: CarrierSearch | undefined;
  /** Of all files, and maybe of earlier texts. */
  #members: Set<string> | undefined;
  /** Since the state was made. */
  readonly #edited = new Set<string>();
  #state: ProjectState | undefined;
  #version = 0;
  /** The first version since which all that changed were texts, and those are known. */
  #knownSince = 0;
  readonly #editedIn = new Map<string, number>();

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
    if (!known || !this.#focus?.imports.has(file)) {
      this.#addSource(file);
      this.#focus = undefined;
    }
    this.#edited.add(file);
  }

  filesChanged(files: readonly string[]): void {
    this.#files.changed(files);
    // What is there and what an import means may both be new: ask again. Texts that did not change cost nothing.
    this.#discovered = undefined;
    this.#packages.clear();
    this.#mappings.clear();
    this.#resolver.clear();
    this.#graph.clear();
    this.#focus = undefined;
    this.#members = undefined;
    this.#state = undefined;
  }

  /** The current program; made anew only when something changed since. */
  state(): ProjectState {
    const edited = [...this.#edited];
    this.#edited.clear();
    if (!this.#state || !this.#isUntouchedBy(edited, this.#state)) this.#state = this.#build(this.#state, edited);
    return this.#state;
  }

  /** What is found out of which files matter; undefined where a later check has to find out by itself. */
  record(): ProgramRecord | undefined {
    // Where the same files hold a client, what they hand out may still be other than it was.
    const carriers = this.#search?.record();
    const earlier = this.#state?.isAsEarlier ? this.#options.earlier?.program : undefined;
    return this.#focus && carriers && { graph: earlier?.graph ?? graphDigest(this.#focus), carriers };
  }

  /** The files edited since a state; undefined where anything may have changed. */
  editedSince({ version }: ProjectState): string[] | undefined {
    return version < this.#knownSince ? undefined : [...this.#editedIn].flatMap(([file, last]) => (last > version ? [file] : []));
  }

  /** The same by a checker of its own, for a check that takes long: questions in between are answered by the current state. */
  fork(): ProjectState {
    return this.#stateOver(this.state());
  }

  /** Lets a state that was forked be the current one; false where there is a newer. */
  adopt(fork: ProjectState, of: ProjectState): boolean {
    if (this.#edited.size > 0 || this.#state !== of) return false;
    this.#state = fork;
    const loaded = new Set(fork.program.loaded());
    this.#trees.keep(({ fileName }) => loaded.has(fileName));
    return true;
  }

  /**
   * Takes edits into the focus, where they change nothing that it is about.
   * @returns whether the program need not be made anew either: nothing that it holds was edited
   */
  #isUntouchedBy(edited: readonly string[], { program, focus: current }: ProjectState): boolean {
    const loaded = edited.length > 0 ? new Set(program.loaded()) : new Set<string>();
    let untouched = this.#focus !== undefined;
    for (const file of edited) {
      for (const name of this.#members ? (this.#files.scan(file)?.members ?? []) : []) this.#members?.add(name);
      const before = current.imports.get(file);
      const after = this.#graph.of(file);
      if (before && after && isSameImports(before, after)) {
        current.imports.set(file, after);
        // One with a distance may call what sends commands, though no type of it was asked for.
        if (current.distance.has(file) || loaded.has(file) || after.isAmbient) untouched = false;
        if (current.distance.has(file) && this.#search?.isUnchangedBy(file, this.#tree) === false) this.#search = undefined;
      } else {
        this.#focus = undefined;
        untouched = false;
      }
    }
    return untouched;
  }

  #build(before: ProjectState | undefined, edited: readonly string[]): ProjectState {
    const files = this.#discover();
    if (!this.#focus) this.#members = undefined;
    const isKnown = before !== undefined && this.#focus !== undefined && this.#search !== undefined;
    if (!this.#focus) {
      this.#focus = focus([...files.sources, ...files.declarations], this.#graph);
      this.#search = undefined;
    }
    const { whole } = this.#options;
    let carriers = before?.carriers;
    let isAsEarlier = false;
    if (!this.#search || !carriers) {
      const search = (this.#search = new CarrierSearch(this.#focus, this.#graph));
      const earlier = before || whole ? undefined : this.#options.earlier;
      const renewed = earlier && renewedCarriers(earlier, search, this.#focus, this.#tree);
      isAsEarlier = renewed?.areSame ?? false;
      carriers = renewed?.carriers ?? (whole ? everything([...this.#focus.imports.keys()].sort()) : search.all(this.#tree));
    }
    this.#trees.keep(({ fileName }) => fileName.startsWith(this.root) ? this.#files.read(fileName) !== undefined : true);
    this.#version++;
    if (isKnown) for (const file of edited) this.#editedIn.set(file, this.#version);
    else {
      this.#knownSince = this.#version;
      this.#editedIn.clear();
    }
    return this.#stateOver({ files, focus: this.#focus, carriers, isAsEarlier, version: this.#version });
  }

  #stateOver({ files, focus: current, carriers, isAsEarlier, version }: Pick<ProjectState, 'files' | 'focus' | 'carriers' | 'isAsEarlier' | 'version'>): ProjectState {
    const programFiles: ProgramFiles = {
      text: (file) => clientDeclarationText(file) ?? this.#files.read(file),
      resolve: (specifier, importer) => {
        const imports = current.imports.get(importer);
        const client = imports?.clients.get(specifier);
        return client ? (client.library ? clientDeclaration(client.library, client.major, client.isOpen) : undefined) : imports?.files.get(specifier);
      },
    };
    const { whole } = this.#options;
    const all = whole && [...current.imports.keys()];
    const program = whole && all ? whole(all, programFiles, this.#trees) : this.#lazyProgram(current, programFiles);
    setHosts(program.checker, (file) => [...(current.imports.get(file)?.files ?? [])].flatMap(([specifier, host]) => (isHostSpecifier(specifier) ? (program.source(host) ?? []) : [])));
    const neighbours: Neighbours = {
      reach: (file) => all ?? reachOf(file, current),
      imports: (importer, file) => current.importers.get(file)?.includes(importer) ?? false,
      text: (file) => (current.imports.has(file) ? this.#files.read(file) : undefined),
      tree: (file) => program.source(file),
      isCurrent: (node) => {
        const tree = node.getSourceFile();
        return this.#trees.has(tree) && this.#files.read(tree.fileName) === tree.text;
      },
    };
    return { files, focus: current, carriers, program, neighbours, isAsEarlier, version };
  }

  #lazyProgram(focused: Focus, files: ProgramFiles): Program {
    const { ambient } = focused;
    const known = this.#ambient;
    const isCurrent = known?.getRootFileNames().length === ambient.length + 1 && ambient.every((file) => known.getSourceFile(file)?.text === this.#files.read(file));
    this.#ambient = known && isCurrent ? known : ambientProgram(ambient, (file) => this.#files.read(file), this.#trees, known);
    const program = new LazyProgram(this.#ambient, files, this.#trees);
    setConstantMembers(program.checker, (name) => this.#hasMember(name));
    return program;
  }

  /** Whether a file that the checker may come to declares a member of that name whose text is known. */
  #hasMember(name: string): boolean {
    if (!this.#members) {
      this.#members = new Set();
      const { imports } = this.#focus ?? {};
      // What git ignores, and what lies beside the root, is imported all the same.
      const files = new Set([...(imports?.keys() ?? []), ...[...(imports?.values() ?? [])].flatMap((one) => [...one.files.values()])]);
      for (const file of files) for (const member of this.#files.scan(file)?.members ?? []) this.#members.add(member);
    }
    return this.#members.has(name);
  }

  readonly #tree = (file: string): ts.SourceFile | undefined => {
    const text = this.#files.read(file);
    return text === undefined ? undefined : this.#trees.of(file, text);
  };

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
