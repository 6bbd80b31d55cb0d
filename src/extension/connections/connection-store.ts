/**
 * Where connections are kept: addresses in the settings, users and passwords in SecretStorage, the permission to write in VS Code's own state.
 * A secret and a permission belong to a name *and* to all that decides who answers (connection-binding.ts): settings that come with a
 * workspace can therefore not send a stored password to another server, nor make one writable.
 */
import * as vscode from 'vscode';
import type { Credentials } from './connection-address.ts';
import { bindingOf, whatChanged } from './connection-binding.ts';
import type { Binding } from './connection-binding.ts';
import { parseConnectionConfig } from './connection-config.ts';
import type { ConnectionConfig } from './connection-config.ts';

export type Scope = 'user' | 'workspace';

export interface SavedConnection {
  config: ConnectionConfig;
  scope: Scope;
}

export interface StoredCredentials {
  /** Empty where there are none, and where they are withheld. */
  credentials: Credentials;
  /** Why the stored ones are not used: what is different from when they were given. */
  withheld?: string;
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

  async credentialsOf({ config }: SavedConnection): Promise<StoredCredentials> {
    const stored = parseSecret(await this.#context.secrets.get(secretKey(config.name)));
    if (stored === undefined) return { credentials: {} };
    const changed = whatChanged(stored.binding, bindingOf(config));
    if (changed === undefined) return { credentials: { username: stored.username, password: stored.password } };
    return { credentials: {}, withheld: `The stored user and password of “${config.name}” were not sent, because ${changed} changed since they were given.` };
  }

  /** Saves a new connection, or one in the place of `replaced`. */
  async save(config: ConnectionConfig, credentials: Credentials, scope: Scope, replaced?: SavedConnection): Promise<void> {
    await this.#storeCredentials(config, credentials);
    const sameScope = replaced?.scope === scope;
    const entries = this.#raw(scope);
    // Of two entries of one name the last counts (list).
    const at = entries.findLastIndex((entry) => nameOf(entry) === (sameScope ? replaced.config.name : config.name));
    await this.#write(scope, at < 0 ? [...entries, config] : entries.with(at, config));
    // Left from an entry of that name which was deleted by hand, too.
    await this.#forbidWrites(config.name);
    if (replaced === undefined) return;
    if (!sameScope) await this.#removeEntry(replaced);
    if (replaced.config.name !== config.name) await this.#context.secrets.delete(secretKey(replaced.config.name));
    await this.#forbidWrites(replaced.config.name);
  }

  async remove(saved: SavedConnection): Promise<void> {
    await this.#removeEntry(saved);
    await this.#context.secrets.delete(secretKey(saved.config.name));
    await this.#forbidWrites(saved.config.name);
  }

  /** Read-only until the person says otherwise. */
  isWritable({ config, scope }: SavedConnection): boolean {
    if (config.readOnly === true) return false;
    if (config.readOnly === false && scope === 'user') return true;
    const given = this.#given(config.name);
    return given !== undefined && whatChanged(given, bindingOf(config)) === undefined;
  }

  /** Why writes that the person has once allowed are refused now; undefined where they never were, or still are allowed. */
  whyReadOnly(saved: SavedConnection): string | undefined {
    const { config } = saved;
    const given = this.#given(config.name);
    const changed = given === undefined ? undefined : whatChanged(given, bindingOf(config));
    if (changed === undefined || config.readOnly === true || this.isWritable(saved)) return undefined;
    return `Read-only again, because ${changed} changed since you allowed writes.`;
  }

  async allowWrites({ config }: SavedConnection, allowed: boolean): Promise<void> {
    if (!allowed) return this.#forbidWrites(config.name);
    await this.#context.globalState.update(WRITABLE_KEY, { ...this.#writable(), [config.name]: bindingOf(config) });
    this.#changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #forbidWrites(name: string): Promise<void> {
    const { [name]: given, ...others } = this.#writable();
    if (given === undefined) return;
    await this.#context.globalState.update(WRITABLE_KEY, others);
    this.#changed.fire();
  }

  /** What the permission to write was given for. */
  #given(name: string): Binding | undefined {
    const writable = this.#writable();
    return Object.hasOwn(writable, name) ? writable[name] : undefined;
  }

  #writable(): Record<string, Binding> {
    return this.#context.globalState.get<Record<string, Binding>>(WRITABLE_KEY, {});
  }

  async #storeCredentials(config: ConnectionConfig, { username, password }: Credentials): Promise<void> {
    if (!username && !password) return await this.#context.secrets.delete(secretKey(config.name));
    const secret: Secret = { binding: bindingOf(config), username, password };
    await this.#context.secrets.store(secretKey(config.name), JSON.stringify(secret));
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

/** As it is kept in SecretStorage. */
interface Secret extends Credentials {
  binding: Binding;
}

function parseSecret(text: string | undefined): Partial<Secret> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function secretKey(name: string): string {
  return `keyscope.connection:${name}`;
}
