/** When the language client is loaded: once, as soon as the workspace turns out to use Redis. Commands of the code side go through here. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { showError } from '../ui/notify.ts';
import { dependsOnRedis, importsRedis } from './redis-clients.ts';

const LANGUAGES = new Set(['typescript', 'typescriptreact', 'javascript', 'javascriptreact']);
/** package.json files that are read at the start; a workspace with more shows itself by an import. */
const MANIFEST_LIMIT = 200;
const MANIFESTS = '**/package.json';
const NOT_SEARCHED = '**/{node_modules,bower_components,dist,build,out,.git}/**';

export class LanguageFeatures implements vscode.Disposable {
  readonly #serverModule: string;
  readonly #output: vscode.LogOutputChannel;
  readonly #disposables: vscode.Disposable[] = [];
  #client: Promise<LanguageClient> | undefined;

  constructor(serverModule: string, output: vscode.LogOutputChannel) {
    this.#serverModule = serverModule;
    this.#output = output;
  }

  /** True once the language client is loaded. */
  get loaded(): boolean {
    return this.#client !== undefined;
  }

  /** Looks for Redis in the dependencies and in the open files, now and when they change. */
  watch(): void {
    const manifests = vscode.workspace.createFileSystemWatcher(MANIFESTS);
    this.#disposables.push(
      manifests,
      manifests.onDidChange((uri) => this.#lookAtManifest(uri)),
      manifests.onDidCreate((uri) => this.#lookAtManifest(uri)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#lookAtDocument(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#lookAtDocument(document)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.#lookAtWorkspace()),
    );
    vscode.workspace.textDocuments.forEach((document) => this.#lookAtDocument(document));
    void this.#lookAtWorkspace();
  }

  /** Loads and starts the client. @throws Error when the server does not start; it may then be tried again. */
  start(): Promise<LanguageClient> {
    this.#client ??= import('../language-client.ts')
      .then(({ startLanguageClient }) => startLanguageClient({ serverModule: this.#serverModule, output: this.#output }))
      .catch((error: unknown) => {
        this.#client = undefined;
        this.#output.error(`The language server did not start: ${String(error)}`);
        throw error;
      });
    return this.#client;
  }

  async restart(): Promise<void> {
    if (this.#client === undefined) await this.start();
    else await (await this.#client).restart();
  }

  async dispose(): Promise<void> {
    vscode.Disposable.from(...this.#disposables).dispose();
    const client = this.#client;
    this.#client = undefined;
    await client?.then(
      (started) => started.dispose(),
      () => undefined,
    );
  }

  async #lookAtWorkspace(): Promise<void> {
    // Most projects say it at the top, and then no search is needed.
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) await this.#lookAtManifest(vscode.Uri.joinPath(uri, 'package.json'));
    if (this.loaded) return;
    for (const uri of await vscode.workspace.findFiles(MANIFESTS, NOT_SEARCHED, MANIFEST_LIMIT)) {
      if (this.loaded) return;
      await this.#lookAtManifest(uri);
    }
  }

  async #lookAtManifest(uri: vscode.Uri): Promise<void> {
    if (this.loaded || uri.path.includes('/node_modules/')) return;
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      if (dependsOnRedis(text)) this.#found(`${vscode.workspace.asRelativePath(uri)} depends on a Redis client`);
    } catch {
      // Removed in the meantime.
    }
  }

  #lookAtDocument(document: vscode.TextDocument): void {
    if (this.loaded || document.uri.scheme !== 'file' || !LANGUAGES.has(document.languageId)) return;
    if (importsRedis(document.getText())) this.#found(`${vscode.workspace.asRelativePath(document.uri)} imports a Redis client`);
  }

  #found(why: string): void {
    if (this.loaded) return;
    this.#output.info(`Starting the language server: ${why}.`);
    this.start().catch(() => {
      void showError('Keyscope could not start its language server, so code is not checked.', 'Show Output').then((chosen) => chosen && this.#output.show());
    });
  }
}
