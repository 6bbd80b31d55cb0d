/**
 * `paths` and `baseUrl` of the tsconfig (or jsconfig) files that govern a file.
 * All `tsconfig*.json` of the nearest folder count, so that a solution file with `references` to tsconfig.app.json works;
 * where two disagree the first by name wins.
 */
import { dirname, isAbsolute, join } from 'node:path/posix';
import { foldersUp, type ProjectFiles } from './project-files.ts';

export interface PathMapping {
  /** The text before `*`, or the whole where there is none. */
  prefix: string;
  suffix: string;
  wildcard: boolean;
  /** Absolute, with `*` where the matched text goes. */
  targets: readonly string[];
}

export interface PathMappings {
  mappings: readonly PathMapping[];
  /** Absolute folder against which bare specifiers are tried last. */
  baseUrl: string | undefined;
}

const none: PathMappings = { mappings: [], baseUrl: undefined };

export class PathMappingsByFolder {
  readonly #files: ProjectFiles;
  readonly #byFolder = new Map<string, PathMappings>();

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  of(file: string): PathMappings {
    return this.#ofFolder(dirname(file));
  }

  clear(): void {
    this.#byFolder.clear();
  }

  #ofFolder(folder: string): PathMappings {
    const known = this.#byFolder.get(folder);
    if (known) return known;
    const configs = this.#files.tsconfigsIn(folder);
    let found: PathMappings;
    if (configs.length > 0) {
      const read = configs.map((name) => this.#read(join(folder, name), new Set()));
      found = { mappings: read.flatMap((one) => one.mappings), baseUrl: read.find((one) => one.baseUrl !== undefined)?.baseUrl };
    } else {
      found = folder === dirname(folder) || this.#files.exists(join(folder, '.git/HEAD')) ? none : this.#ofFolder(dirname(folder));
    }
    this.#byFolder.set(folder, found);
    return found;
  }

  #read(config: string, seen: Set<string>): PathMappings {
    if (seen.has(config)) return none;
    seen.add(config);
    const json = this.#files.json(config);
    if (!json) return none;
    const inherited = [json['extends'] ?? []]
      .flat()
      .filter((name) => typeof name === 'string')
      .map((name) => this.#extended(name, config))
      .filter((file) => file !== undefined)
      .map((file) => this.#read(file, seen))
      .reduce((_, last) => last, none);
    const options = (json['compilerOptions'] ?? {}) as Record<string, unknown>;
    const folder = dirname(config);
    const baseUrl = typeof options['baseUrl'] === 'string' ? absolute(folder, options['baseUrl']) : inherited.baseUrl;
    const paths = options['paths'];
    if (typeof paths !== 'object' || paths === null) return { mappings: inherited.mappings, baseUrl };
    const base = typeof options['baseUrl'] === 'string' ? absolute(folder, options['baseUrl']) : folder;
    const mappings = Object.entries(paths).map(([pattern, targets]) => mapping(pattern, targets, base));
    return { mappings: mappings.sort((a, b) => b.prefix.length - a.prefix.length), baseUrl };
  }

  #extended(name: string, config: string): string | undefined {
    const withJson = name.endsWith('.json') ? name : `${name}.json`;
    if (name.startsWith('.') || isAbsolute(name)) return absolute(dirname(config), withJson);
    for (const folder of foldersUp(config)) {
      for (const candidate of [withJson, `${name}/tsconfig.json`]) {
        const file = `${folder}/node_modules/${candidate}`;
        if (this.#files.exists(file)) return file;
      }
    }
    return undefined;
  }
}

function mapping(pattern: string, targets: unknown, base: string): PathMapping {
  const [prefix = '', suffix = ''] = pattern.split('*');
  const list = Array.isArray(targets) ? targets.filter((target): target is string => typeof target === 'string') : [];
  return { prefix, suffix, wildcard: pattern.includes('*'), targets: list.map((target) => absolute(base, target)) };
}

function absolute(folder: string, path: string): string {
  const filled = path.replace(/^\$\{configDir\}/, folder);
  return isAbsolute(filled) ? filled : join(folder, filled);
}
