/** Words for the names of generated code, and choices among them that are the same on every machine. */

const areas = ['sales', 'people', 'logistics', 'content', 'finance', 'support', 'growth', 'platform'];
const subjects = [
  'order', 'invoice', 'customer', 'product', 'shipment', 'ticket', 'campaign', 'article', 'payment', 'employee',
  'vendor', 'contract', 'session', 'device', 'booking', 'review', 'coupon', 'warehouse', 'report', 'message',
];
const parts = [
  'line', 'address', 'status', 'history', 'summary', 'draft', 'note', 'attachment', 'price', 'owner',
  'schedule', 'limit', 'rule', 'event', 'label', 'approval', 'change', 'total', 'request', 'member',
];
const fieldNames = ['name', 'title', 'email', 'reference', 'currency', 'region', 'source', 'channel', 'locale', 'comment', 'phone', 'category'];
const numberNames = ['amount', 'quantity', 'score', 'weight', 'position', 'version', 'discount', 'attempts'];

export const words = { areas, subjects, parts, fieldNames, numberNames };

export const pascal = (words: string): string => words.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
export const camel = (words: string): string => pascal(words).replace(/^./, (letter) => letter.toLowerCase());

/** mulberry32: small, and the same everywhere for the same seed. */
export class Choice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 0 ≤ result < 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** from ≤ result ≤ to */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  of<T>(list: readonly T[]): T {
    const chosen = list[this.between(0, list.length - 1)];
    if (chosen === undefined) throw new RangeError('nothing to choose from');
    return chosen;
  }

  some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.between(0, left.length - 1), 1)).flat();
  }
}
