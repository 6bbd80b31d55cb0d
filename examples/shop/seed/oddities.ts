import type { ChainableCommander } from 'ioredis';

/** Names that people do not choose, and servers hold all the same. */
export const BINARY_KEY = Buffer.concat([Buffer.from('thumb:'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x80, 0xfe])]);
export const UNPLEASANT_KEY = 'import:"50% off" {spring}:\ttab\nand newline — naïve 🌱 */?[x]';

export function seedOddities(queue: ChainableCommander): void {
  queue.set(BINARY_KEY, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff, 0xfe, 0x80]));
  queue.hset(UNPLEASANT_KEY, { 'a field\nof two lines': 'value', '': 'an empty field name' });
  queue.set('fragment::', 'a name with empty segments');
  queue.set('export:catalogue', `sku;name\n${'br-1000;Climbing Rose\n'.repeat(4000)}`);
}
