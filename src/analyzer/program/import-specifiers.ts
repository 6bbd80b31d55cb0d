/**
 * The module specifiers a text names, found without parsing it.
 * Too many is harmless (a specifier in a comment only widens the search for Redis), too few is not.
 */
const specifier = /(?:\bfrom|\bimport|\brequire|\bmodule)\s*\(?\s*(?:\/\*[^*]*\*\/\s*)?(['"`])([^'"`\n]+)\1/g;

/** Specifiers in the order of the text, each once: `import … from 'x'`, `import('x')`, `require('x')`, `export … from 'x'`, `declare module 'x'`. */
export function importSpecifiers(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(specifier)) if (match[2] !== undefined) found.add(match[2]);
  return [...found];
}
