/**
 * Finds the configuration of a file: the nearest keyscope.config.json (or .jsonc) from its folder upwards, alone.
 * Mistakes never throw; they are collected, so that the command line can stop and the editor can go on.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Config, RuleConfig, RuleInfo, ServerConfig, TestsSetting } from './config.ts';
import { globMatcher } from './file-filter.ts';
import { parseConfig, problemAt, type ConfigProblem } from './parse-config.ts';
import { presetNames, presetRules } from './presets.ts';

/** In one folder the first one counts. */
export const configFileNames = ['keyscope.config.json', 'keyscope.config.jsonc'] as const;

export interface ConfigLoaderOptions {
  rules: readonly RuleInfo[];
  /** Severities that win over every file (`--rule id=severity`). */
  ruleOverrides?: Readonly<Record<string, RuleConfig>>;
  /** Undefined where there is no such file; default reads the disk. */
  read?: (file: string) => string | undefined;
}

interface LoadedFile {
  file: string;
  rules: Record<string, RuleConfig>;
  include: string[];
  exclude: string[];
  overrides: { matches: (file: string) => boolean; rules: Record<string, RuleConfig> }[];
  tests?: TestsSetting;
  sharedClientFolder?: string;
  baseline?: string;
  server?: ServerConfig;
  /** Resolved per set of overrides that fit, so that equal questions get the identical object. */
  resolved: Map<string, Config>;
}

/** What was merged from `extends` and the file itself, globs not yet bound to a folder. */
interface Merged {
  rules: Record<string, RuleConfig>;
  include?: string[];
  exclude?: string[];
  overrides: { files: string[]; rules: Record<string, RuleConfig> }[];
  tests?: TestsSetting;
  sharedClientFolder?: string;
  baseline?: string;
  server?: ServerConfig;
}

export class ConfigLoader {
  readonly #options: ConfigLoaderOptions;
  readonly #read: (file: string) => string | undefined;
  readonly #byFolder = new Map<string, LoadedFile | undefined>();
  readonly #problems: ConfigProblem[] = [];
  #withoutFile: Config;

  constructor(options: ConfigLoaderOptions) {
    this.#options = options;
    this.#read = options.read ?? readConfigFile;
    this.#withoutFile = { rules: { ...options.ruleOverrides }, include: [], exclude: [] };
  }

  /** The configuration of a file (absolute; it need not exist). The same object for as long as the answer is the same. */
  configFor(file: string): Config {
    const absolute = toSlash(file);
    const loaded = this.#nearest(path.posix.dirname(absolute));
    if (!loaded) return this.#withoutFile;
    const fitting = loaded.overrides.map((override) => override.matches(absolute));
    const key = fitting.map(Number).join('');
    let config = loaded.resolved.get(key);
    if (!config) {
      let rules = loaded.rules;
      loaded.overrides.forEach((override, i) => {
        if (fitting[i]) rules = mergeRules(rules, override.rules);
      });
      config = {
        rules: mergeRules(rules, this.#options.ruleOverrides ?? {}),
        include: loaded.include,
        exclude: loaded.exclude,
        base: path.posix.dirname(loaded.file),
        tests: loaded.tests,
        sharedClientFolder: loaded.sharedClientFolder,
        baseline: loaded.baseline,
        server: loaded.server,
      };
      loaded.resolved.set(key, config);
    }
    return config;
  }

  /** The configuration file that counts for a file; undefined where there is none. */
  fileFor(file: string): string | undefined {
    return this.#nearest(path.posix.dirname(toSlash(file)))?.file;
  }

  /** Mistakes in all files read so far. */
  problems(): readonly ConfigProblem[] {
    return this.#problems;
  }

  /** Forgets everything; to be called when a configuration file was changed, made or removed. */
  clear(): void {
    this.#byFolder.clear();
    this.#problems.length = 0;
    this.#withoutFile = { ...this.#withoutFile };
  }

  #nearest(folder: string): LoadedFile | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const parent = path.posix.dirname(folder);
    // `.` is what lies above a Windows drive.
    const loaded = this.#load(folder) ?? (parent === folder || parent === '.' ? undefined : this.#nearest(parent));
    this.#byFolder.set(folder, loaded);
    return loaded;
  }

