import { expect, it } from 'vitest';
import { hashSlot } from '../../src/redis/hash-slot.ts';

it.each([
  ['', 0],
  ['foo', 12182],
  ['bar', 5061],
  ['hello', 866],
  ['123456789', 12739], // 0x31c3, the check value of CRC16/XMODEM
])('%s', (key, slot) => expect(hashSlot(key)).toBe(slot));

it('takes the hash tag alone, where there is one', () => {
  expect(hashSlot('{foo}.a')).toBe(hashSlot('foo'));
  expect(hashSlot('a{foo}{bar}')).toBe(hashSlot('foo'));
  expect(hashSlot('a{}{foo}')).not.toBe(hashSlot('foo'));
  expect(hashSlot('a{{foo}}')).toBe(hashSlot('{foo'));
  expect(hashSlot(Buffer.from([0xff, 0x7b, 0x66, 0x6f, 0x6f, 0x7d]))).toBe(hashSlot('foo'));
});
