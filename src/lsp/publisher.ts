/** Diagnostics to the client: of the files of a folder, and of its configuration. */
import type { Connection, Diagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ClientFeatures } from './client-features.ts';
import { configDiagnostics } from './config-diagnostics.ts';
import { toDiagnostic } from './diagnostics.ts';
import type { Folder } from './folder.ts';
import { uriOf } from './uri.ts';

export interface PublisherOptions {
  connection: Connection;
  features(): ClientFeatures;
  nearest(file: string): Folder | undefined;
  openDocument(file: string): TextDocument | undefined;
}

export class Publisher {
  readonly #options: PublisherOptions;
  /** Configuration files with diagnostics, by folder. */
  readonly #configFiles = new Map<Folder, Set<string>>();

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /**
   * What the last check of a file found.
   * @param uri the name that the client had for a document it has just closed
   */
  publish(folder: Folder, file: string, uri?: string): void {
    // With nested folders two of them find the same; the nearer one speaks.
    if (this.#options.nearest(file) !== folder) return;
    const document = uri === undefined ? this.#options.openDocument(file) : undefined;
    this.#send(uri ?? document?.uri ?? uriOf(file), this.#diagnostics(folder, file), document?.version);
  }

  publishConfigProblems(folder: Folder): void {
    const now = configDiagnostics(folder.configProblems());
    for (const file of this.#configFiles.get(folder) ?? []) if (!now.has(file)) this.clear(file);
    for (const [file, diagnostics] of now) this.#send(this.#options.openDocument(file)?.uri ?? uriOf(file), diagnostics);
    this.#configFiles.set(folder, new Set(now.keys()));
  }

  clear(file: string): void {
    this.#send(this.#options.openDocument(file)?.uri ?? uriOf(file), []);
  }

  /** Takes back all that was said for a folder. */
  clearFolder(folder: Folder): void {
    for (const file of [...folder.filesWithFindings(), ...(this.#configFiles.get(folder) ?? [])]) this.clear(file);
    this.#configFiles.delete(folder);
  }

  /** A file with its lines: as it is open, else by the folder's text. */
  document(folder: Folder, file: string): TextDocument {
    return this.#options.openDocument(file) ?? TextDocument.create(uriOf(file), '', 0, folder.analyzer.text(file) ?? '');
  }

  #diagnostics(folder: Folder, file: string): Diagnostic[] {
    // Once per file: a document that is not open has its lines counted anew each time.
    const documents = new Map<string, TextDocument>();
    const document = (each: string): TextDocument => {
      const known = documents.get(each) ?? this.document(folder, each);
      documents.set(each, known);
      return known;
    };
    return folder.findings(file).map((finding) => toDiagnostic(finding, { features: this.#options.features(), document }));
  }

  #send(uri: string, diagnostics: Diagnostic[], version?: number): void {
    void this.#options.connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}
