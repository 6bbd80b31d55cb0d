/** In which slot of a cluster a key lies, as far as code tells: by its hash tag, else by the whole of it. */
import { hashSlot } from '../../../redis/hash-slot.ts';
import { patternText, type KeyPart } from '../../../redis/key-pattern.ts';
import { identityOf } from '../code/fold.ts';

export interface Slot {
  /** Equal for equal text; a number where all of the text is known. Undefined where a part of it is not the same from one mention to the next. */
  exact: string | undefined;
  /** The text, its holes as `*`. */
  shape: string;
}

/** Undefined where a tag may be in what is not known: in a key that begins with a variable. */
export function slotOf(parts: readonly KeyPart[]): Slot | undefined {
  const [first] = parts;
  if (!first || 'hole' in first) return undefined;
  const counted = tagOf(parts) ?? parts;
  const isKnown = counted.every((part) => 'literal' in part);
  const text = counted.map((part) => ('literal' in part ? part.literal : '')).join('');
  const isVague = counted.some((part) => 'hole' in part && part.hole.includes('?'));
  return { exact: isKnown ? String(hashSlot(text)) : isVague ? undefined : identityOf({ parts: counted }), shape: isKnown ? text : patternText({ parts: counted }) };
}

/** Known to be two. */
export function differ(one: Slot, other: Slot): boolean {
  if (one.exact !== undefined && other.exact !== undefined) {
    // A variable alone may hold any text, another key's among them.
    return one.exact !== other.exact && startsAlike(one.shape, other.shape);
  }
  return !one.shape.startsWith('*') && !other.shape.startsWith('*') && one.shape !== other.shape;
}

const startsAlike = (one: string, other: string): boolean => one.startsWith('*') === other.startsWith('*');

/** What stands between the first `{` and the next `}`, where anything does. */
export function tagOf(parts: readonly KeyPart[]): KeyPart[] | undefined {
  const found: KeyPart[] = [];
  let isIn = false;
  for (const part of parts) {
    if (!('literal' in part)) {
      if (isIn) found.push(part);
      continue;
    }
    let text = part.literal;
    if (!isIn) {
      const open = text.indexOf('{');
      if (open < 0) continue;
      isIn = true;
      text = text.slice(open + 1);
    }
    const close = text.indexOf('}');
    if (close < 0) {
      if (text !== '') found.push({ literal: text });
      continue;
    }
    if (close > 0) found.push({ literal: text.slice(0, close) });
    return found.length > 0 ? found : undefined;
  }
  return undefined;
}
