/** Redis Cluster's mapping of keys to 16,384 slots: CRC16 (XMODEM) of the key, or of its hash tag. */

const TABLE = new Uint16Array(256);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  TABLE[byte] = crc;
}

export const SLOT_COUNT = 16_384;

/** Of a key's bytes; a string is taken as UTF-8. Between the first `{` and the next `}`, where anything is there, only that part counts. */
export function hashSlot(key: Buffer | string): number {
  const bytes = typeof key === 'string' ? Buffer.from(key, 'utf8') : key;
  const open = bytes.indexOf(0x7b);
  const close = open === -1 ? -1 : bytes.indexOf(0x7d, open + 1);
  const tagged = close > open + 1;
  let crc = 0;
  for (let at = tagged ? open + 1 : 0, end = tagged ? close : bytes.length; at < end; at++) {
    crc = ((crc << 8) & 0xffff) ^ (TABLE[((crc >> 8) ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return crc % SLOT_COUNT;
}
