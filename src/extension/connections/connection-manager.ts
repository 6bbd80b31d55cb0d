/** The live side of the saved connections: one LiveConnection per name, renewed when its settings, secrets or permission change. */
import * as vscode from 'vscode';
import type { Question } from '../../server/index.ts';
import { confirm } from '../ui/notify.ts';
import type { ConnectionStore, SavedConnection } from './connection-store.ts';
import { LiveConnection } from './live-connection.ts';

export class ConnectionManager implements vscode.Disposable {
  readonly #store: ConnectionStore;
  readonly #log: vscode.LogOutputChannel;
  readonly #live = new Map<string, { live: LiveConnection; fingerprint: string }>();
  readonly #listChanged = new vscode.EventEmitter<void>();
  readonly #stateChanged = new vscode.EventEmitter<LiveConnection>();
  readonly #subscription: vscode.Disposable;
  /** Connections came, went or were renewed. */
  readonly onDidChangeList = this.#listChanged.event;
  /** One was opened, lost, found again, closed. */
  readonly onDidChangeState = this.#stateChanged.event;

  constructor(store: ConnectionStore, log: vscode.LogOutputChannel) {
    this.#store = store;
    this.#log = log;
    this.#subscription = store.onDidChange(() => this.#reconcile());
    this.#reconcile();
  }

  list(): LiveConnection[] {
    return [...this.#live.values()].map(({ live }) => live);
  }

  find(name: string): LiveConnection | undefined {
    return this.#live.get(name)?.live;
  }

  /** Secrets are not in the fingerprint: whoever changes them alone calls this. */
  renew(name: string): void {
    const before = this.#live.get(name);
    if (before !== undefined) before.fingerprint = '';
    this.#reconcile();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#live.forEach(({ live }) => live.close());
    this.#live.clear();
    this.#listChanged.dispose();
    this.#stateChanged.dispose();
  }

  #reconcile(): void {
    for (const problem of this.#store.problems()) this.#log.warn(`Setting keyscope.connections: ${problem}. It is left out.`);
    const before = new Map(this.#live);
    this.#live.clear();
    for (const saved of this.#store.list()) {
      const writable = this.#store.isWritable(saved);
      const fingerprint = JSON.stringify([saved, writable, this.#store.whyReadOnly(saved)]);
      const old = before.get(saved.config.name);
      if (old?.fingerprint === fingerprint) {
        this.#live.set(saved.config.name, old);
        before.delete(saved.config.name);
        continue;
      }
      const live = this.#make(saved, writable);
      this.#live.set(saved.config.name, { live, fingerprint });
      // It was open under its old settings: it stays open under the new ones.
      if (old !== undefined && old.live.state.status !== 'closed') void live.connect();
    }
    for (const { live } of before.values()) live.close();
    this.#listChanged.fire();
  }

  #make(saved: SavedConnection, writable: boolean): LiveConnection {
    let last = 'closed';
    const live: LiveConnection = new LiveConnection({
      saved,
      writable,
      whyReadOnly: this.#store.whyReadOnly(saved),
      credentials: () => this.#store.credentialsOf(saved),
      confirm: (question) => confirmCommand(saved.config.name, question),
      onChange: () => {
        const { state } = live;
        if (state.status !== last) this.#log.info(`${saved.config.name}: ${state.status}${'error' in state && state.error ? ` (${state.error.message})` : ''}`);
        last = state.status;
        this.#stateChanged.fire(live);
      },
    });
    return live;
  }
}

function confirmCommand(connection: string, { command, reason }: Question): Promise<boolean> {
  return confirm(`Send ${command} to “${connection}”?`, `${reason}.`, `Send ${command}`);
}
