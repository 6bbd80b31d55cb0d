/** What a person does to a file: a new line in a function, a statement typed into it letter by letter, and all of it deleted again. */

export interface Keystroke {
  /** Offset in the text before it. */
  start: number;
  removed: number;
  inserted: string;
}

/** Statements that are typed, in turns; the text is as before after each. */
const redisStatements = ["const seen = await redis.get('seen:1');", "await redis.set('seen:1', 'yes', 'EX', 60);"];
const plainStatements = ['const seen = [1, 2, 3].length;', "if (Date.now() < 0) throw new Error('time');"];

/**
 * @param redis whether the file has a client called `redis`, which the statements use
 * @returns so many keystrokes, each to be applied to the text that the one before left
 */
export function keystrokes(text: string, count: number, redis: boolean): Keystroke[] {
  const bodies = [...text.matchAll(/^ *(?:export )?async (?:function )?#?\w+\(.*\{\n/gm)].map(({ 0: line, index }) => index + line.length);
  const statements = redis ? redisStatements : plainStatements;
  const result: Keystroke[] = [];
  for (let turn = 0; result.length < count; turn++) {
    // Seven is prime to most lengths, so that one body after the other is met, far apart.
    const start = bodies[(turn * 7) % bodies.length];
    if (start === undefined) throw new RangeError('there is no function to type into');
    const typed = [`    \n`, ...(statements[turn % statements.length] ?? '')];
    const at = (index: number): number => (index === 0 ? start : start + 4 + index - 1);
    for (const [index, inserted] of typed.entries()) result.push({ start: at(index), removed: 0, inserted });
    for (let index = typed.length - 1; index >= 0; index--) result.push({ start: at(index), removed: typed[index]?.length ?? 0, inserted: '' });
  }
  return result.slice(0, count);
}

export function applied(text: string, { start, removed, inserted }: Keystroke): string {
  return text.slice(0, start) + inserted + text.slice(start + removed);
}
