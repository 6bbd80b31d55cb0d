/** The language server: what the client says → what the folders are told and asked → what the client is told. No analysis here. */
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocuments,
  TextDocumentSyncKind,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  type DidChangeWatchedFilesParams,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { version } from '../../package.json';
import { clientFeatures, type ClientFeatures } from './client-features.ts';
import { codeActions, fixAllKind, isActionData, resolveAction, type ActionContext } from './code-actions.ts';
import { watchedGlobs, type Folder } from './folder.ts';
import { Folders } from './folders.ts';
import { Publisher } from './publisher.ts';
import { pullSettings, readSettings, type Settings } from './settings.ts';
import { pathOf, uriOf } from './uri.ts';
import { WorkspaceCheck } from './workspace-check.ts';

/** After the last key: the file itself, soon enough to seem at once; the other open files; everything else. */
const pauses = { file: 120, openFiles: 400, workspace: 400, workspaceAfterTyping: 500, workspaceWhileTyping: 3_000 };

export class Server {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #folders: Folders;
  readonly #workspaceCheck: WorkspaceCheck;
  readonly #publisher: Publisher;
  /** Files whose text is newer than what was found in them. */
  readonly #due = new Set<string>();
  #features: ClientFeatures = clientFeatures({});
  #checksWorkspace = true;
  #fileTimer: NodeJS.Timeout | undefined;
  #openFilesTimer: NodeJS.Timeout | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#folders = new Folders((message) => connection.console.warn(message));
    this.#publisher = new Publisher({
      connection,
      features: () => this.#features,
      nearest: (file) => this.#folders.nearest(file),
      openDocument: (file) => this.#openDocument(file),
    });
    this.#workspaceCheck = new WorkspaceCheck({
      connection,
      folders: () => this.#folders.all(),
      showsProgress: () => this.#features.workDoneProgress,
      publish: (folder, files) => {
        for (const file of files) this.#publisher.publish(folder, file);
        this.#publisher.publishConfigProblems(folder);
      },
    });
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => void this.#initialized());
    connection.onShutdown(() => this.#workspaceCheck.cancel());
    connection.onDidChangeConfiguration(({ settings }) => void this.#readSettings(settings));
    connection.onDidChangeWatchedFiles((params) => this.#guard('changed files', () => this.#filesChanged(params)));
    connection.onCodeAction((params) => this.#guard('code actions', () => this.#codeActions(params)) ?? []);
    connection.onCodeActionResolve((action) => this.#resolve(action));
    // The editor's command “Check Workspace”: now, whatever the setting says.
    connection.onRequest('keyscope/checkWorkspace', () => this.#workspaceCheck.schedule(0));
    this.#documents.onDidChangeContent(({ document }) => this.#guard('changed text', () => this.#textChanged(document)));
    this.#documents.onDidClose(({ document }) => this.#guard('closed document', () => this.#closed(document)));
    this.#documents.onDidSave(() => this.#scheduleWorkspace(pauses.workspace));
    this.#documents.listen(connection);
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#features = clientFeatures(params.capabilities);
    const roots = params.workspaceFolders?.map(({ uri }) => pathOf(uri)) ?? [params.rootUri ? pathOf(params.rootUri) : (params.rootPath ?? undefined)];
    for (const root of roots) if (root !== undefined) this.#folders.add(root);
    this.#apply(readSettings(params.initializationOptions));
    return {
      serverInfo: { name: 'keyscope', version },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind], resolveProvider: this.#features.resolvesEdits },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  async #initialized(): Promise<void> {
    try {
      if (this.#features.workspaceFolders) this.#connection.workspace.onDidChangeWorkspaceFolders((event) => this.#guard('workspace folders', () => this.#foldersChanged(event)));
      if (this.#features.watchFiles) {
        await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: watchedGlobs.map((globPattern) => ({ globPattern })) });
      }
      if (this.#features.configuration) await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: 'keyscope' });
    } catch (error) {
      this.#logError('registration', error);
    }
    await this.#readSettings(undefined);
    this.#scheduleWorkspace(0);
  }

  #apply({ checkWorkspace, sharedClientFolder }: Settings): void {
    if (checkWorkspace !== undefined) this.#setChecksWorkspace(checkWorkspace);
    if (sharedClientFolder !== undefined) this.#setSharedClientFolders(new Map(this.#folders.all().map((folder) => [folder, sharedClientFolder])));
  }

  #setSharedClientFolders(settings: ReadonlyMap<Folder, string>): void {
    const changed = [...settings].filter(([folder, setting]) => folder.setSharedClientFolder(setting));
    if (changed.length > 0) this.#scheduleOpenFiles();
  }

  #setChecksWorkspace(checks: boolean): void {
    const before = this.#checksWorkspace;
    this.#checksWorkspace = checks;
    if (before && !this.#checksWorkspace) this.#forgetClosedFiles();
    if (!before && this.#checksWorkspace) this.#scheduleWorkspace(0);
  }

  async #readSettings(pushed: unknown): Promise<void> {
    try {
      if (this.#features.configuration) {
        const { all, byFolder } = await pullSettings(this.#connection, this.#folders.all());
        this.#apply(all);
        this.#setSharedClientFolders(byFolder);
      } else if (typeof pushed === 'object' && pushed !== null && 'keyscope' in pushed) {
        this.#apply(readSettings(pushed.keyscope));
      }
    } catch (error) {
      this.#logError('settings', error);
    }
  }

  #textChanged(document: TextDocument): void {
    const file = pathOf(document.uri);
    if (file === undefined) return;
    const folder = this.#folders.of(file);
    if (!folder.covers(file)) return;
    if (this.#checksWorkspace) this.#workspaceCheck.follow({ soonMs: pauses.workspaceAfterTyping, lateMs: pauses.workspaceWhileTyping });
    folder.analyzer.setText(file, document.getText());
    this.#due.add(file);
    clearTimeout(this.#fileTimer);
    this.#fileTimer = setTimeout(() => this.#guard('check', () => this.#checkDue()), pauses.file);
    this.#scheduleOpenFiles();
  }

  #checkDue(): void {
    for (const file of [...this.#due]) this.#checkNow(file);
  }

  /** The findings of a file by its current text, published where they were not. */
  #checkNow(file: string): Folder | undefined {
    const folder = this.#folders.nearest(file);
    if (folder && this.#due.delete(file)) {
      folder.checkFile(file);
      this.#publisher.publish(folder, file);
      this.#publisher.publishConfigProblems(folder);
    }
    return folder;
  }

  /** An edit may change what is found in other files: those that somebody sees come first. */
  #scheduleOpenFiles(): void {
    clearTimeout(this.#openFilesTimer);
    this.#openFilesTimer = setTimeout(() => {
      for (const document of this.#documents.all()) {
        const file = pathOf(document.uri);
        if (file === undefined || !this.#folders.nearest(file)?.covers(file)) continue;
        this.#due.add(file);
      }
      this.#guard('check', () => this.#checkDue());
    }, pauses.openFiles);
  }

  #scheduleWorkspace(pauseMs: number): void {
    if (this.#checksWorkspace) this.#workspaceCheck.schedule(pauseMs);
  }

  #closed(document: TextDocument): void {
    const file = pathOf(document.uri);
    const folder = file === undefined ? undefined : this.#folders.nearest(file);
    if (file === undefined || !folder) return;
    this.#due.delete(file);
    if (!folder.covers(file)) return;
    folder.analyzer.setText(file, undefined);
    if (this.#checksWorkspace && !folder.isStray && folder.analyzer.text(file) !== undefined) folder.checkFile(file);
    else folder.forget(file);
    this.#publisher.publish(folder, file, document.uri);
  }

  #filesChanged({ changes }: DidChangeWatchedFilesParams): void {
    const byFolder = new Map<Folder, string[]>();
    for (const { uri } of changes) {
      const file = pathOf(uri);
      const folder = file === undefined ? undefined : this.#folders.nearest(file);
      if (file === undefined || !folder || /\/(?:node_modules|\.git)\/.*\/(?!package\.json)[^/]*$/.test(file)) continue;
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
    }
    if (byFolder.size === 0) return;
    for (const [folder, files] of byFolder) {
      folder.filesChanged(files);
      for (const file of files) if (folder.analyzer.text(file) === undefined) this.#forget(folder, file);
    }
    this.#scheduleOpenFiles();
    this.#scheduleWorkspace(pauses.workspace);
  }

  #foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    for (const { uri } of removed) {
      const root = pathOf(uri);
      const folder = root === undefined ? undefined : this.#folders.remove(root);
      if (folder) this.#publisher.clearFolder(folder);
    }
    for (const { uri } of added) {
      const root = pathOf(uri);
      if (root !== undefined) this.#folders.add(root);
    }
    void this.#readSettings(undefined);
    // Open documents may belong to another folder now.
    for (const document of this.#documents.all()) this.#textChanged(document);
    this.#scheduleWorkspace(pauses.workspace);
  }

  #codeActions(params: CodeActionParams): CodeAction[] {
    const file = pathOf(params.textDocument.uri);
    const document = this.#documents.get(params.textDocument.uri);
    if (file === undefined || !document || !this.#features.codeActions) return [];
    const folder = this.#checkNow(file);
    if (!folder?.covers(file)) return [];
    const range = { start: document.offsetAt(params.range.start), end: document.offsetAt(params.range.end) };
    return codeActions(file, range, params.context, this.#actionContext(folder));
  }

  /** Throws a ResponseError, which tells the person why there is no edit. */
  #resolve(action: CodeAction): CodeAction {
    if (!isActionData(action.data)) return action;
    const folder = this.#checkNow(action.data.file);
    return folder ? resolveAction(action, this.#actionContext(folder)) : action;
  }

  #actionContext(folder: Folder): ActionContext {
    return {
      features: this.#features,
      folder,
      openDocument: (file) => this.#openDocument(file),
      text: (file) => folder.analyzer.text(file),
      document: (file) => this.#publisher.document(folder, file),
    };
  }

  #forgetClosedFiles(): void {
    this.#workspaceCheck.cancel();
    for (const folder of this.#folders.everything()) {
      for (const file of folder.filesWithFindings()) if (!this.#openDocument(file)) this.#forget(folder, file);
    }
  }

  #forget(folder: Folder, file: string): void {
    folder.forget(file);
    this.#publisher.clear(file);
  }

  #openDocument(file: string): TextDocument | undefined {
    return this.#documents.get(uriOf(file)) ?? this.#documents.all().find(({ uri }) => pathOf(uri) === file);
  }

  /** No message of a client, and no file of a person, ends the server. */
  #guard<T>(what: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#logError(what, error);
      return undefined;
    }
  }

  #logError(what: string, error: unknown): void {
    this.#connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