  #load(folder: string): LoadedFile | undefined {
    for (const name of configFileNames) {
      const file = path.posix.join(folder, name);
      const text = this.#read(file);
      if (text === undefined) continue;
      const merged = this.#merge(file, text, [file]);
      return {
        file,
        rules: merged.rules,
        include: merged.include ?? [],
        exclude: merged.exclude ?? [],
        // Globs count from the file that was found, those of what it extends too: a shared file cannot know the folders of its users.
        overrides: merged.overrides.map(({ files, rules }) => ({ matches: globMatcher(files, folder), rules })),
        tests: merged.tests,
        // As the globs: from the file that was found.
        sharedClientFolder: merged.sharedClientFolder === undefined ? undefined : path.posix.join(folder, toSlash(merged.sharedClientFolder)).replace(/\/$/, ''),
        baseline: merged.baseline,
        server: merged.server,
        resolved: new Map(),
      };
    }
    return undefined;
  }

  #merge(file: string, text: string, chain: readonly string[]): Merged {
    const { config, problems } = parseConfig(file, text, this.#options.rules);
    this.#problems.push(...problems);
    let merged: Merged = { rules: {}, overrides: [] };
    for (const { name, start, end } of config.extends) {
      const base = this.#extended(file, name, chain, (message) => this.#problems.push(problemAt(file, text, start, end, message)));
      if (base) merged = combine(merged, base);
    }
    const baseline = config.baseline === undefined ? undefined : path.posix.join(path.posix.dirname(file), toSlash(config.baseline));
    return combine(merged, { ...config, baseline });
  }

  #extended(file: string, name: string, chain: readonly string[], report: (message: string) => void): Merged | undefined {
    const preset = presetRules(name, this.#options.rules);
    if (preset) return { rules: preset, overrides: [] };
    if (!/^\.\.?\//.test(name) && !path.isAbsolute(name)) {
      report(`"${name}" cannot be extended: give a preset (${presetNames.join(', ')}) or a path that begins with ./ or ../.`);
      return undefined;
    }
    const target = path.isAbsolute(name) ? toSlash(name) : path.posix.join(path.posix.dirname(file), name);
    if (chain.includes(target)) {
      report(`"${name}" extends itself: ${[...chain.slice(chain.indexOf(target)), target].map((step) => path.posix.basename(step)).join(' → ')}.`);
      return undefined;
    }
    const text = this.#read(target);
    if (text === undefined) {
      report(`"${name}" cannot be extended: there is no file ${target}.`);
      return undefined;
    }
    return this.#merge(target, text, [...chain, target]);
  }
}

function combine(base: Merged, own: Merged): Merged {
  return {
    rules: mergeRules(base.rules, own.rules),
    include: own.include ?? base.include,
    exclude: own.exclude ?? base.exclude,
    overrides: [...base.overrides, ...own.overrides],
    tests: own.tests ?? base.tests,
    sharedClientFolder: own.sharedClientFolder ?? base.sharedClientFolder,
    baseline: own.baseline ?? base.baseline,
    server: own.server ?? base.server,
  };
}

/** A severity alone keeps the options given before. */
function mergeRules(base: Readonly<Record<string, RuleConfig>>, own: Readonly<Record<string, RuleConfig>>): Record<string, RuleConfig> {
  const merged = { ...base };
  for (const [id, setting] of Object.entries(own)) {
    merged[id] = { severity: setting.severity ?? base[id]?.severity, options: setting.options ?? base[id]?.options };
  }
  return merged;
}

/** Without the byte order mark; undefined where there is no readable file. */
export function readConfigFile(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

function toSlash(file: string): string {
  return path.sep === '\\' ? file.replaceAll('\\', '/') : file;
}
