/** What an earlier check knows of files whose facts are what they were then, so that not all of them have to be collected again. */
export interface Kept {
  /** The names of a file's units that send commands; undefined where that has to be found out. */
  senders(file: string): readonly string[] | undefined;
  /** The keys (`stableKey`) under which a file adds something to a join; undefined where that has to be found out. */
  keys(join: string, file: string): readonly string[] | undefined;
}

export const nothingKept: Kept = { senders: () => undefined, keys: () => undefined };
