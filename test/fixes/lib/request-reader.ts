/** Reads the names of commands from what a client sends (RESP arrays of bulk strings), however it falls into packets. */
export class RequestReader {
  #rest: Buffer = Buffer.alloc(0);
  readonly #onCommand: (name: string) => void;

  constructor(onCommand: (name: string) => void) {
    this.#onCommand = onCommand;
  }

  push(chunk: Buffer): void {
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    for (let read = this.#command(); read > 0; read = this.#command()) this.#rest = this.#rest.subarray(read);
  }

  /** The length of the first whole command; 0 while it is not all there. */
  #command(): number {
    const header = this.#line(0, '*');
    if (!header) return 0;
    let at = header.next;
    let name = '';
    for (let index = 0; index < header.value; index++) {
      const length = this.#line(at, '$');
      if (!length || this.#rest.length < length.next + length.value + 2) return 0;
      if (index === 0) name = this.#rest.toString('latin1', length.next, length.next + length.value);
      at = length.next + length.value + 2;
    }
    this.#onCommand(name.toUpperCase());
    return at;
  }

  #line(at: number, mark: string): { value: number; next: number } | undefined {
    const end = this.#rest.indexOf('\r\n', at, 'latin1');
    if (end < 0) return undefined;
    const line = this.#rest.toString('latin1', at, end);
    if (!line.startsWith(mark)) throw new Error(`not a Redis request: ${JSON.stringify(line.slice(0, 40))}`);
    return { value: Number(line.slice(1)), next: end + 2 };
  }
}
