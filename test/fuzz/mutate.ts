/** Ways in which a file goes wrong, or only looks different: a person in the midst of typing, a bad merge, another style. */

export type Random = (below: number) => number;

type Mutation = (text: string, random: Random, other: string) => string;

/** Characters; ten times the largest file that people write by hand. What tools write may be larger, up to the 1 MB from which on a file is left out, and takes its time. */
const enormous = 300_000;

const tokens = ['(', ')', '{', '}', '[', ']', '`', '"', "'", '/*', '*/', '//', '=>', '...', '?.', '!', ',', ';', ':', '<', '>', '@', '#', '=', ' await ', ' async ', ' yield ', ' class ', ' extends ', ' return ', ' import ', ' export ', ' if (', ' for (', ' of ', ' new ', ' as ', ' satisfies ', '${', '\0', '\u2028', '\uFEFF', 'é', '\\u0061', '😀', '1_0n', '/[/]/', 'undefined', '0'];

const plain = 'function sum(values) {\n  let total = 0;\n  for (const value of values) total += value * 2;\n  return total;\n}\n';

const span = (text: string, random: Random, longest: number): [start: number, end: number] => {
  const start = random(text.length + 1);
  return [start, Math.min(text.length, start + random(longest))];
};

const pick = <T>(list: readonly T[], random: Random): T | undefined => list[random(list.length)];

/** Splits at words and signs, so that what is put in stands between them. */
const words = (text: string): string[] => text.split(/(\b)/);

const lines = (text: string): string[] => text.split('\n');

const breaking: readonly Mutation[] = [
  // Cut off.
  (text, random) => text.slice(0, random(text.length + 1)),
  (text, random) => text.slice(random(text.length + 1)),
  // A piece taken out, doubled, moved.
  (text, random) => {
    const [start, end] = span(text, random, 60);
    return text.slice(0, start) + text.slice(end);
  },
  (text, random) => {
    const [start, end] = span(text, random, 120);
    return text.slice(0, end) + text.slice(start);
  },
  (text, random) => {
    const [start, end] = span(text, random, 80);
    const at = random(text.length + 1);
    const rest = text.slice(0, start) + text.slice(end);
    return rest.slice(0, at) + text.slice(start, end) + rest.slice(at);
  },
  // Something typed.
  (text, random) => {
    const at = random(text.length + 1);
    return text.slice(0, at) + (pick(tokens, random) ?? '') + text.slice(at);
  },
  // Brackets lost.
  (text, random) => text.replace(/[)}\]]/g, (one) => (random(6) === 0 ? '' : one)),
  (text, random) => text.replace(/[({[]/g, (one) => (random(8) === 0 ? '' : one)),
  // Words changed for others of the file.
  (text, random) => {
    const all = words(text);
    const names = all.filter((word) => /^\w+$/.test(word));
    return all.map((word) => (/^\w+$/.test(word) && random(12) === 0 ? (pick(names, random) ?? word) : word)).join('');
  },
  // A bad merge with another file.
  (text, random, other) => {
    const [from, to] = [lines(text), lines(other)];
    const at = random(from.length);
    return [...from.slice(0, at), '<<<<<<< HEAD', ...to.slice(random(to.length)), '=======', ...from.slice(at)].join('\n');
  },
  // Nested deeper than anybody reads.
  (text, random) => {
    const at = random(text.length + 1);
    const depth = 1 + random(300);
    const [open = '', close = ''] = pick([['(', ')'], ['[', ']'], ['{', '}'], ['!', ''], ['() => ', ''], ['await ', ''], ['`${', '}`'], ['f(', ')'], ['a?', ':b'], ['{a:', '}'], ['if (a) ', '']] as const, random) ?? [];
    return text.slice(0, at) + open.repeat(depth) + close.repeat(depth) + text.slice(at);
  },
];

const harmless: readonly Mutation[] = [
  (text) => text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'),
  (text) => text.replace(/^( {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2)),
  (text) => text.replace(/;$/gm, ''),
  (text) => `\uFEFF${text}`,
  (text) => text.replace(/\n(?=\s*\S)/g, (one, offset: number) => (offset % 3 === 0 ? `${one}\n` : one)),
  // A comment before a statement, and behind one.
  (text, random) => text.replace(/^(\s*)(?=(?:const|let|await|return|if|for)\b)/gm, (one) => (random(3) === 0 ? `${one}/* why */ ` : one)),
  (text, random) => text.replace(/;$/gm, (one) => (random(3) === 0 ? `${one} // why` : one)),
  (text) => text.replace(/'([^'"\\\n]*)'/g, '"$1"'),
  // Several functions on one line.
  (text, random) => text.replace(/\{\n\s*/g, (one) => (random(4) === 0 ? '{ ' : one)),
  (text) => text.replace(/\bconst\b/g, 'let'),
  (text) => text.replace(/\bawait (\w+)/g, 'await ($1)'),
  (text, random) => text.replace(/\bawait /g, (one) => (random(3) === 0 ? '' : one)),
  (text) => text.replace(/\basync \(/g, 'async function ('),
  // Statements changed about.
  (text, random) => {
    const all = lines(text);
    const at = random(Math.max(1, all.length - 1));
    [all[at], all[at + 1]] = [all[at + 1] ?? '', all[at] ?? ''];
    return all.join('\n');
  },
  // The same again, in a block of its own: many clients, many functions of one name.
  (text, random) => {
    const [imports, body] = [lines(text).filter((line) => /^import\b/.test(line)), lines(text).filter((line) => !/^import\b/.test(line)).join('\n').replace(/^export (?:default )?/gm, '')];
    const times = random(8) === 0 ? 40 : 1 + random(4);
    return [...imports, ...Array.from({ length: times }, (_, index) => `namespace n${index} {\n${body}\n}`)].join('\n');
  },
  // Enormous, as what a tool has written.
  (text, random) => (random(6) === 0 ? `${text}\n${plain.repeat(Math.floor(enormous / plain.length))}` : text),
];

/** @param other a second file, for what is mixed */
export function mutate(text: string, other: string, random: Random): string {
  let mutated = text;
  for (let count = random(3); count >= 0; count--) mutated = (pick(random(2) === 0 ? breaking : harmless, random) as Mutation)(mutated, random, other);
  return mutated.slice(0, enormous);
}
