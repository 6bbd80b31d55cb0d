import type { JoinedPart } from './join.ts';

/** What an earlier check knows of files whose facts are what they were then, so that not all of them have to be collected again. */
export interface Kept {
  /** The names of a file's units that send commands; undefined where that has to be found out. */
  senders(file: string): readonly string[] | undefined;
  /** What a file adds to a join; undefined where that has to be found out. */
  part(join: string, file: string): JoinedPart | undefined;
}

export const nothingKept: Kept = { senders: () => undefined, part: () => undefined };
