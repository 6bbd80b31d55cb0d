/**
 * Modules whose functions a file puts on a prototype: `Store.prototype.load = require('./load')`, `Object.assign(Store.prototype, require('./methods'))`,
 * `require('./methods')(Store)`. What `this` is in them, they do not say: it is told by the file that takes them, their host, to which
 * they are tied as if they imported it. Read off the text without parsing it: too many is harmless.
 */

/** No specifier that code could have; the host's file follows. */
const mark = '\0host:';

export const hostSpecifier = (file: string): string => mark + file;
export const isHostSpecifier = (specifier: string): boolean => specifier.startsWith(mark);

const required = String.raw`\brequire\s*\(\s*(['"])(\.[^'"\n]{1,300})\1\s*\)`;
const onPrototype = /\.prototype\b([^;{}]{1,500})/g;
const requiredAt = new RegExp(required, 'g');
const named = new RegExp(String.raw`([\w$]+)\s*=\s*${required.replace(/\\1/, '\\2')}`, 'g');
const words = /[\w$]+/g;
const calledWithClass = new RegExp(String.raw`${required}\s*\(\s*[A-Z][\w$]*\b`, 'g');

/** Specifiers of such modules, each once. @param file its name: only JavaScript does so without saying what `this` is */
export function mixedInSpecifiers(file: string, text: string): string[] {
  if (!/\.[cm]?jsx?$/.test(file) || !text.includes('require')) return [];
  const found = new Set<string>();
  for (const [, , specifier = ''] of text.matchAll(calledWithClass)) found.add(specifier);
  if (!text.includes('.prototype')) return [...found];
  let names: Map<string, string> | undefined;
  for (const [, given = ''] of text.matchAll(onPrototype)) {
    for (const [, , specifier = ''] of given.matchAll(requiredAt)) found.add(specifier);
    // `const methods = require('./methods'); Object.assign(Store.prototype, methods);`
    if (!/^\s*[,=]|^\s*\.\s*[\w$]+\s*=/.test(given)) continue;
    names ??= new Map([...text.matchAll(named)].map(([, name = '', , specifier = '']) => [name, specifier]));
    if (names.size > 0) for (const [word] of given.matchAll(words)) if (names.has(word)) found.add(names.get(word) ?? '');
  }
  return [...found];
}
