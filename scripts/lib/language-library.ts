/**
 * TypeScript's lib.*.d.ts for the language alone, as one file without comments: the same declarations, read several times faster
 * (a fifth of the text, one file instead of 88). Never the DOM, which `es6` and `full` would bring in.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const entry = 'lib.esnext.d.ts';

/** @param from TypeScript's own folder of libraries @param to the folder to write to, as `lib.esnext.d.ts` */
export function writeLanguageLibrary(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, entry), condensed(from));
}

function condensed(folder: string): string {
  const done = new Set<string>();
  const parts: string[] = [];
  const add = (name: string): void => {
    if (done.has(name) || !existsSync(join(folder, name))) return;
    done.add(name);
    const text = readFileSync(join(folder, name), 'utf8');
    for (const reference of ts.preProcessFile(text).libReferenceDirectives) add(`lib.${reference.fileName}.d.ts`);
    parts.push(withoutComments(text));
  };
  add(entry);
  return parts.join('\n');
}

function withoutComments(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, text);
  let out = '';
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia) continue;
    if (token === ts.SyntaxKind.WhitespaceTrivia) out += ' ';
    else out += token === ts.SyntaxKind.NewLineTrivia ? '\n' : scanner.getTokenText();
  }
  return out.replace(/[ ]*\n[ \n]*/g, '\n').replace(/ {2,}/g, ' ').trim();
}
