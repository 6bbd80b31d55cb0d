/** Which client library, of which major, a specifier means in a file: by the nearest package.json that names it. */
import semver from 'semver';
import { clientModules } from '../facts/clients/client-modules.ts';
import type { Library } from '../facts/calls/redis-call.ts';
import { isOpen, supportedMajor } from '../dialects/client-declarations.ts';
import { foldersUp, type ProjectFiles } from './project-files.ts';

export const clientLibraries: readonly Library[] = ['ioredis', 'iovalkey', 'redis', '@redis/client'];
const dependencyFields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** Make their clients themselves, of options that they are given: their files are looked at as those of a client's are. */
const companions: ReadonlySet<string> = new Set(['bullmq', '@nestjs/bullmq', ...clientModules]);

export interface ClientPackage {
  /** Undefined for what makes its clients itself. */
  library: Library | undefined;
  major: number;
  /** Whether the manifest leaves open for which API the code is written (`isOpen`). */
  isOpen: boolean;
}

export interface InstalledClient {
  library: Library;
  major: number;
}

/** Clients of other protocols, or with replies of their own, whose variables go by the same names. */
const lookAlike = /upstash|vercel\/kv|handy-redis|tedis|then-redis|redis-om/;

export class ClientPackages {
  readonly #files: ProjectFiles;
  readonly #byFolder = new Map<string, ClientPackage | undefined>();
  readonly #installed = new Map<string, readonly InstalledClient[]>();

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  /** `undefined` where the specifier is no client library. */
  find(specifier: string, importer: string): ClientPackage | undefined {
    if (companions.has(specifier)) return { library: undefined, major: 0, isOpen: false };
    const name = isLibrary(specifier) ? specifier : undefined;
    if (name === undefined && !mayBeAlias(specifier)) return undefined;
    const folders = foldersUp(importer);
    const nearest = folders[Symbol.iterator]().next().value as string;
    const key = `${nearest}\0${specifier}`;
    if (this.#byFolder.has(key)) return this.#byFolder.get(key);
    const found = this.#search(specifier, name, importer);
    this.#byFolder.set(key, found);
    return found;
  }

  /** The client libraries that the nearest package names which names any; none beside a look-alike of them. */
  installed(file: string): readonly InstalledClient[] {
    const [nearest = ''] = foldersUp(file);
    let known = this.#installed.get(nearest);
    if (!known) this.#installed.set(nearest, (known = this.#installedIn(file)));
    return known;
  }

  #installedIn(file: string): readonly InstalledClient[] {
    for (const folder of foldersUp(file)) {
      const manifest = this.#files.json(`${folder}/package.json`);
      const clients = clientLibraries.flatMap((name): InstalledClient[] => {
        const found = declaredVersion(manifest, name) === undefined ? undefined : this.find(name, file);
        return found?.library ? [{ library: found.library, major: found.major }] : [];
      });
      if (clients.length > 0) return dependencyFields.some((field) => Object.keys(manifest?.[field] ?? {}).some((name) => lookAlike.test(name))) ? [] : clients;
    }
    return [];
  }

  clear(): void {
    this.#byFolder.clear();
    this.#installed.clear();
  }

  #search(specifier: string, name: Library | undefined, importer: string): ClientPackage | undefined {
    for (const folder of foldersUp(importer)) {
      const declared = declaredVersion(this.#files.json(`${folder}/package.json`), specifier);
      if (declared === undefined) continue;
      const alias = /^npm:((?:@[^/]+\/)?[^@]+)(?:@(.*))?$/.exec(declared);
      const library = alias ? alias[1] : name;
      if (library === undefined || !isLibrary(library)) return undefined;
      const range = alias ? alias[2] : declared;
      const known = this.#installedAbove(`${folder}/package.json`, specifier) ?? this.#locked(folder, specifier);
      // What lies in a node_modules further up may be another project's.
      const version = known !== undefined && satisfies(known, range) ? known : range;
      return packageOf(library, version);
    }
    return name === undefined ? undefined : packageOf(name, this.#installedAbove(importer, name));
  }

  /** A monorepo hoists: look where Node would. */
  #installedAbove(file: string, specifier: string): string | undefined {
    for (const folder of foldersUp(file)) {
      const version = this.#files.json(`${folder}/node_modules/${specifier}/package.json`)?.['version'];
      if (typeof version === 'string') return version;
    }
    return undefined;
  }

  #locked(folder: string, specifier: string): string | undefined {
    for (const up of foldersUp(`${folder}/package.json`)) {
      const packages = this.#files.json(`${up}/package-lock.json`)?.['packages'] as Record<string, { version?: unknown }> | undefined;
      const version = packages?.[`node_modules/${specifier}`]?.version;
      if (typeof version === 'string') return version;
      if (this.#files.exists(`${up}/.git/HEAD`)) return undefined;
    }
    return undefined;
  }
}

const packageOf = (library: Library, version: string | undefined): ClientPackage => ({ library, major: supportedMajor(library, version), isOpen: isOpen(library, version) });

export function isLibrary(name: string): name is Library {
  return (clientLibraries as readonly string[]).includes(name);
}

/** Tags, paths and workspace protocols admit any version. */
function satisfies(version: string, range: string | undefined): boolean {
  const valid = semver.validRange(range ?? '*');
  return valid === null || semver.satisfies(version, valid, { includePrerelease: true });
}

/** Names that an `npm:` alias of a client would have: anything bare that speaks of redis or valkey. */
function mayBeAlias(specifier: string): boolean {
  return /^[@a-z]/i.test(specifier) && /redis|valkey/i.test(specifier);
}

function declaredVersion(manifest: Record<string, unknown> | undefined, name: string): string | undefined {
  for (const field of dependencyFields) {
    const version = (manifest?.[field] as Record<string, unknown> | undefined)?.[name];
    if (typeof version === 'string') return version;
  }
  return undefined;
}
