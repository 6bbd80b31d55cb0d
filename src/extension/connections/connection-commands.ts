/** Commands that make, change, open and close connections. */
import * as vscode from 'vscode';
import { confirm, showError, showInformation, showWarning } from '../ui/notify.ts';
import { pickOne } from '../ui/pick.ts';
import type { Choice } from '../ui/pick.ts';
import { choose } from '../ui/steps.ts';
import { complaintAboutUrl, hasLiteralPassword, looksLikeAddress, splitCredentials, withoutCredentials } from './connection-address.ts';
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

/** How a connection is added: with a REDIS_URL, with an address that is typed already, or by questions. */
interface Way extends Choice {
  each?: DotEnvUrl;
  address?: string;
}

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
    const byAddress: Way = { icon: 'link', label: 'By address', detail: 'One line: redis://user:password@host:6379/0, or rediss:// for TLS' };
    const stepByStep: Way = { icon: 'list-ordered', label: 'Step by step', detail: 'Host, port, TLS, user, password, database' };
    const fromEnv = found.map((each): Way => ({ icon: 'file', label: 'REDIS_URL in .env', description: withoutCredentials(each.url), detail: `Of the folder ${each.folder.name}; added, not linked`, each }));
    const heading: Way[] = fromEnv.length > 0 ? [{ label: 'In this workspace', heading: true }] : [];
    const typed = (text: string): Way | undefined => (looksLikeAddress(text) ? { icon: 'link', label: 'Use this address', description: withoutCredentials(text), address: text.trim() } : undefined);
    const chosen = await choose({ title: 'Add Redis Connection' }, 'How do you want to say where the server is? Or paste its address here', [byAddress, stepByStep, ...heading, ...fromEnv], { typed });
    if (chosen === undefined || typeof chosen === 'symbol') return;
    if (chosen.each !== undefined) return this.#addUrl(chosen.each);
    const form = await (chosen === stepByStep ? askStepByStep(this.#names()) : askForUrl(this.#names(), chosen.address));
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
    const chosen = found.length === 1 ? first : (await pickOne(items, { title: 'REDIS_URL in .env' }))?.each;
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
    const detail = [withoutCredentials(live.saved.config.url), this.store.whyReadOnly(live.saved), 'You can then delete keys there, each after a question. Keyscope writes nothing else.'];
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
    const wasOpen = (this.manager.find(saved.config.name)?.state.status ?? 'closed') !== 'closed';
    await this.store.save(config, credentials, saved.scope, saved);
    this.manager.renew(config.name);
    if (wasOpen) await this.#open(config.name, 'was changed');
  }

  async #addUrl({ url, folder }: DotEnvUrl): Promise<void> {
    const { url: address, credentials } = splitCredentials(url);
    await this.#save({ config: { name: unique(`${folder.name} (.env)`, this.#names()), url: address }, credentials });
  }

  async #save({ config, credentials }: FilledForm): Promise<void> {
    await this.store.save(config, credentials, 'user');
    this.manager.renew(config.name);
    await this.#open(config.name, 'was added');
  }

  /** What has just been saved is opened and shown; where that cannot be, it is said why. */
  async #open(name: string, saved: string): Promise<void> {
    const live = this.manager.find(name);
    if (live === undefined) return;
    await live.connect();
    await this.show(live);
    if (live.state.status === 'failed') void showWarning(`“${name}” ${saved}, but cannot be reached: ${live.state.error.message}`);
  }

  #names(except?: string): ReadonlySet<string> {
    return new Set(this.manager.list().map(({ name }) => name).filter((name) => name !== except));
  }

  async #meant(argument: ConnectionArgument): Promise<LiveConnection | undefined> {
    const live = argument?.live ?? this.selected()?.live;
    if (live !== undefined) return live;
    const all = this.manager.list();
    if (all.length < 2) return all[0];
    return (await pickOne(all.map((each) => ({ label: each.name, description: withoutCredentials(each.saved.config.url), each })), { title: 'Connection' }))?.each;
  }
}

function unique(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name} ${count}`;
  return free;
}
