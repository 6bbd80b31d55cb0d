/**
 * Which files can have anything to do with Redis: a search backwards along imports from the files that import a client library.
 * A file's distance is the least number of imports between it and such a file (0: it imports one itself).
 */
import { importSpecifiers } from './import-specifiers.ts';
import type { ClientPackage, ClientPackages } from './client-packages.ts';
import type { ProjectFiles } from './project-files.ts';
import type { SpecifierResolver } from './resolve-specifier.ts';

/** A loop or handler this many imports away from the client is still followed: three calls, and the module that holds the client. */
export const furthest = 4;

export interface FileImports {
  text: string;
  /** Specifier → absolute first-party file. */
  files: ReadonlyMap<string, string>;
  clients: ReadonlyMap<string, ClientPackage>;
}

export interface Focus {
  imports: ReadonlyMap<string, FileImports>;
  distance: ReadonlyMap<string, number>;
}

/** What one file imports; read again only when its text changed. */
export class ImportGraph {
  readonly #files: ProjectFiles;
  readonly #packages: ClientPackages;
  readonly #resolver: SpecifierResolver;
  readonly #known = new Map<string, FileImports>();

  constructor(files: ProjectFiles, packages: ClientPackages, resolver: SpecifierResolver) {
    this.#files = files;
    this.#packages = packages;
    this.#resolver = resolver;
  }

  of(file: string): FileImports | undefined {
    const text = this.#files.read(file);
    if (text === undefined) return undefined;
    const known = this.#known.get(file);
    if (known?.text === text) return known;
    const files = new Map<string, string>();
    const clients = new Map<string, ClientPackage>();
    for (const specifier of importSpecifiers(text)) {
      const client = this.#packages.find(specifier, file);
      const target = client ? undefined : this.#resolver.resolve(specifier, file);
      if (client) clients.set(specifier, client);
      else if (target !== undefined) files.set(specifier, target);
    }
    const imports = { text, files, clients };
    this.#known.set(file, imports);
    return imports;
  }

  /** Resolution may have changed: a file was made or removed, or a tsconfig or package.json edited. */
  clear(): void {
    this.#known.clear();
  }
}

export function focus(sources: readonly string[], graph: ImportGraph): Focus {
  const imports = new Map<string, FileImports>();
  const importers = new Map<string, string[]>();
  const distance = new Map<string, number>();
  for (const file of sources) {
    const one = graph.of(file);
    if (!one) continue;
    imports.set(file, one);
    if (one.clients.size > 0) distance.set(file, 0);
    for (const target of one.files.values()) {
      const list = importers.get(target);
      if (list) list.push(file);
      else importers.set(target, [file]);
    }
  }
  const queue = [...distance.keys()];
  for (const file of queue) {
    const next = (distance.get(file) ?? 0) + 1;
    for (const importer of importers.get(file) ?? []) {
      if (distance.has(importer)) continue;
      distance.set(importer, next);
      queue.push(importer);
    }
  }
  return { imports, distance };
}
