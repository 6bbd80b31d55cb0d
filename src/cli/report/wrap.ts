/** Text in lines that fit, broken between words. */
import stringWidth from 'string-width';

/** @param columns at most so many, unless one word has more; colours take none @param hanging spaces before each line but the first */
export function wrap(text: string, columns: number, hanging = 0): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const size = stringWidth(word);
    if (line !== '' && used + 1 + size > columns) {
      lines.push(line);
      line = ' '.repeat(hanging) + word;
      used = hanging + size;
    } else {
      line = line === '' ? word : `${line} ${word}`;
      used += (used === 0 ? 0 : 1) + size;
    }
  }
  return [...lines, line];
}
