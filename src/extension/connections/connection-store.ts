/**
 * Where connections are kept: addresses in the settings, users and passwords in SecretStorage, the permission to write in VS Code's own state.
 * A secret and a permission belong to a name *and* an address: settings that come with a workspace can therefore not send a
 * stored password to another server, nor make one writable.
 */
import * as vscode from 'vscode';
import { parseConnectionConfig } from './connection-config.ts';
import type { ConnectionConfig, Credentials } from './connection-config.ts';

export type Scope = 'user' | 'workspace';

export interface SavedConnection {
  config: ConnectionConfig;
  scope: Scope;
}

/** A workspace's own settings open no connection by themselves. */
export function opensByItself({ config, scope }: SavedConnection): boolean {
  return config.autoConnect === true && scope === 'user';
}

const SECTION = 'keyscope';
const WRITABLE_KEY = 'keyscope.writableConnections';

export class ConnectionStore implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  /** A list was saved, edited by hand, or its permission to write changed. */
  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
    this.#disposables = [
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('keyscope.connections')) this.#changed.fire();
      }),
      // In an untrusted workspace its own connections are not seen (package.json: restrictedConfigurations).
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
    ];
  }

  /** In the order of the settings, the user's first; a name in the workspace's settings hides the user's of that name. */
  list(): SavedConnection[] {
    const byName = new Map<string, SavedConnection>();
    for (const scope of ['user', 'workspace'] as const) {
      for (const entry of this.#raw(scope)) {
        const { config } = parseConnectionConfig(entry);
        if (config !== undefined) byName.set(config.name, { config, scope });
      }
    }
    return [...byName.values()];
  }

  /** What is wrong with the settings, one sentence each. */
  problems(): string[] {
    return (['user', 'workspace'] as const).flatMap((scope) => this.#raw(scope).flatMap((entry) => parseConnectionConfig(entry).problem ?? []));
  }

  find(name: string): SavedConnection | undefined {
    return this.list().find(({ config }) => config.name === name);
  }

  async credentialsOf({ config }: SavedConnection): Promise<Credentials> {
    const stored = await this.#context.secrets.get(secretKey(config.name));
    if (stored === undefined) return {};
    const { address, username, password } = JSON.parse(stored) as Credentials & { address: string };
    return address === config.url ? { username, password } : {};
  }

  /** Saves a new connection, or one in the place of `replaced`. */
  async save(config: ConnectionConfig, credentials: Credentials, scope: Scope, replaced?: SavedConnection): Promise<void> {
    await this.#storeCredentials(config, credentials);
    const sameScope = replaced?.scope === scope;
    const entries = this.#raw(scope);
    const at = entries.findIndex((entry) => nameOf(entry) === (sameScope ? replaced.config.name : config.name));
    await this.#write(scope, at < 0 ? [...entries, config] : entries.with(at, config));
    if (replaced === undefined) return;
    if (!sameScope) await this.#removeEntry(replaced);
    if (replaced.config.name !== config.name) await this.#context.secrets.delete(secretKey(replaced.config.name));
    await this.allowWrites(replaced, false);
  }

  async remove(saved: SavedConnection): Promise<void> {
    await this.#removeEntry(saved);
    await this.#context.secrets.delete(secretKey(saved.config.name));
    await this.allowWrites(saved, false);
  }

  /** Read-only until the person says otherwise. */
  isWritable({ config, scope }: SavedConnection): boolean {
    if (config.readOnly === true) return false;
    if (config.readOnly === false && scope === 'user') return true;
    return this.#writable()[config.name] === config.url;
  }

  async allowWrites({ config }: SavedConnection, allowed: boolean): Promise<void> {
    const { [config.name]: _, ...others } = this.#writable();
    await this.#context.globalState.update(WRITABLE_KEY, allowed ? { ...others, [config.name]: config.url } : others);
    this.#changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  #writable(): Record<string, string> {
    return this.#context.globalState.get<Record<string, string>>(WRITABLE_KEY, {});
  }

  async #storeCredentials(config: ConnectionConfig, { username, password }: Credentials): Promise<void> {
    if (!username && !password) return await this.#context.secrets.delete(secretKey(config.name));
    await this.#context.secrets.store(secretKey(config.name), JSON.stringify({ address: config.url, username, password }));
  }

  async #removeEntry({ config, scope }: SavedConnection): Promise<void> {
    await this.#write(scope, this.#raw(scope).filter((entry) => nameOf(entry) !== config.name));
  }

  #raw(scope: Scope): unknown[] {
    const inspected = vscode.workspace.getConfiguration(SECTION).inspect<unknown>('connections');
    if (scope === 'workspace' && !vscode.workspace.isTrusted) return [];
    const value = scope === 'user' ? inspected?.globalValue : inspected?.workspaceValue;
    return Array.isArray(value) ? value : [];
  }

  async #write(scope: Scope, entries: unknown[]): Promise<void> {
    const target = scope === 'user' ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
    await vscode.workspace.getConfiguration(SECTION).update('connections', entries.length > 0 ? entries : undefined, target);
  }
}

function nameOf(entry: unknown): string | undefined {
  return parseConnectionConfig(entry).config?.name;
}

function secretKey(name: string): string {
  return `keyscope.connection:${name}`;
}
