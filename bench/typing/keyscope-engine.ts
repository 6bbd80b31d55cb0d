/**
 * The language server's own work from an edit to the findings of the file, without the pause that it waits for the next key and without the
 * pipe: the part of src/lsp that keeps a folder, as it is shipped (bundled beside the compiler), in this process.
 */
import { build } from 'esbuild';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { optionsOf } from '../../scripts/lib/bundle.ts';
import type { Folder } from '../../src/lsp/folder.ts';
import type { Keystroke } from './keystrokes.ts';

const dist = resolve(import.meta.dirname, '../../dist');

export class KeyscopeEngine {
  readonly #folder: Folder;
  #document = TextDocument.create('', 'typescript', 0, '');
  #file = '';

  private constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** Checks the whole tree once, as the server does when it starts. @param scratch a folder for the bundle */
  static async start(root: string, scratch: string): Promise<KeyscopeEngine> {
    rmSync(scratch, { recursive: true, force: true });
    cpSync(dist, scratch, { recursive: true });
    process.env['KEYSCOPE_CACHE'] = join(scratch, 'cache');
    await build(optionsOf({ entry: 'lsp/folder.ts', out: 'folder.js' }, scratch));
    const { Folder: FolderClass } = createRequire(join(scratch, 'index.js'))('./folder.js') as { Folder: typeof Folder };
    const folder = new FolderClass(root, false, () => undefined);
    await folder.checkAll({});
    return new KeyscopeEngine(folder);
  }

  open(file: string, text: string): void {
    this.#file = file;
    this.#document = TextDocument.create(pathToFileURL(file).href, 'typescript', 1, text);
    this.#folder.analyzer.setText(file, text);
    this.#folder.checkFile(file);
  }

  /** Takes the edit and finds what there is to find in the file. */
  type({ start, removed, inserted }: Keystroke): void {
    const range = { start: this.#document.positionAt(start), end: this.#document.positionAt(start + removed) };
    TextDocument.update(this.#document, [{ range, text: inserted }], this.#document.version + 1);
    this.#folder.analyzer.setText(this.#file, this.#document.getText());
    this.#folder.checkFile(this.#file);
  }

  close(): void {
    this.#folder.analyzer.setText(this.#file, undefined);
  }
}
