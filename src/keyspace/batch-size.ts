/** How many keys one call may take, so that it holds the server no longer than its budget. */

/** Every other client waits that long; DESIGN.md. */
export const CALL_BUDGET_MS = 5;

export class BatchSize {
  #size: number;

  /** @param max keys per call at most, however fast the server is */
  constructor(
    start: number,
    private readonly max: number,
    private readonly min = 10,
  ) {
    this.#size = start;
  }

  get value(): number {
    return this.#size;
  }

  /** After a call of `keys` keys that took the server `ms`; where only the round trip is known, that is the upper bound. */
  learn(keys: number, ms: number): void {
    // A call cut short by the end of the keyspace says little.
    if (keys < this.#size / 2 && ms < CALL_BUDGET_MS) return;
    const factor = Math.min(1.5, Math.max(0.25, CALL_BUDGET_MS / Math.max(ms, 0.01)));
    this.#size = Math.round(Math.min(this.max, Math.max(this.min, this.#size * factor)));
  }
}
