/** Offsets ↔ lines and columns of one text. */

export interface LineColumn {
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 code units. */
  column: number;
}

/** Lines end as ECMAScript has them (and ESLint shows them): \n, \r\n, \r, U+2028, U+2029. */
export class LineIndex {
  readonly text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) this.#starts.push(match.index + match[0].length);
  }

  /** An offset past the end counts as the end. */
  at(offset: number): LineColumn {
    const within = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= within) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: within - (this.#starts[low] ?? 0) + 1 };
  }

  /** The text of a line without its line break; '' for a line that is not there. */
  line(line: number): string {
    const start = this.#starts[line - 1];
    if (start === undefined) return '';
    return this.text.slice(start, this.#starts[line] ?? this.text.length).replace(/[\r\n\u2028\u2029]+$/, '');
  }
}
