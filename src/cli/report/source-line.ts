/** One line of code for a terminal, with the place of a finding in it in columns of the screen. */
import stringWidth from 'string-width';

export interface ShownLine {
  text: string;
  /** Columns of the screen before the marked part, and the marked part's own. */
  before: number;
  width: number;
}

const tabStop = 4;

/**
 * Tabs become blanks, control characters (which could steer the terminal) become `�`, and a line that does not fit is cut to the
 * part around the finding. `start` and `end` are offsets into the line; `columns` is what there is room for.
 */
export function showLine(line: string, start: number, end: number, columns: number): ShownLine {
  const from = Math.min(Math.max(start, 0), line.length);
  const to = Math.min(Math.max(end, from), line.length);
  const before = printable(line.slice(0, from), 0);
  const marked = printable(line.slice(from, to), stringWidth(before));
  const after = printable(line.slice(to), stringWidth(before + marked));
  const indent = /^ */.exec(before)?.[0].length ?? 0;
  const shown = cut(before.trimStart(), marked, after.trimEnd(), columns - Math.min(indent, columns / 2));
  const kept = ' '.repeat(Math.min(indent, Math.floor(columns / 2)));
  return {
    text: kept + shown.before + shown.marked + shown.after,
    before: kept.length + stringWidth(shown.before),
    // A finding at the end of a line still has a caret.
    width: Math.max(1, stringWidth(shown.marked)),
  };
}

interface Parts {
  before: string;
  marked: string;
  after: string;
}

function cut(before: string, marked: string, after: string, columns: number): Parts {
  if (stringWidth(before + marked + after) <= columns) return { before, marked, after };
  const shownMarked = takeStart(marked, Math.max(1, Math.floor(columns * 0.7)));
  const room = Math.max(0, columns - stringWidth(shownMarked));
  const shownBefore = takeEnd(before, Math.max(Math.floor(room / 2), room - stringWidth(after)));
  const shownAfter = takeStart(after, Math.max(0, room - stringWidth(shownBefore)));
  return { before: shownBefore, marked: shownMarked, after: shownAfter };
}

function takeStart(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const characters = [...text];
  while (characters.length > 0 && stringWidth(characters.join('')) > columns - 1) characters.length = Math.min(characters.length - 1, columns);
  return columns > 0 ? `${characters.join('')}…` : '';
}

function takeEnd(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let characters = [...text].slice(-Math.max(1, columns));
  while (characters.length > 0 && stringWidth(characters.join('')) > columns - 1) characters = characters.slice(1);
  return columns > 0 ? `…${characters.join('')}` : '';
}

function printable(text: string, column: number): string {
  let result = '';
  for (const character of text) {
    if (character === '\t') result += ' '.repeat(tabStop - ((column + stringWidth(result)) % tabStop));
    // eslint-disable-next-line no-control-regex
    else result += character.replace(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/, '\ufffd');
  }
  return result;
}
