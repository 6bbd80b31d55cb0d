/**
 * Where a specifier leads within the workspace: relative paths, tsconfig `paths` and `baseUrl`, package.json `imports`,
 * and the workspace's own packages by name, always to the source and never into node_modules.
 */
import { dirname, join } from 'node:path/posix';
import type { PathMappingsByFolder } from './path-mappings.ts';
import { foldersUp, type ProjectFiles } from './project-files.ts';

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs'];
/** What a specifier's extension may stand for in source. */
const sourcesOf: Record<string, readonly string[]> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs', '.d.mts'],
  '.cjs': ['.cts', '.cjs', '.d.cts'],
};

export class SpecifierResolver {
  readonly #files: ProjectFiles;
  readonly #mappings: PathMappingsByFolder;
  /** Names of the workspace's packages → their folders. */
  #packages: ReadonlyMap<string, string> = new Map();
  readonly #known = new Map<string, string | undefined>();

  constructor(files: ProjectFiles, mappings: PathMappingsByFolder) {
    this.#files = files;
    this.#mappings = mappings;
  }

  setPackages(packages: ReadonlyMap<string, string>): void {
    this.#packages = packages;
    this.#known.clear();
  }

  clear(): void {
    this.#known.clear();
  }

  /** The absolute file, or `undefined` where it leads out of the workspace or nowhere. */
  resolve(specifier: string, importer: string): string | undefined {
    const key = `${dirname(importer)}\0${specifier}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const found = this.#resolve(specifier, importer);
    this.#known.set(key, found);
    return found;
  }

  #resolve(specifier: string, importer: string): string | undefined {
    if (specifier.startsWith('./') || specifier.startsWith('../') || specifier === '.' || specifier === '..') {
      return this.#file(join(dirname(importer), specifier));
    }
    if (specifier.startsWith('/')) return this.#file(specifier);
    return this.#byPaths(specifier, importer) ?? this.#byImports(specifier, importer) ?? this.#byPackage(specifier);
  }

  #byPaths(specifier: string, importer: string): string | undefined {
    const { mappings, baseUrl } = this.#mappings.of(importer);
    for (const { prefix, suffix, wildcard, targets } of mappings) {
      const matches = wildcard
        ? specifier.length >= prefix.length + suffix.length && specifier.startsWith(prefix) && specifier.endsWith(suffix)
        : specifier === prefix;
      if (!matches) continue;
      const star = specifier.slice(prefix.length, specifier.length - suffix.length);
      for (const target of targets) {
        const found = this.#file(target.replace('*', star));
        if (found) return found;
      }
    }
    return baseUrl === undefined ? undefined : this.#file(join(baseUrl, specifier));
  }

  /** Subpath imports: `#db` by the nearest package.json's `imports`. */
  #byImports(specifier: string, importer: string): string | undefined {
    if (!specifier.startsWith('#')) return undefined;
    for (const folder of foldersUp(importer)) {
      const manifest = this.#files.json(`${folder}/package.json`);
      if (!manifest) continue;
      return this.#byTable(manifest['imports'], specifier, folder);
    }
    return undefined;
  }

  #byPackage(specifier: string): string | undefined {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
    const folder = name === undefined ? undefined : this.#packages.get(name);
    if (name === undefined || folder === undefined) return undefined;
    const manifest = this.#files.json(`${folder}/package.json`) ?? {};
    const subpath = specifier.slice(name.length);
    const exported = this.#byTable(manifest['exports'], `.${subpath}`, folder);
    if (exported) return exported;
    if (subpath) return this.#file(join(folder, 'src', subpath)) ?? this.#file(join(folder, subpath));
    const mains = [manifest['source'], manifest['types'], manifest['module'], manifest['main']].filter((main) => typeof main === 'string');
    for (const main of mains) {
      const found = this.#source(folder, main);
      if (found) return found;
    }
    return this.#file(join(folder, 'src/index')) ?? this.#file(join(folder, 'index'));
  }

  #byTable(table: unknown, name: string, folder: string): string | undefined {
    if (typeof table === 'string') return name === '.' ? this.#source(folder, table) : undefined;
    if (typeof table !== 'object' || table === null) return undefined;
    for (const [pattern, target] of Object.entries(table)) {
      const [prefix = '', suffix = ''] = pattern.split('*');
      const star = pattern.includes('*') && name.startsWith(prefix) && name.endsWith(suffix) ? name.slice(prefix.length, name.length - suffix.length) : undefined;
      if (pattern !== name && star === undefined) continue;
      for (const path of pathsOf(target)) {
        const found = this.#source(folder, star === undefined ? path : path.replace('*', star));
        if (found) return found;
      }
    }
    return undefined;
  }

  /** A path in a manifest names what is built; the source usually stands at the same place under src. */
  #source(folder: string, path: string): string | undefined {
    const built = /^(?:\.\/)?(?:dist|build|lib|out|esm|cjs)\/(?:(?:esm|cjs|src)\/)?(.+?)(?:\.d)?\.[cm]?[jt]sx?$/.exec(path);
    return (built?.[1] ? this.#file(join(folder, 'src', built[1])) : undefined) ?? this.#file(join(folder, path));
  }

  #file(path: string): string | undefined {
    const extension = /\.[cm]?[jt]sx?$/.exec(path)?.[0];
    if (extension !== undefined) {
      const stem = path.slice(0, -extension.length);
      for (const source of sourcesOf[extension] ?? []) if (this.#files.exists(stem + source)) return stem + source;
      if (this.#files.exists(path)) return path;
    }
    for (const added of extensions) if (this.#files.exists(path + added)) return path + added;
    for (const added of extensions) if (this.#files.exists(`${path}/index${added}`)) return `${path}/index${added}`;
    return undefined;
  }
}

/** All paths a (conditional) target of `exports` or `imports` names. */
function pathsOf(target: unknown): string[] {
  if (typeof target === 'string') return [target];
  if (typeof target !== 'object' || target === null) return [];
  return Object.values(target).flatMap(pathsOf);
}
