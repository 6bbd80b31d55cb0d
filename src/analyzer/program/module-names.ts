/**
 * Which names a text takes from a module, and which it hands out: read off the text without parsing it, so that a barrel
 * (`export * from './a'`) does not tie everybody who imports one thing from it to everything behind it.
 * Where a form is not understood, the answer is "all of it".
 */

/** `'*'`: the module as a whole, or nobody can tell. */
export type Names = ReadonlySet<string> | '*';

const importOrExport = /\b(?:import|export)\b([^'"`;]*?)\bfrom\s*(['"])([^'"\n]+)\2/g;
const required = /\b(?:const|let|var)\s*(\{[^}=]*\})\s*=\s*(?:await\s+)?(?:require|import)\s*\(\s*(['"])([^'"\n]+)\2\s*\)/g;
/** Too many is harmless (a specifier in a comment only widens the search for Redis), too few is not. */
const anySpecifier = /(?:\bfrom|\bimport|\brequire|\bmodule)\s*\(?\s*(?:\/\*[^*]*\*\/\s*)?(['"`])([^'"`\n]+)\1/g;

/** Specifiers in the order of the text, each once: `import … from 'x'`, `import('x')`, `require('x')`, `export … from 'x'`, `declare module 'x'`. */
export function importSpecifiers(text: string): string[] {
  const found = new Set<string>();
  for (const [, , specifier] of text.matchAll(anySpecifier)) if (specifier !== undefined) found.add(specifier);
  return [...found];
}

/** Names imported, by specifier. `default` is the name of a default import. */
export function importedNames(text: string): ReadonlyMap<string, Names> {
  const found = new Map<string, Set<string> | '*'>();
  const understood = new Map<string, number>();
  const add = (specifier: string, names: readonly string[] | '*'): void => {
    understood.set(specifier, (understood.get(specifier) ?? 0) + 1);
    const known = found.get(specifier);
    if (names === '*' || known === '*') found.set(specifier, '*');
    else found.set(specifier, new Set([...(known ?? []), ...names]));
  };
  for (const [, clause = '', , specifier = ''] of text.matchAll(importOrExport)) add(specifier, namesOfClause(clause));
  for (const [, clause = '', , specifier = ''] of text.matchAll(required)) add(specifier, namesOfClause(clause));
  const times = new Map<string, number>();
  for (const [, , specifier = ''] of text.matchAll(anySpecifier)) times.set(specifier, (times.get(specifier) ?? 0) + 1);
  for (const [specifier, count] of times) if (count > (understood.get(specifier) ?? 0)) found.set(specifier, '*');
  return found;
}

/** What stands between `import` and `from`. */
function namesOfClause(clause: string): string[] | '*' {
  if (clause.includes('*')) return '*';
  const braces = /\{([^}]*)\}/.exec(clause);
  const listed = (braces?.[1] ?? '').split(',').flatMap((entry) => /^\s*(?:type\s+)?([\w$]+)/.exec(entry)?.[1] ?? []);
  const before = (braces ? clause.slice(0, braces.index) : clause).replace(/\btype\b/, '').replace(/,/g, ' ').trim();
  return before === '' ? listed : /^[\w$]+$/.test(before) ? ['default', ...listed] : '*';
}

/** What a file hands on from other modules, and what it declares itself. */
export interface ModuleExports {
  own: ReadonlySet<string>;
  /** `export { a as b } from 'x'` (exported name → name there), `export * from 'x'`. */
  from: readonly { specifier: string; names: ReadonlyMap<string, string> | '*' }[];
}

const reExport = /\bexport\s+(?:type\s+)?(\*(?:\s*as\s+([\w$]+))?|\{[^}]*\})\s*from\s*(['"])([^'"\n]+)\3/g;
const declared = /\bexport\s+(?:declare\s+)?(?:default\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\s*\*?|class|const\s+enum|const|let|var|interface|type|enum|namespace)\s+([\w$]+)/g;
const listed = /\bexport\s+(?:type\s+)?\{([^}]*)\}(?!\s*from)/g;

/** Undefined for a file that hands nothing on. */
export function reExports(text: string): ModuleExports | undefined {
  const from = [...text.matchAll(reExport)].map(([, clause = '', namespace, , specifier = '']) => ({
    specifier,
    names: namespace !== undefined ? new Map([[namespace, '*']]) : clause === '*' ? ('*' as const) : new Map(entries(clause).map(([original, exported]) => [exported, original])),
  }));
  if (from.length === 0) return undefined;
  const own = new Set([...text.matchAll(declared)].map(([, name = '']) => name));
  for (const [, list = ''] of text.matchAll(listed)) for (const [, exported] of entries(list)) own.add(exported);
  if (/\bexport\s+default\b/.test(text)) own.add('default');
  return { own, from };
}

/** `{ a as b, type c }` → [a, b], [c, c]. */
function entries(list: string): [string, string][] {
  return list.split(',').flatMap((entry): [string, string][] => {
    const match = /^[\s{]*(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?[\s}]*$/.exec(entry);
    return match?.[1] === undefined ? [] : [[match[1], match[2] ?? match[1]]];
  });
}

/** Where the imports and exports stand that the functions above read, in no order. */
export function clauseRanges(text: string): [start: number, end: number][] {
  return [importOrExport, required, anySpecifier, reExport, listed].flatMap((pattern) => [...text.matchAll(pattern)].map(({ 0: match, index }): [number, number] => [index, index + match.length]));
}
