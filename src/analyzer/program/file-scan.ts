/**
 * What is read off a file's text without parsing it: its imports and exports, and whether it may hold a suppression.
 * A pure function of the file's name and text, so that a cache may keep it by the text's hash (../cache/).
 */
import { maySpeakOfClient } from '../dialects/redis-words.ts';
import { constantMembers } from './constant-members.ts';
import { mixedInSpecifiers } from './mixed-in.ts';
import { importedNames, importSpecifiers, reExports, type ModuleExports, type Names } from './module-names.ts';

/** Every suppression begins with it (../suppressions.ts). */
export const suppressionMark = 'keyscope-';

/** Plain data; `names` and `exports` are absent until somebody asks for them. */
export interface ScanData {
  /** As importSpecifiers gives them. */
  specifiers: readonly string[];
  /** Declares something for files that import nothing of it. */
  isAmbient: boolean;
  maySuppress: boolean;
  /** Whether it may call commands of what only its name says to be a client. */
  maySpeakOfClient: boolean;
  /** As constantMembers gives them. */
  members: readonly string[];
  /** As mixedInSpecifiers gives them. */
  mixedIn: readonly string[];
  names?: ReadonlyMap<string, Names>;
  exports?: ModuleExports | 'none';
}

export class FileScan {
  readonly #file: string;
  readonly #data: Partial<ScanData>;
  readonly #read: () => string;
  readonly #onText: () => void;

  /**
   * @param data what is known of it; the rest is added when somebody asks
   * @param read the text, for that
   * @param onText is told that the text itself counts, and not the scan alone
   */
  constructor(file: string, data: Partial<ScanData>, read: () => string, onText: () => void = () => undefined) {
    this.#file = file;
    this.#data = data;
    this.#read = read;
    this.#onText = onText;
  }

  get text(): string {
    this.#onText();
    return this.#read();
  }

  get specifiers(): readonly string[] {
    return (this.#data.specifiers ??= importSpecifiers(this.#read()));
  }

  get isAmbient(): boolean {
    return (this.#data.isAmbient ??= isAmbient(this.#file, this.#read()));
  }

  get maySuppress(): boolean {
    return (this.#data.maySuppress ??= this.#read().includes(suppressionMark));
  }

  get maySpeakOfClient(): boolean {
    return (this.#data.maySpeakOfClient ??= maySpeakOfClient(this.#read()));
  }

  get members(): readonly string[] {
    return (this.#data.members ??= constantMembers(this.#read()));
  }

  get mixedIn(): readonly string[] {
    return (this.#data.mixedIn ??= mixedInSpecifiers(this.#file, this.#read()));
  }

  /** Of an older text of the same file, from which this one differs in nothing that concerns imports and exports. */
  takeImportsFrom(older: FileScan): void {
    const { specifiers, isAmbient: ambient, names, exports } = older.#data;
    Object.assign(this.#data, { specifiers, isAmbient: ambient, names, exports });
  }

  /** Names imported, by specifier. */
  names(): ReadonlyMap<string, Names> {
    return (this.#data.names ??= importedNames(this.#read()));
  }

  /** What the file hands on; undefined where it hands nothing on. */
  exports(): ModuleExports | undefined {
    const known = (this.#data.exports ??= exportsIn(this.#read()));
    return known === 'none' ? undefined : known;
  }
}

/** @param like an older scan, whose answers are all to be there */
export function scanText(file: string, text: string, like?: ScanData): ScanData {
  return {
    specifiers: importSpecifiers(text),
    isAmbient: isAmbient(file, text),
    maySuppress: text.includes(suppressionMark),
    maySpeakOfClient: maySpeakOfClient(text),
    members: constantMembers(text),
    mixedIn: mixedInSpecifiers(file, text),
    ...(like?.names ? { names: importedNames(text) } : {}),
    ...(like?.exports ? { exports: exportsIn(text) } : {}),
  };
}

function exportsIn(text: string): ModuleExports | 'none' {
  return text.includes('from') ? (reExports(text) ?? 'none') : 'none';
}

/** `declare global`, `declare module 'x'`; a declaration file that is no module. */
function isAmbient(file: string, text: string): boolean {
  if (text.includes('declare') && /\bdeclare\s+(?:global|module)\b/.test(text)) return true;
  return /\.d\.[cm]?ts$/.test(file) && !/^\s*(?:import|export)\b/m.test(text);
}
