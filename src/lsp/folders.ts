/** The workspace folders, and which of them a file belongs to: the nearest one. */
import path from 'node:path';
import { Folder } from './folder.ts';

export class Folders {
  readonly #log: (message: string) => void;
  readonly #folders = new Map<string, Folder>();

  constructor(log: (message: string) => void) {
    this.#log = log;
  }

  /** Those of the workspace; not those around single files. */
  all(): Folder[] {
    return [...this.#folders.values()].filter((folder) => !folder.isStray);
  }

  everything(): Folder[] {
    return [...this.#folders.values()];
  }

  add(root: string): void {
    const clean = root.length > 1 ? root.replace(/\/+$/, '') : root;
    const present = this.#folders.get(clean);
    if (!present || present.isStray) this.#folders.set(clean, new Folder(clean, false, this.#log));
  }

  /** The folder that is taken away, so that what it said can be taken back. */
  remove(root: string): Folder | undefined {
    const clean = root.length > 1 ? root.replace(/\/+$/, '') : root;
    const folder = this.#folders.get(clean);
    this.#folders.delete(clean);
    return folder;
  }

  /** The folder of a file; for a file in none, one of its own directory is made. */
  of(file: string): Folder {
    const nearest = this.nearest(file);
    if (nearest) return nearest;
    const directory = path.posix.dirname(file);
    const stray = new Folder(directory, true, this.#log);
    this.#folders.set(directory, stray);
    return stray;
  }

  nearest(file: string): Folder | undefined {
    let nearest: Folder | undefined;
    for (const folder of this.#folders.values()) {
      const inside = folder.isStray ? path.posix.dirname(file) === folder.root : file.startsWith(folder.root === '/' ? '/' : `${folder.root}/`);
      if (inside && folder.root.length > (nearest?.root.length ?? -1)) nearest = folder;
    }
    return nearest;
  }
}
