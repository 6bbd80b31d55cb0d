/** .gitignore as git reads it: a file per folder, the innermost that says something about a path decides. */
import fs from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

interface Level {
  folder: string;
  rules: Ignore;
}

export class GitIgnore {
  /** Outermost first. */
  readonly #levels: readonly Level[];

  private constructor(levels: readonly Level[]) {
    this.#levels = levels;
  }

  /**
   * The rules that hold for a folder from outside: of the folders above it, up to the repository's.
   * None when they ignore the folder itself, since somebody has asked for it by name.
   */
  static above(folder: string): GitIgnore {
    const repository = repositoryOf(folder);
    if (repository === undefined) return new GitIgnore([]);
    let levels = new GitIgnore(readLevel(repository, `${repository}/.git/info/exclude`));
    if (repository === folder) return levels;
    const between = folder.slice(repository.length + 1).split('/');
    let at = repository;
    for (const name of between) {
      levels = levels.within(at);
      at = `${at === '/' ? '' : at}/${name}`;
      if (levels.ignores(at, true)) return new GitIgnore([]);
    }
    return levels;
  }

  /** These rules and those of the folder's own .gitignore. */
  within(folder: string): GitIgnore {
    const own = readLevel(folder, `${folder}/.gitignore`);
    return own.length === 0 ? this : new GitIgnore([...this.#levels, ...own]);
  }

  /** Whether a path (absolute, with `/`) is left out. Folders above it are taken to be kept. */
  ignores(file: string, isFolder: boolean): boolean {
    for (let i = this.#levels.length - 1; i >= 0; i--) {
      const level = this.#levels[i];
      if (!level) continue;
      const relative = file.slice(level.folder === '/' ? 1 : level.folder.length + 1);
      const verdict = level.rules.test(isFolder ? `${relative}/` : relative);
      if (verdict.ignored) return true;
      if (verdict.unignored) return false;
    }
    return false;
  }
}

function readLevel(folder: string, file: string): Level[] {
  try {
    return [{ folder, rules: ignore({ allowRelativePaths: true }).add(fs.readFileSync(file, 'utf8')) }];
  } catch {
    return [];
  }
}

function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = path.posix.dirname(at)) {
    if (fs.existsSync(`${at}/.git`)) return at;
    // `.` is what lies above a Windows drive.
    if (at === path.posix.dirname(at) || at === '.') return undefined;
  }
}
