/** Which members a text declares that may be the same text for every instance: read-only properties, getters, members of enums. */

/** Each of these can be matched in one way only, and reads no further than a comment may be long: on any text, the time is that of reading it. */
const space = String.raw`(?:\s|/\*(?:[^*]|\*(?!/)){0,1000}\*/|//[^\n]*\n)`;
const quoted = String.raw`"[^"\n]*"|'[^'\n]*'`;

/** What follows each word, up to the names. Names come quoted, too, and `readonly ['a']`. */
const declared: readonly (readonly [word: string, names: RegExp])[] = [
  ['readonly', new RegExp(String.raw`readonly${space}+(?:static${space}+)?\[?(${quoted}|[^\s"'()[\]{}:;,=?!]+)`, 'y')],
  ['get', new RegExp(String.raw`get${space}+(${quoted}|[^\s"'()[\]{}:;,=?!/]+)${space}*\(`, 'y')],
  // Up to a line that begins with the brace: too much of one that is on a single line.
  ['enum', new RegExp(String.raw`enum${space}+[^\s{/]+${space}*\{([\s\S]*?)(?:\n[^\S\n]*\}|$)`, 'y')],
];
const name = new RegExp(String.raw`${quoted}|[^\s"'()[\]{}:;,=]+`, 'g');
const comments = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** Their names, each once, and some that are none: told without parsing. */
export function constantMembers(text: string): string[] {
  const names = new Set<string>();
  for (const [word, pattern] of declared) {
    // A word is looked for many times as fast as a pattern.
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, Math.max(pattern.lastIndex, at + word.length))) {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[1];
      if (found === undefined) continue;
      // Both ways: a comment may hold a quote, and a text what looks like a comment.
      for (const body of [found, found.replace(comments, ' ')]) for (const [each] of body.matchAll(name)) names.add(/^["']/.test(each) ? each.slice(1, -1) : each);
    }
  }
  return [...names];
}
