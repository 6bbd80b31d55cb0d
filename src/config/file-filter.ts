/** `include` and `exclude` of a configuration as questions about paths. */
import picomatch from 'picomatch';
import type { Config } from './config.ts';

export interface FileFilter {
  /** Whether a file (absolute, with `/`) is among `include`, or that is empty, and not among `exclude`. */
  includes(file: string): boolean;
  /** Whether everything in a folder is excluded, so that nobody need look into it. */
  excludesFolder(folder: string): boolean;
}

/** Globs are relative to the configuration's own folder, or to `root` where it has none. One without a `/` fits at any depth. */
export function fileFilter(config: Config, root: string): FileFilter {
  const base = config.base ?? root;
  const included = config.include.length > 0 ? globMatcher(config.include, base) : undefined;
  const excluded = config.exclude.length > 0 ? globMatcher(config.exclude, base) : undefined;
  return {
    includes: (file) => (included?.(file) ?? true) && !excluded?.(file),
    excludesFolder: (folder) => excluded?.(folder) ?? false,
  };
}

/** A function that tells whether a path fits one of the globs; a glob that names a folder fits all that is in it. */
export function globMatcher(globs: readonly string[], base: string): (file: string) => boolean {
  const patterns = globs.flatMap((glob) => {
    const bare = glob.replace(/^\.\//, '').replace(/\/+$/, '');
    const anywhere = bare.includes('/') ? bare : `**/${bare}`;
    return [anywhere, `${anywhere}/**`];
  });
  const matches = picomatch(patterns, { dot: true });
  const prefix = base.endsWith('/') ? base : `${base}/`;
  return (file) => file.startsWith(prefix) && matches(file.slice(prefix.length));
}
