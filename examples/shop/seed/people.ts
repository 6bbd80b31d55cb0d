import type { ChainableCommander } from 'ioredis';
import { PRODUCTS, sku } from './catalogue';
import type { Random } from './random';
import { firstNames, lastNames, towns } from './words';

export const CUSTOMERS = 300;

/** Customers with their favourites and places, sessions with their carts, subscribers. */
export function seedPeople(queue: ChainableCommander, random: Random): void {
  for (let i = 1; i <= CUSTOMERS; i++) {
    const id = String(i);
    const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
    const [city, longitude, latitude] = random.pick(towns);
    const email = `${name.toLowerCase().replace(' ', '.')}.${id}@post.example`;
    queue.set(`customer:${id}`, JSON.stringify({ id, name, email, city, newsletter: random.int(0, 1) === 1 }));
    queue.geoadd('customers:places', longitude + random.next() / 10, latitude + random.next() / 10, id);
    queue.setbit('active:2026-11-20', i, random.int(0, 1));
    if (i % 3 === 0) queue.sadd(`customer:${id}:favourites`, ...Array.from({ length: random.int(1, 12) }, () => sku(random.int(0, PRODUCTS - 1))));
    if (i % 25 === 0) queue.set(`customer:${id}:addresses`, JSON.stringify([`${random.int(1, 90)} Hedge Row, ${city}`, `${random.int(1, 90)} Mill Lane, ${city}`]));
  }
  for (let i = 0; i < 150; i++) {
    const id = random.hex(16);
    const session = { id, customer: String(random.int(1, CUSTOMERS)), locale: random.pick(['en', 'de', 'fr']), lastSeen: 1_795_000_000_000 + i, pages: random.int(1, 40) };
    queue.set(`session:${id}`, JSON.stringify(session), 'EX', random.int(300, 3600));
    if (i % 2 === 0) {
      for (let line = 0; line < random.int(1, 6); line++) queue.hset(`cart:${id}`, sku(random.int(0, PRODUCTS - 1)), random.int(1, 5));
      // The old app wrote its carts without a time to live.
      if (i % 10 !== 0) queue.expire(`cart:${id}`, 14 * 24 * 3600);
    }
  }
  for (let i = 0; i < 60; i++) queue.set(`ratelimit:10.0.${i % 8}.${i}:29916800`, random.int(1, 200), 'EX', 60 + i);
  // Past 512 members, and not numbers: a hashtable.
  for (let i = 0; i < 1500; i++) queue.sadd('newsletter:subscribers', `reader${i}@post.example`);
  // Whole numbers only: an intset up to 512 members, a hashtable past it.
  queue.sadd('promo:redeemed:SPRING', ...Array.from({ length: 200 }, (_, i) => i * 7 + 1));
  queue.sadd('promo:redeemed:MOSS25', ...Array.from({ length: 700 }, (_, i) => i * 3 + 1));
}
