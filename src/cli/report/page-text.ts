/** A page of docs/rules as text: headings, paragraphs, lists, code and links, which is all that they are made of; tables stay as they are. */
import type { Colors } from '../terminal.ts';
import { wrap } from './wrap.ts';

/** Longer lines are tiring to read. */
const widest = 100;

/** @param page Markdown; @param columns the width of the terminal */
export function pageText(page: string, columns: number, colors: Colors): string {
  const width = Math.min(columns, widest);
  let isCode = false;
  const lines = page.split('\n').flatMap((line) => {
    if (line.startsWith('```')) {
      isCode = !isCode;
      return [];
    }
    if (isCode) return [`    ${colors.cyan(line)}`.trimEnd()];
    const heading = /^#+ (.*)$/.exec(line)?.[1];
    if (heading !== undefined) return [colors.bold(inline(heading, colors))];
    if (line === '' || line.startsWith('|')) return [line];
    return wrap(inline(line, colors), width, /^(?:- |\d+\. )/.exec(line)?.[0].length ?? 0);
  });
  return lines.join('\n');
}

/** Bold and code are coloured, word by word, since lines are broken between words; of a link its text, and its address where that is one of the web. */
function inline(text: string, colors: Colors): string {
  const each = (words: string, color: (word: string) => string): string => words.split(' ').map(color).join(' ');
  return text.split('`').map((part, index) => {
    if (index % 2 === 1) return each(part, colors.cyan);
    return part
      .replaceAll(/\[([^[\]]{1,200})\]\(([^()\s]{1,300})\)/g, (_, name: string, address: string) => (/^https?:/.test(address) ? `${name} <${address}>` : name))
      .replaceAll(/\*\*([^*]{1,200})\*\*/g, (_, bold: string) => each(bold, colors.bold));
  }).join('');
}
