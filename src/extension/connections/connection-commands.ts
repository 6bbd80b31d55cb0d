/** Commands that make, change, open and close connections. */
import * as vscode from 'vscode';
import { confirm, showError, showInformation, showWarning } from '../ui/notify.ts';
import { complaintAboutUrl, hasLiteralPassword, splitCredentials, withoutCredentials } from './connection-address.ts';
import { askForUrl, askStepByStep } from './connection-form.ts';
import type { FilledForm, FormStart } from './connection-form.ts';
import type { ConnectionManager } from './connection-manager.ts';
import type { ConnectionStore, SavedConnection } from './connection-store.ts';
import { findDotEnvUrls } from './dot-env.ts';
import type { DotEnvUrl } from './dot-env.ts';
import { hasPlaceholder } from './env-placeholders.ts';
import type { LiveConnection } from './live-connection.ts';

/** A node of the tree, or what stands for a connection elsewhere. */
export type ConnectionArgument = { kind: string; live?: LiveConnection } | undefined;

export class ConnectionCommands {
  readonly #offered = new Set<string>();

  constructor(
    readonly store: ConnectionStore,
    readonly manager: ConnectionManager,
    /** Shows a connection in the tree and opens it. */
    readonly show: (live: LiveConnection) => Promise<void>,
    readonly selected: () => ConnectionArgument,
  ) {}

