/** What a command works with: the folder, the paths asked about and their configuration. The analyzer over them: load-analyzer.ts. */
import fs from 'node:fs';
import path from 'node:path';
import { ruleMetas } from '../analyzer/rule-infos.ts';
import type { RuleConfig } from '../config/config.ts';
import { ConfigTexts } from '../config/config-texts.ts';
import { ConfigLoader } from '../config/load-config.ts';
import { changedSince } from './changed-since.ts';
import { CliError } from './exit-codes.ts';
import type { CommonOptions } from './options.ts';
import { startProgress, type Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface Session {
  /** Absolute, with `/`, as all paths here. */
  cwd: string;
  /** The folder that is the context; the working directory unless a path lies outside of it. */
  root: string;
  /** The paths on the command line. */
  given: string[];
  /** Files and folders to report on; undefined for all of the root. May be empty: nothing has changed. */
  paths: string[] | undefined;
  configs: ConfigLoader;
  /** Behind `configs`. */
  configTexts: ConfigTexts;
  /** Severities from the command line, laid over every configuration file. */
  ruleOverrides: Record<string, RuleConfig>;
  /** Runs from the first file that is read; whoever works with the analyzer ends it. */
  progress: Progress;
}

export interface Watcher {
  terminal: Terminal;
  /** What the command does with each file: `Checking`. */
  doing: string;
}

/** Throws a CliError for a path that does not exist, a mistake in the configuration, an unknown git reference. */
export function openSession(given: readonly string[], options: CommonOptions, { terminal, doing }: Watcher, ruleOverrides: Record<string, RuleConfig> = {}): Session {
  const cwd = toSlash(path.resolve(options.cwd));
  if (!fs.statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) throw new CliError(`--cwd ${options.cwd}: there is no such folder.`);
  const asked = given.map((each) => {
    const full = toSlash(path.resolve(cwd, each));
    if (!fs.existsSync(full)) throw new CliError(`There is no file or folder "${each}" in ${cwd}.`);
    return full;
  });
  const root = rootOf(cwd, asked);
  const configTexts = new ConfigTexts();
  const configs = new ConfigLoader({ rules: ruleMetas(), ruleOverrides, read: (file) => configTexts.read(file) });
  configs.configFor(`${root}/index.ts`);
  requireSoundConfig(configs, cwd);
  let paths = asked.length === 0 || asked.includes(root) ? undefined : asked;
  if (options.changedSince !== undefined) {
    const changed = changedSince(root, options.changedSince);
    const within = paths;
    paths = within ? changed.filter((file) => within.some((each) => isWithin(file, each))) : changed;
  }
  const progress = startProgress(terminal, doing);
  return { cwd, root, given: asked, paths, configs, configTexts, ruleOverrides, progress };
}

/** Throws for every mistake in the configuration files read so far; those of folders below are read as the analysis reaches them. */
export function requireSoundConfig(configs: ConfigLoader, cwd: string): void {
  const problems = configs.problems();
  if (problems.length === 0) return;
  throw new CliError(problems.map(({ file, line, column, message }) => `${relativeTo(cwd, file)}:${line}:${column} ${message}`).join('\n'));
}

/** A path relative to a folder with `/`, as reports show it; `../` where it lies outside. */
export function relativeTo(folder: string, file: string): string {
  return toSlash(path.relative(folder, file)) || '.';
}

export function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The working directory if it holds all paths, else the nearest folder above them all. */
function rootOf(cwd: string, asked: readonly string[]): string {
  if (asked.every((each) => isWithin(each, cwd))) return cwd;
  const folders = asked.map((each) => (fs.statSync(each).isDirectory() ? each : path.posix.dirname(each)));
  let root = folders[0] ?? cwd;
  while (!folders.every((each) => isWithin(each, root))) root = path.posix.dirname(root);
  return root;
}

/** The folder with a package.json that holds all paths, the nearest; undefined where there is none. */
export function nearestProject(paths: readonly string[]): string | undefined {
  for (let folder = paths[0] ?? '/'; ; folder = path.posix.dirname(folder)) {
    if (paths.every((each) => isWithin(each, folder)) && fs.existsSync(`${folder}/package.json`)) return folder;
    if (folder === path.posix.dirname(folder)) return undefined;
  }
}

function toSlash(file: string): string {
  return path.sep === '\\' ? file.replaceAll('\\', '/') : file;
}
