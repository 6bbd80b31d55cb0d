/** Which members a text declares that may be the same text for every instance: read-only properties, getters, members of enums. */

const declared = /\b(?:readonly\s+(?:static\s+)?\[?|get\s+)("[^"\n]*"|'[^'\n]*'|[^\s"'()[\]{}:;,=?!]+)/g;
/** Up to a line that begins with the brace: too much of one that is on a single line. */
const enumBody = /\benum\s+[^\s{]+\s*\{([\s\S]*?)(?:\n\s*\}|$)/g;
const word = /"[^"\n]*"|'[^'\n]*'|[^\s"'()[\]{}:;,=]+/g;

/** Their names, each once, and some that are none: told without parsing. */
export function constantMembers(text: string): string[] {
  const names = new Set<string>();
  if (text.includes('readonly') || text.includes('get ')) for (const [, name = ''] of text.matchAll(declared)) names.add(unquoted(name));
  if (text.includes('enum')) for (const [, body = ''] of text.matchAll(enumBody)) for (const [name] of body.matchAll(word)) names.add(unquoted(name));
  return [...names];
}

function unquoted(name: string): string {
  return /^["']/.test(name) ? name.slice(1, -1) : name;
}
