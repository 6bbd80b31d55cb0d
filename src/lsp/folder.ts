/** One folder: its configuration, its analyzer, and what the last check of each file found. */
import fs from 'node:fs';
import path from 'node:path';
import type { Analyzer, CheckOptions } from '../analyzer/analyzer.ts';
import { parseBaseline, subtractBaseline, type Baseline } from '../analyzer/baseline.ts';
import { createAnalyzer } from '../analyzer/create-analyzer.ts';
import type { Finding } from '../analyzer/finding.ts';
import { isLeftOut, isSourcePath } from '../analyzer/program/discover-files.ts';
import { ruleMetas } from '../analyzer/rule-infos.ts';
import type { Config } from '../config/config.ts';
import { ConfigLoader } from '../config/load-config.ts';
import { isInside, type ConfigProblem } from '../config/parse-config.ts';

export class Folder {
  readonly root: string;
  readonly analyzer: Analyzer;
  readonly #configs = new ConfigLoader({ rules: ruleMetas() });
  readonly #findings = new Map<string, Finding[]>();
  readonly #log: (message: string) => void;
  /** Of the editor's settings, absolute; what the configuration says counts before it. */
  #sharedClientFolder: string | undefined;
  readonly #withSettings = new WeakMap<Config, { folder: string; config: Config }>();
  #baseline: { file: string; modified: number; content: Baseline } | undefined;

  /** A folder around files that are in no workspace folder: only what lies directly in it is read, since it may be somebody's home. */
  readonly isStray: boolean;
  readonly #subfolders: readonly string[];

  constructor(root: string, isStray: boolean, log: (message: string) => void) {
    this.root = root;
    this.isStray = isStray;
    this.#subfolders = isStray ? subfoldersOf(root) : [];
    this.#log = log;
    this.analyzer = createAnalyzer({ root, configFor: (file) => this.#configFor(file) });
  }

  #configFor(file: string): Config {
    const config = this.#withSharedClientFolder(this.#configs.configFor(file));
    return this.isStray ? { ...config, base: this.root, include: [], exclude: this.#subfolders } : config;
  }

  /** The same object for as long as the answer is the same, as `configFor` has it. */
  #withSharedClientFolder(config: Config): Config {
    const folder = this.#sharedClientFolder;
    if (folder === undefined || config.sharedClientFolder !== undefined) return config;
    const known = this.#withSettings.get(config);
    if (known?.folder === folder) return known.config;
    const made = { ...config, sharedClientFolder: folder };
    this.#withSettings.set(config, { folder, config: made });
    return made;
  }

  /** @param setting `sharedClient.folder`: relative to the folder, empty for none; @returns whether that is another than before */
  setSharedClientFolder(setting: string): boolean {
    const written = setting.trim();
    if (written !== '' && !isInside(written)) this.#log(`The setting keyscope.sharedClient.folder is "${written}", which is not a folder within ${this.root}; it is left out.`);
    const folder = written === '' || !isInside(written) ? undefined : path.posix.join(this.root, written.replaceAll('\\', '/')).replace(/\/$/, '');
    if (folder === this.#sharedClientFolder) return false;
    this.#sharedClientFolder = folder;
    // What was found says what fixes there are.
    this.analyzer.filesChanged([]);
    return true;
  }

  /** Whether the folder checks a file that somebody has open: source code that is not ignored, excluded or installed. */
  covers(file: string): boolean {
    return isSourcePath(file) && !isLeftOut(file, { root: this.root, configFor: (each) => this.#configFor(each) });
  }

  /** What the last check of the file found; [] where there was none. */
  findings(file: string): readonly Finding[] {
    return this.#findings.get(file) ?? [];
  }

  checkFile(file: string): readonly Finding[] {
    const findings = this.#withoutBaseline(file, this.analyzer.checkFile(file));
    this.#findings.set(file, findings);
    return findings;
  }

  /** All files: those whose findings differ from before are returned. Rejects with an AbortError when cancelled. */
  async checkAll(options: CheckOptions): Promise<string[]> {
    const { findings } = await this.analyzer.check(options);
    const byFile = new Map<string, Finding[]>();
    for (const finding of findings) byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
    const files = new Set([...byFile.keys(), ...this.#findings.keys()]);
    for (const file of files) this.#findings.set(file, this.#withoutBaseline(file, byFile.get(file) ?? []));
    return [...files];
  }

  forget(file: string): void {
    this.#findings.delete(file);
  }

  filesWithFindings(): string[] {
    return [...this.#findings.keys()];
  }

  /** Whether the baseline accepts a finding, so that it is not shown. */
  isAccepted(finding: Finding): boolean {
    return this.#withoutBaseline(finding.file, [finding]).length === 0;
  }

  /** Files that were changed, made or removed on disk. */
  filesChanged(files: readonly string[]): void {
    // Any JSON file may be one that a configuration extends.
    if (files.some((file) => /\.jsonc?$/.test(file))) this.#configs.clear();
    this.analyzer.filesChanged(files);
  }

  /** Mistakes in the configuration files that were read. */
  configProblems(): readonly ConfigProblem[] {
    return this.#configs.problems();
  }

  #withoutBaseline(file: string, findings: Finding[]): Finding[] {
    const baselineFile = this.#configs.configFor(file).baseline;
    const baseline = baselineFile === undefined ? undefined : this.#readBaseline(baselineFile);
    if (!baseline) return findings;
    const folder = path.posix.dirname(baseline.file);
    return subtractBaseline(findings, baseline.content, (finding) => ({ file: path.posix.relative(folder, finding.file), text: this.analyzer.text(finding.file) ?? '' })).fresh;
  }

  #readBaseline(file: string): { file: string; content: Baseline } | undefined {
    const modified = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (modified === undefined) return undefined;
    if (this.#baseline?.file === file && this.#baseline.modified === modified) return this.#baseline;
    try {
      this.#baseline = { file, modified, content: parseBaseline(fs.readFileSync(file, 'utf8')) };
    } catch (error) {
      this.#log(`The baseline ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
      this.#baseline = { file, modified, content: { version: 1, findings: {} } };
    }
    return this.#baseline;
  }
}

function subfoldersOf(root: string): string[] {
  try {
    const folders = fs.readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return folders.map(({ name }) => `${name.replace(/[\\*?[\]{}()!+@]/g, '\\$&')}/**`);
  } catch {
    return [];
  }
}

/** Files whose change may change what is found: for watchers. Globs of the protocol. */
export const watchedGlobs = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
  '**/{package.json,package-lock.json,pnpm-lock.yaml,yarn.lock,.gitignore}',
  '**/{tsconfig,jsconfig}*.json',
  // keyscope.config.json, and by custom what it extends and its baseline.
  '**/*keyscope*.{json,jsonc}',
] as const;
