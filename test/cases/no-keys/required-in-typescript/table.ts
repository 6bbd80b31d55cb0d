export class Table {
  readonly #rows = new Map<string, string>();

  keys(pattern: string): string[] {
    return [...this.#rows.keys()].filter((key) => key.startsWith(pattern.replace('*', '')));
  }
}
