/** TypeScript's own language service over the whole tree, told of each edit as an editor tells it: a new snapshot, and what changed in it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { applied, type Keystroke } from './keystrokes.ts';

class Snapshot implements ts.IScriptSnapshot {
  readonly text: string;
  readonly #before: Snapshot | undefined;
  readonly #change: ts.TextChangeRange | undefined;

  constructor(text: string, before?: Snapshot, change?: ts.TextChangeRange) {
    this.text = text;
    this.#before = before;
    this.#change = change;
  }

  getText(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  getLength(): number {
    return this.text.length;
  }

  getChangeRange(old: ts.IScriptSnapshot): ts.TextChangeRange | undefined {
    return old === this.#before ? this.#change : undefined;
  }
}

export class TypeScriptEngine {
  readonly #service: ts.LanguageService;
  readonly #versions = new Map<string, number>();
  readonly #snapshots = new Map<string, Snapshot>();
  #projectVersion = 0;
  #file = '';

  constructor(root: string) {
    const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)).config, ts.sys, root);
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(root, 'src', file));
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => files,
      getProjectVersion: () => String(this.#projectVersion),
      getScriptVersion: (file) => String(this.#versions.get(file) ?? 0),
      getScriptSnapshot: (file) => this.#snapshot(file),
      getCurrentDirectory: () => root,
      getDefaultLibFileName: (each) => ts.getDefaultLibFilePath(each),
      fileExists: (file) => ts.sys.fileExists(file),
      readFile: (file) => ts.sys.readFile(file),
      readDirectory: (...args) => ts.sys.readDirectory(...args),
      directoryExists: (folder) => ts.sys.directoryExists(folder),
      getDirectories: (folder) => ts.sys.getDirectories(folder),
    });
  }

  open(file: string): void {
    this.#file = file;
    this.#service.getSemanticDiagnostics(file);
  }

  /** Takes the edit and finds what there is to find in the file. */
  type(key: Keystroke): void {
    const before = this.#snapshot(this.#file);
    if (!before) throw new RangeError(`there is no ${this.#file}`);
    const change = { span: { start: key.start, length: key.removed }, newLength: key.inserted.length };
    this.#snapshots.set(this.#file, new Snapshot(applied(before.text, key), before, change));
    this.#versions.set(this.#file, (this.#versions.get(this.#file) ?? 0) + 1);
    this.#projectVersion++;
    this.#service.getSemanticDiagnostics(this.#file);
  }

  #snapshot(file: string): Snapshot | undefined {
    const known = this.#snapshots.get(file);
    if (known) return known;
    const text = ts.sys.readFile(file);
    if (text === undefined) return undefined;
    const made = new Snapshot(text);
    this.#snapshots.set(file, made);
    return made;
  }
}
