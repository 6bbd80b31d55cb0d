import type { ChainableCommander } from 'ioredis';
import { PRODUCTS, sku } from './catalogue';
import { CUSTOMERS } from './people';
import type { Random } from './random';

/** Orders with their indexes, queue, events, and a quarter's statistics. */
export function seedOrders(queue: ChainableCommander, random: Random): void {
  for (let i = 0; i < 600; i++) {
    const id = `o${String(i).padStart(5, '0')}`;
    const customer = String(random.int(1, CUSTOMERS));
    const day = `2026-11-${String(1 + Math.floor(i / 30)).padStart(2, '0')}`;
    const at = Date.parse(`${day}T08:00:00Z`) + i * 1000;
    const status = random.pick(['booked', 'booked', 'shipped', 'cancelled']);
    queue.hset(`order:${id}`, { customer, total: random.int(500, 40_000), status, day });
    queue.zadd(`orders:by-day:${day}`, at, id);
    queue.zadd(`customer:${customer}:orders`, at, id);
    queue.xadd('orders:events', `${at}-0`, 'type', status, 'order', id);
    if (i % 50 === 0) queue.set(`note:${id}`, `Leave it with the neighbour at number ${random.int(1, 90)}, please.`, 'EX', 86_400);
  }
  queue.xgroup('CREATE', 'orders:events', 'accounting', '0');
  for (let i = 0; i < 3; i++) queue.hset(`draft:d${i}`, { clerk: 'Ivo', total: 1999, status: 'draft' }).expire(`draft:d${i}`, 1800);
  // Past 8 KB a list is a quicklist of several nodes (a listpack before that, from Redis 7.2 on).
  for (let i = 0; i < 400; i++) queue.rpush('emails:sent', JSON.stringify({ order: `o${String(i).padStart(5, '0')}`, template: 'thanks' }));
  queue.rpush('emails:outbox', JSON.stringify({ order: 'o00598', template: 'thanks' }), JSON.stringify({ order: 'o00599', template: 'thanks' }));
  // Past 512 fields: a hashtable.
  for (let i = 0; i < 800; i++) queue.hset('warehouse:bins', `${String.fromCharCode(65 + (i % 26))}-${i}`, sku(i % PRODUCTS));
  for (let month = 9; month <= 11; month++) {
    for (let day = 1; day <= (month === 11 ? 20 : 30); day++) {
      const date = `2026:${String(month).padStart(2, '0')}:${String(day).padStart(2, '0')}`;
      queue.set(`stats:${date}:views`, random.int(800, 9000));
      queue.hset(`stats:${date}:sales`, { orders: random.int(5, 60), revenue: random.int(10_000, 400_000) });
    }
  }
  for (let day = 18; day <= 20; day++) queue.pfadd(`visitors:2026-11-${day}`, ...Array.from({ length: 500 }, () => random.hex(8)));
}
