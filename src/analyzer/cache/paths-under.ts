/** Paths as a cache holds them: relative to the root where they lie under it, absolute where they do not. */
import { isAbsolute } from 'node:path';

export function pathsUnder(root: string): { short(path: string): string; full(path: string): string } {
  const prefix = root.endsWith('/') ? root : `${root}/`;
  return {
    short: (path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path),
    full: (path) => (isAbsolute(path) ? path : prefix + path),
  };
}
