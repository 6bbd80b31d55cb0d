/** String literals in a file's own quotes. */
import type { Style } from './style.ts';

/** The text as a literal; in the other quotes where that saves escaping, as formatters do. */
export function quote(text: string, style: Style): string {
  const other = style.quote === "'" ? '"' : "'";
  const mark = text.includes(style.quote) && !text.includes(other) ? other : style.quote;
  let literal = mark;
  for (const char of text) literal += escaped(char, mark);
  return literal + mark;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

function escaped(char: string, mark: string): string {
  if (char === mark) return `\\${char}`;
  const name = named[char];
  if (name !== undefined) return name;
  const code = char.charCodeAt(0);
  const hidden = code < 0x20 || code === 0x7f || code === 0x2028 || code === 0x2029;
  return hidden ? `\\u${code.toString(16).padStart(4, '0')}` : char;
}
