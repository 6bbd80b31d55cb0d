/** Which members a text declares that may be the same text for every instance: read-only properties, getters, members of enums. */

/** What follows each word, up to the names. Names come quoted, too, and `readonly ['a']`. Nobody writes a tab after them. */
const declared: readonly (readonly [word: string, names: RegExp])[] = [
  ['readonly ', /readonly\s+(?:static\s+)?\[?("[^"\n]*"|'[^'\n]*'|[^\s"'()[\]{}:;,=?!]+)/y],
  ['get ', /get\s+("[^"\n]*"|'[^'\n]*'|[^\s"'()[\]{}:;,=?!]+)\s*\(/y],
  // Up to a line that begins with the brace: too much of one that is on a single line.
  ['enum ', /enum\s+[^\s{]+\s*\{([\s\S]*?)(?:\n\s*\}|$)/y],
];
const name = /"[^"\n]*"|'[^'\n]*'|[^\s"'()[\]{}:;,=]+/g;

/** Their names, each once, and some that are none: told without parsing. */
export function constantMembers(text: string): string[] {
  const names = new Set<string>();
  for (const [word, pattern] of declared) {
    // A word is looked for many times as fast as a pattern.
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      pattern.lastIndex = at;
      for (const [each] of pattern.exec(text)?.[1]?.matchAll(name) ?? []) names.add(/^["']/.test(each) ? each.slice(1, -1) : each);
    }
  }
  return [...names];
}
