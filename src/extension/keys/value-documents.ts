/**
 * A key's value as a read-only document: JSON pretty-printed, binary as a hex dump, large values cut.
 * What the key is, and that something was cut, stands above the text as a CodeLens, so that the text stays the value.
 */
import * as vscode from 'vscode';
import { displayKey } from '../../redis/key-bytes.ts';
import type { ConnectionManager } from '../connections/connection-manager.ts';
import { withoutIcons } from '../ui/untrusted-text.ts';
import { factsLine } from './key-facts.ts';

export const VALUE_SCHEME = 'keyscope-value';

interface Place {
  connection: string;
  db: number;
  key: Buffer;
}

export class ValueDocuments implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable {
  readonly #manager: ConnectionManager;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #shown = new Map<string, { languageId: string; lines: string[] }>();
  readonly #disposables: vscode.Disposable[];
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;

  constructor(manager: ConnectionManager) {
    this.#manager = manager;
    this.#disposables = [
      this.#changed,
      this.#lensesChanged,
      vscode.workspace.registerTextDocumentContentProvider(VALUE_SCHEME, this),
      vscode.languages.registerCodeLensProvider({ scheme: VALUE_SCHEME }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
        // Setting the language of a document closes and opens it.
        if (isClosed && !vscode.workspace.textDocuments.some((each) => each.uri.toString() === uri.toString())) this.#shown.delete(uri.toString());
      }),
    ];
  }

  /** Shows the value as it is now. Rejects with a message for people. */
  async open(place: Place, options: vscode.TextDocumentShowOptions = {}): Promise<vscode.TextEditor> {
    const uri = uriOf(place);
    // A document that is open already keeps its text: it is told to ask again.
    if (this.#shown.has(uri.toString())) this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const languageId = this.#shown.get(uri.toString())?.languageId;
    if (languageId !== undefined && languageId !== document.languageId) await vscode.languages.setTextDocumentLanguage(document, languageId);
    return await vscode.window.showTextDocument(document, { preview: true, ...options });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { connection, db, key } = placeOf(uri);
    const live = this.#manager.find(connection);
    if (live === undefined) throw new Error(`There is no connection “${connection}” any more.`);
    // A window that comes back opens its documents before anybody opened the connection.
    if (live.state.status !== 'ready') await live.connect();
    const { keyspace, redis } = live.open;
    const maxBytes = vscode.workspace.getConfiguration('keyscope.keys').get<number>('valueLimit', 262_144);
    const [value, [facts]] = await Promise.all([keyspace.readValue(key, { db }, { maxBytes }), keyspace.inspect([key], { db })]);
    const { text, languageId, notice } = redis.renderValue(value);
    const lines = [facts === undefined ? '' : factsLine(facts), notice ?? ''].filter((line) => line !== '');
    this.#shown.set(uri.toString(), { languageId, lines });
    this.#lensesChanged.fire();
    return text;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const start = new vscode.Range(0, 0, 0, 0);
    const lines = this.#shown.get(document.uri.toString())?.lines ?? [];
    return lines.map((title) => new vscode.CodeLens(start, { title: withoutIcons(title), command: '' }));
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }
}

/** The tab shows the last part of the path: the key as people read it. What counts is in the query. */
function uriOf({ connection, db, key }: Place): vscode.Uri {
  const title = displayKey(key, 80).replaceAll('/', '∕') || '(empty name)';
  const query = new URLSearchParams({ connection, db: String(db), key: key.toString('base64url') });
  return vscode.Uri.from({ scheme: VALUE_SCHEME, path: `/${connection.replaceAll('/', '∕')}/db${db}/${title}`, query: query.toString() });
}

function placeOf(uri: vscode.Uri): Place {
  const query = new URLSearchParams(uri.query);
  return { connection: query.get('connection') ?? '', db: Number(query.get('db')), key: Buffer.from(query.get('key') ?? '', 'base64url') };
}