  async add(): Promise<void> {
    const found = await findDotEnvUrls();
    const byUrl = { label: '$(link) By address', detail: 'One line: redis://user:password@host:6379/0, or rediss:// for TLS' };
    const stepByStep = { label: '$(list-ordered) Step by step', detail: 'Host, port, TLS, user, password, database' };
    const fromEnv = found.map((each) => ({ label: '$(file) REDIS_URL in .env', description: withoutCredentials(each.url), detail: `Of the folder ${each.folder.name}; added, not linked`, each }));
    const separator = fromEnv.length > 0 ? [{ label: 'In this workspace', kind: vscode.QuickPickItemKind.Separator }] : [];
    const items: (vscode.QuickPickItem & { each?: DotEnvUrl })[] = [byUrl, stepByStep, ...separator, ...fromEnv];
    const chosen = await vscode.window.showQuickPick(items, { title: 'Add Redis Connection', placeHolder: 'How do you want to say where the server is?' });
    if (chosen === undefined) return;
    if (chosen.each !== undefined) return this.#addUrl(chosen.each);
    const form = await (chosen === byUrl ? askForUrl(this.#names()) : askStepByStep(this.#names()));
    if (form !== undefined) await this.#save(form);
  }

  async addFromDotEnv(): Promise<void> {
    const found = await findDotEnvUrls();
    const [first] = found;
    if (first === undefined) {
      void showInformation('No .env at the top of a trusted workspace folder has a REDIS_URL that is an address.');
      return;
    }
    const items = found.map((each) => ({ label: each.folder.name, description: withoutCredentials(each.url), each }));
    const chosen = found.length === 1 ? first : (await vscode.window.showQuickPick(items, { title: 'REDIS_URL in .env' }))?.each;
    if (chosen !== undefined) await this.#addUrl(chosen);
  }

  /** A password that was typed into the settings can be read by whoever sees them, and is synchronised with them. Asked once per window. */
  async offerToHidePasswords(): Promise<void> {
    for (const { saved } of this.manager.list()) {
      const { config, scope } = saved;
      if (!hasLiteralPassword(config.url) || this.#offered.has(config.url)) continue;
      this.#offered.add(config.url);
      const move = 'Move to Secret Storage';
      const chosen = await showWarning(`The settings hold the password of “${config.name}” in plain text.`, move);
      // Nobody waits for this: what goes wrong (settings that cannot be written) is said here.
      if (chosen === move) await this.hidePassword({ config, scope }).catch((error: unknown) => void showError(error instanceof Error ? error.message : String(error)));
    }
  }

  /** From the address in the settings into SecretStorage; where it makes no sense without its password either, it is edited. */
  async hidePassword(saved: SavedConnection): Promise<void> {
    const start = await this.#formStart(saved);
    if (hasLiteralPassword(start.config.url)) return this.#edit(saved, start);
    await this.#replace(saved, start);
  }

  async edit(argument?: ConnectionArgument): Promise<void> {
    const live = await this.#meant(argument);
    if (live === undefined) return;
    await this.#edit(live.saved, await this.#formStart(live.saved));
  }

  async remove(argument?: ConnectionArgument): Promise<void> {
    const live = await this.#meant(argument);
    if (live === undefined) return;
    const detail = 'Its address, user and password are forgotten. The server and its keys are not touched.';
    if (await confirm(`Remove the connection “${live.name}”?`, detail, 'Remove')) await this.store.remove(live.saved);
  }

  async connect(argument?: ConnectionArgument): Promise<void> {
    const live = await this.#meant(argument);
    if (live === undefined) return;
    await live.connect();
    await this.show(live);
  }

  async disconnect(argument?: ConnectionArgument): Promise<void> {
    (await this.#meant(argument))?.disconnect();
  }

  async allowWrites(argument?: ConnectionArgument): Promise<void> {
    const live = await this.#meant(argument);
    if (live === undefined) return;
    if (live.saved.config.readOnly === true) {
      const open = 'Open Settings';
      const chosen = await showInformation(`“${live.name}” has "readOnly": true in the settings and stays read-only.`, open);
      if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'keyscope.connections');
      return;
    }
    const detail = [withoutCredentials(live.saved.config.url), this.store.whyReadOnly(live.saved), 'Keyscope may then change and delete keys there, each time only on your command. Dangerous commands still ask.'];
    if (await confirm(`Allow writes on “${live.name}”?`, detail.filter(Boolean).join('\n\n'), 'Allow Writes')) await this.store.allowWrites(live.saved, true);
  }

  async makeReadOnly(argument?: ConnectionArgument): Promise<void> {
    const live = await this.#meant(argument);
    if (live !== undefined) await this.store.allowWrites(live.saved, false);
  }

  /** User and password of the address, and those that are stored, which come before them (resolveSpec). */
  async #formStart({ config, scope }: SavedConnection): Promise<FormStart> {
    const { credentials: stored, withheld } = await this.store.credentialsOf({ config, scope });
    const problem = complaintAboutUrl(config.url);
    let { url } = config;
    let credentials = stored;
    try {
      const written = splitCredentials(url);
      url = written.url;
      credentials = { username: stored.username ?? written.credentials.username, password: stored.password ?? written.credentials.password };
    } catch {
      // `problem` says why; the person changes it.
    }
    return { config: { ...config, url }, credentials, withheld, moves: stored.password === undefined, ...(hasPlaceholder(url) ? {} : { problem }) };
  }

  async #edit(saved: SavedConnection, start: FormStart): Promise<void> {
    const form = await askStepByStep(this.#names(saved.config.name), start);
    if (form !== undefined) await this.#replace(saved, form);
  }

  async #replace(saved: SavedConnection, { config, credentials }: FilledForm): Promise<void> {
    await this.store.save(config, credentials, saved.scope, saved);
    this.manager.renew(config.name);
  }

  async #addUrl({ url, folder }: DotEnvUrl): Promise<void> {
    const { url: address, credentials } = splitCredentials(url);
    await this.#save({ config: { name: unique(`${folder.name} (.env)`, this.#names()), url: address }, credentials });
  }

  async #save({ config, credentials }: FilledForm): Promise<void> {
    await this.store.save(config, credentials, 'user');
    this.manager.renew(config.name);
    const live = this.manager.find(config.name);
    if (live === undefined) return;
    await live.connect();
    await this.show(live);
    if (live.state.status === 'failed') void showWarning(`“${config.name}” was added, but cannot be reached: ${live.state.error.message}`);
  }

  #names(except?: string): ReadonlySet<string> {
    return new Set(this.manager.list().map(({ name }) => name).filter((name) => name !== except));
  }

  async #meant(argument: ConnectionArgument): Promise<LiveConnection | undefined> {
    const live = argument?.live ?? this.selected()?.live;
    if (live !== undefined) return live;
    const all = this.manager.list();
    if (all.length < 2) return all[0];
    return (await vscode.window.showQuickPick(all.map((each) => ({ label: each.name, description: withoutCredentials(each.saved.config.url), each })), { title: 'Connection' }))?.each;
  }
}

function unique(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name} ${count}`;
  return free;
}
