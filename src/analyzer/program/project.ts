/** A root's sources, kept current: which files there are, which of them matter, and the program over those. */
import type ts from 'typescript';
import type { Config } from '../../config/config.ts';
import type { FileSource } from '../analyzer.ts';
import { isClientDeclaration } from '../dialects/client-declarations.ts';
import { ClientPackages } from './client-packages.ts';
import { discoverFiles, isSourcePath, type DiscoveredFiles } from './discover-files.ts';
import { focus, ImportGraph, type Focus } from './focus.ts';
import { FocusedProgram } from './focused-program.ts';
import { PathMappingsByFolder } from './path-mappings.ts';
import { ProjectFiles } from './project-files.ts';
import { SpecifierResolver } from './resolve-specifier.ts';

export interface ProjectState {
  files: DiscoveredFiles;
  focus: Focus;
  program: ts.Program;
  /** The program's own source files: neither TypeScript's library nor the clients' declarations. */
  sources: readonly ts.SourceFile[];
}

export class Project {
  readonly root: string;
  readonly #configFor: (file: string) => Config;
  readonly #files: ProjectFiles;
  readonly #packages: ClientPackages;
  readonly #mappings: PathMappingsByFolder;
  readonly #resolver: SpecifierResolver;
  readonly #graph: ImportGraph;
  readonly #program: FocusedProgram;
  readonly #followAll = new Set<string>();
  #discovered: DiscoveredFiles | undefined;
  #state: ProjectState | undefined;

  constructor(root: string, configFor: (file: string) => Config, source?: FileSource) {
    this.root = root;
    this.#configFor = configFor;
    this.#files = new ProjectFiles(source);
    this.#packages = new ClientPackages(this.#files);
    this.#mappings = new PathMappingsByFolder(this.#files);
    this.#resolver = new SpecifierResolver(this.#files, this.#mappings);
    this.#graph = new ImportGraph(this.#files, this.#packages, this.#resolver);
    this.#program = new FocusedProgram(this.#files);
  }

  text(file: string): string | undefined {
    return this.#files.read(file);
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
   * Follows all imports of these files, types and all, from now on.
   * @returns whether that brings anything new
   */
  followAll(files: Iterable<string>): boolean {
    const { focus: current, program } = this.state();
    let added = false;
    for (const file of files) {
      if (this.#followAll.has(file)) continue;
      this.#followAll.add(file);
      for (const target of current.imports.get(file)?.files.values() ?? []) added ||= program.getSourceFile(target) === undefined;
    }
    if (added) this.#state = undefined;
    return added;
  }

  #build(): ProjectState {
    const files = this.#discover();
    const focused = focus([...files.sources, ...files.declarations], this.#graph);
    const program = this.#program.update(focused, files.declarations, this.#followAll);
    const sources = program.getSourceFiles().filter((file) => focused.imports.has(file.fileName) && isClientDeclaration(file.fileName) === undefined);
    return { files, focus: focused, program, sources };
  }

  #discover(): DiscoveredFiles {
    if (!this.#discovered) {
      this.#discovered = discoverFiles({ root: this.root, configFor: this.#configFor });
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
