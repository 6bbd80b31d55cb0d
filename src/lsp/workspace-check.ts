/** The check of all folders in the background: one at a time, begun anew when something changes, with progress that can be cancelled. */
import type { Connection } from 'vscode-languageserver';
import type { Folder } from './folder.ts';

/** A check that takes no longer follows every pause of typing; longer ones follow when a file is saved. */
const quickMs = 3_000;

/** Later runs than the first show progress only when they take this long. */
const quietMs = 1_000;

export interface WorkspaceCheckOptions {
  connection: Connection;
  folders(): Folder[];
  showsProgress(): boolean;
  /** Told after each folder which files to publish anew. */
  publish(folder: Folder, files: readonly string[]): void;
}

export class WorkspaceCheck {
  readonly #options: WorkspaceCheckOptions;
  #timer: NodeJS.Timeout | undefined;
  #abort: AbortController | undefined;
  #isFirst = true;
  /** The last complete run. */
  #tookMs: number | undefined;

  constructor(options: WorkspaceCheckOptions) {
    this.#options = options;
  }

  /** Runs after a pause; a run under way is given up. */
  schedule(pauseMs: number): void {
    this.cancel();
    this.#timer = setTimeout(() => void this.#run(), pauseMs);
  }

  /** After each edit: what it changes in other files follows soon, in a workspace that is checked soon. Puts a run that is under way or due off. */
  follow({ soonMs, lateMs }: { soonMs: number; lateMs: number }): void {
    const isSoon = this.#tookMs !== undefined && this.#tookMs <= quickMs;
    if (isSoon || this.#timer || this.#abort) this.schedule(isSoon ? soonMs : lateMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#abort?.abort();
    this.#abort = undefined;
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    const abort = new AbortController();
    this.#abort = abort;
    const progress = new LazyProgress(this.#options, this.#isFirst ? 0 : quietMs, abort);
    const started = performance.now();
    try {
      await progress.start();
      for (const folder of this.#options.folders()) {
        const files = await folder.checkAll({ signal: abort.signal, onProgress: (done, total) => progress.report(folder, done, total) });
        if (abort.signal.aborted) return;
        this.#options.publish(folder, files);
      }
      this.#isFirst = false;
      this.#tookMs = performance.now() - started;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#options.connection.console.error(`The check of the workspace failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    } finally {
      progress.end();
      if (this.#abort === abort) this.#abort = undefined;
    }
  }
}

/** Work-done progress that begins when the work has proved to be long. */
class LazyProgress {
  readonly #options: WorkspaceCheckOptions;
  readonly #quietMs: number;
  readonly #abort: AbortController;
  readonly #started = performance.now();
  #reporter: Awaited<ReturnType<Connection['window']['createWorkDoneProgress']>> | undefined;
  #isAsked = false;
  #isOver = false;

  constructor(options: WorkspaceCheckOptions, quiet: number, abort: AbortController) {
    this.#options = options;
    this.#quietMs = quiet;
    this.#abort = abort;
  }

  /** Waits for the client where progress is shown from the beginning, so that it is there before the work blocks. */
  async start(): Promise<void> {
    if (this.#quietMs === 0) await this.#ask();
  }

  report(folder: Folder, done: number, total: number): void {
    if (performance.now() - this.#started > this.#quietMs) void this.#ask();
    this.#reporter?.report(total > 0 ? Math.floor((done / total) * 100) : 0, `${folder.root.slice(folder.root.lastIndexOf('/') + 1)}: ${done}/${total} files`);
  }

  end(): void {
    this.#isOver = true;
    this.#reporter?.done();
    this.#reporter = undefined;
  }

  async #ask(): Promise<void> {
    if (this.#isAsked || !this.#options.showsProgress()) return;
    this.#isAsked = true;
    const reporter = await this.#options.connection.window.createWorkDoneProgress();
    reporter.begin('Keyscope: checking the workspace', 0, undefined, true);
    if (this.#isOver) return reporter.done();
    reporter.token.onCancellationRequested(() => this.#abort.abort());
    this.#reporter = reporter;
  }
}
