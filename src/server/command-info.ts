/** What a server says of its own commands (COMMAND INFO), asked once per name and connection. */
import type { ServerCommand } from './gate.ts';
import { ServerError } from './server-error.ts';
import type { Words } from './types.ts';

/** Null: the server knows no such command. Undefined: it may not be asked. */
type Answer = ServerCommand | null | undefined;

export class CommandInfoCache {
  readonly #asked = new Map<string, Promise<Answer>>();
  #denied = false;

  constructor(private readonly send: (words: Words) => Promise<unknown>) {}

  /** @param name upper case, a subcommand after a space. Rejects when the connection fails. */
  get(name: string): Promise<Answer> {
    const known = this.#asked.get(name);
    if (known !== undefined) return known;
    const asked = this.#ask(name);
    this.#asked.set(name, asked);
    // A connection lost in between says nothing of the command.
    asked.catch(() => this.#asked.delete(name));
    return asked;
  }

  /** Another server, or another user, may answer now. */
  clear(): void {
    this.#asked.clear();
    this.#denied = false;
  }

  async #ask(name: string): Promise<Answer> {
    if (this.#denied) return undefined;
    try {
      return parseCommandInfo(await this.send(['COMMAND', 'INFO', name.replace(' ', '|')]));
    } catch (error) {
      // Denied, or older than COMMAND INFO. BUSY and its like pass: what the server thinks of the command is not known yet.
      if (!(error instanceof ServerError) || (error.code !== 'NOPERM' && error.code !== 'ERR')) throw error;
      this.#denied = true;
      return undefined;
    }
  }
}

/** One entry: [name, arity, flags, first, last, step, ACL categories (6.0), …]. */
export function parseCommandInfo(reply: unknown): ServerCommand | null {
  const entry: unknown = Array.isArray(reply) ? reply[0] : null;
  if (!Array.isArray(entry)) return null;
  const words = (list: unknown): string[] => (Array.isArray(list) ? list.map((word) => String(word).toLowerCase()) : []);
  return { flags: words(entry[2]), acl: words(entry[6]), firstKey: Number(entry[3]) || 0 };
}
