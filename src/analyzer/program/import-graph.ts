/** What each file imports, and from which file a name really comes when it is handed on. */
import type { ClientPackage, ClientPackages, InstalledClient } from './client-packages.ts';
import type { FileScan } from './file-scan.ts';
import { clausesAfter, type Range } from './import-edits.ts';
import { hostSpecifier } from './mixed-in.ts';
import type { ModuleExports, Names } from './module-names.ts';
import type { ProjectFiles } from './project-files.ts';
import type { SpecifierResolver } from './resolve-specifier.ts';

export interface FileImports {
  readonly text: string;
  scan: FileScan;
  /** Specifier → absolute first-party file. */
  files: ReadonlyMap<string, string>;
  clients: ReadonlyMap<string, ClientPackage>;
  /** Declares something for files that import nothing of it. */
  isAmbient: boolean;
  /** The client libraries of its package, where it may call commands of what only its name says to be a client; else none. */
  named: readonly InstalledClient[];
}

/** A name of a file, `'*'` for all of them. */
export interface Source {
  file: string;
  name: string;
}

const none: readonly InstalledClient[] = [];

/** Re-exports of re-exports are followed so far. */
const deepest = 8;

export class ImportGraph {
  readonly #files: ProjectFiles;
  readonly #packages: ClientPackages;
  readonly #resolver: SpecifierResolver;
  readonly #known = new Map<string, FileImports>();
  /** File → those that put what it hands out on a prototype. */
  #hosts: ReadonlyMap<string, readonly string[]> = new Map();
  readonly #clauses = new WeakMap<FileImports, readonly Range[]>();

  constructor(files: ProjectFiles, packages: ClientPackages, resolver: SpecifierResolver) {
    this.#files = files;
    this.#packages = packages;
    this.#resolver = resolver;
  }

  /** Read again only when its text changed. */
  of(file: string): FileImports | undefined {
    const scan = this.#files.scan(file);
    if (!scan) return undefined;
    const known = this.#known.get(file);
    if (known?.scan === scan) return known;
    return this.#edited(file, known, scan) ?? this.#reread(file, known, scan);
  }

