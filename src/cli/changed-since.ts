/** The files that differ from a git reference. */
import { execFileSync } from 'node:child_process';
import { CliError } from './exit-codes.ts';

/**
 * Absolute paths under `root` of files that were changed, made or renamed since this branch left `ref`,
 * committed or not, untracked ones too. Throws a CliError outside of a repository and for an unknown reference.
 */
export function changedSince(root: string, ref: string): string[] {
  const commit = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (commit === undefined) {
    throw new CliError(
      git(root, ['rev-parse', '--git-dir']) === undefined
        ? `--changed-since needs a git repository, and ${root} is in none.`
        : `--changed-since ${ref}: git knows no such commit, branch or tag. A shallow clone may lack it: fetch it first.`,
    );
  }
  // Where the branches part; a shallow clone may not know, then the reference itself.
  const base = git(root, ['merge-base', commit.trim(), 'HEAD'])?.trim() ?? commit.trim();
  const tracked = git(root, ['diff', '--name-only', '--relative', '--diff-filter=d', '-z', base]) ?? '';
  const untracked = git(root, ['ls-files', '--others', '--exclude-standard', '-z']) ?? '';
  const names = new Set([...tracked.split('\0'), ...untracked.split('\0')].filter((name) => name !== ''));
  return [...names].sort().map((name) => `${root}/${name}`);
}

function git(cwd: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new CliError('--changed-since needs git, which is not on PATH.');
    return undefined;
  }
}
