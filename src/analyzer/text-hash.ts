import { createHash } from 'node:crypto';

/** Hex SHA-256 of a text in UTF-8: ties an edit to the text its offsets were computed on. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