  /** To be told of all files before any is asked for: who puts what others hand out on a prototype, so that those are tied to it. */
  setHosts(sources: readonly string[]): void {
    const hosts = new Map<string, string[]>();
    for (const file of sources) {
      const targets = (this.#files.scan(file)?.mixedIn ?? []).flatMap((specifier) => this.#resolver.resolve(specifier, file) ?? []);
      for (const target of new Set(targets)) if (target !== file) hosts.set(target, [...(hosts.get(target) ?? []), file]);
    }
    for (const file of new Set([...hosts.keys(), ...this.#hosts.keys()])) if (String(hosts.get(file)) !== String(this.#hosts.get(file))) this.#known.delete(file);
    this.#hosts = hosts;
  }

  #reread(file: string, before: FileImports | undefined, scan: FileScan): FileImports {
    const after = this.#read(file, scan);
    if (!before || !saysTheSame(before, after)) return after;
    const imports = recordOf(scan, before);
    this.#known.set(file, imports);
    return imports;
  }

  /** The record of a file whose text has changed, but nothing in it that this graph reads. */
  #edited(file: string, before: FileImports | undefined, scan: FileScan): FileImports | undefined {
    if (before && (before.scan.maySpeakOfClient !== scan.maySpeakOfClient || String(before.scan.mixedIn) !== String(scan.mixedIn))) return undefined;
    const clauses = before && clausesAfter(before.text, scan.text, this.#clauses.get(before));
    if (!clauses) return undefined;
    scan.takeImportsFrom(before.scan);
    const imports = recordOf(scan, before);
    this.#clauses.set(imports, clauses);
    this.#known.set(file, imports);
    return imports;
  }

  #read(file: string, scan: FileScan): FileImports {
    const files = new Map<string, string>();
    const clients = new Map<string, ClientPackage>();
    for (const specifier of scan.specifiers) {
      const client = this.#packages.find(specifier, file);
      const target = client ? undefined : this.#resolver.resolve(specifier, file);
      if (client) clients.set(specifier, client);
      else if (target !== undefined) files.set(specifier, target);
    }
    for (const host of this.#hosts.get(file) ?? []) files.set(hostSpecifier(host), host);
    const named = clients.size > 0 || scan.maySpeakOfClient ? this.#packages.installed(file) : none;
    const imports = recordOf(scan, { files, clients, isAmbient: scan.isAmbient, named });
    this.#known.set(file, imports);
    return imports;
  }

  /** Where the names come from that a file imports by a specifier: the target itself, or what it hands on. */
  sources(imports: FileImports, specifier: string): Source[] {
    const target = imports.files.get(specifier);
    if (target === undefined) return [];
    if (!this.#handsOn(target)) return [...this.#namesOf(imports, specifier)].map((name) => ({ file: target, name }));
    return [...this.#namesOf(imports, specifier)].flatMap((name) => this.origins(target, name));
  }

  /** The files that a file's imports lead to, past those that only hand on. */
  targets(imports: FileImports): Set<string> {
    const found = new Set<string>();
    for (const [specifier, target] of imports.files) {
      if (this.#handsOn(target)) for (const { file } of this.sources(imports, specifier)) found.add(file);
      else found.add(target);
    }
    return found;
  }

  /** Where an exported name of a file is declared; the file itself where nobody can tell. */
  origins(file: string, name: string, depth = 0): Source[] {
    const imports = this.of(file);
    const handed = imports && this.#exportsOf(imports);
    if (!imports || !handed || depth > deepest) return [{ file, name }];
    const behind = (from: ModuleExports['from'][number]): string | undefined => imports.files.get(from.specifier);
    if (name === '*') {
      const all = handed.from.flatMap((from) => {
        const target = behind(from);
        return target === undefined ? [] : from.names === '*' ? this.origins(target, '*', depth + 1) : [...from.names.values()].flatMap((original) => this.origins(target, original, depth + 1));
      });
      return [{ file, name: '*' }, ...all];
    }
    if (handed.own.has(name)) return [{ file, name }];
    for (const from of handed.from) {
      const target = behind(from);
      const original = from.names === '*' ? undefined : from.names.get(name);
      if (original !== undefined) return target === undefined ? [{ file, name }] : this.origins(target, original, depth + 1);
    }
    const stars = handed.from.flatMap((from) => (from.names === '*' ? (behind(from) ?? []) : []));
    const declaring = stars.filter((target) => this.#mayDeclare(target, name, depth + 1));
    return (declaring.length > 0 ? declaring : stars).flatMap((target) => this.origins(target, name, depth + 1)).concat(stars.length === 0 ? [{ file, name }] : []);
  }

  #mayDeclare(file: string, name: string, depth: number): boolean {
    const imports = this.of(file);
    if (!imports?.text.includes(name)) return imports !== undefined && depth <= deepest && (this.#exportsOf(imports)?.from.some(({ specifier, names }) => names === '*' && this.#mayDeclare(imports.files.get(specifier) ?? '', name, depth + 1)) ?? false);
    return true;
  }

  #handsOn(file: string): boolean {
    const imports = this.of(file);
    return imports !== undefined && this.#exportsOf(imports) !== undefined;
  }

  #namesOf(imports: FileImports, specifier: string): Names {
    return imports.scan.names().get(specifier) ?? '*';
  }

  #exportsOf(imports: FileImports): ModuleExports | undefined {
    return imports.scan.exports();
  }

  /** Resolution may have changed: a file was made or removed, or a tsconfig or package.json edited. */
  clear(): void {
    this.#known.clear();
  }
}

/** Whether two records of a file say the same, texts aside. */
export function isSameImports(one: FileImports, other: FileImports): boolean {
  return one.files === other.files && one.clients === other.clients && one.isAmbient === other.isAmbient && one.named === other.named;
}

function saysTheSame(one: FileImports, other: FileImports): boolean {
  const said = ({ files, clients, isAmbient, named, scan }: FileImports): string => {
    const handed = scan.exports();
    return JSON.stringify([
      [...files],
      [...clients],
      isAmbient,
      named,
      scan.mixedIn,
      [...scan.names()].map(([specifier, names]) => [specifier, names === '*' ? names : [...names]]),
      (handed?.from ?? []).map(({ specifier, names }) => [specifier, names === '*' ? names : [...names]]),
      [...(handed?.own ?? [])],
    ]);
  };
  return said(one) === said(other);
}

function recordOf(scan: FileScan, { files, clients, isAmbient, named }: Pick<FileImports, 'files' | 'clients' | 'isAmbient' | 'named'>): FileImports {
  return {
    get text() {
      return scan.text;
    },
    scan,
    files,
    clients,
    isAmbient,
    named,
  };
}
