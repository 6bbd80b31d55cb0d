/** A long computation in turns: it lets others have the thread, and notices that nobody wants it any more. */

/** Short enough for a keystroke to be answered in between, long enough for the turns to cost nothing. */
const turnMs = 8;

export class Turns {
  readonly #signal: AbortSignal | undefined;
  #began = 0;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** To be awaited between two steps. @throws an AbortError when cancelled */
  async next(): Promise<void> {
    if (performance.now() - this.#began < turnMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#signal?.throwIfAborted();
    this.#began = performance.now();
  }
}
