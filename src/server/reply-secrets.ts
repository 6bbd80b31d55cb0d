/**
 * CONFIG GET gives away passwords: `requirepass`, `masterauth` (Valkey: `primaryauth`), `tls-key-file-pass`, and whatever modules add.
 * Nobody behind this layer needs them, so they never leave it.
 */
import type { ParsedCommand } from './gate.ts';

/** Stands for a value that is set; an empty one stays, which says that none is. */
export const HIDDEN = '(hidden)';

const SECRET_NAME = /pass|secret|token|credential|auth$/i;

/** The reply as it may be shown, kept and logged. */
export function withoutSecrets({ name }: ParsedCommand, reply: unknown): unknown {
  if (name !== 'CONFIG GET' || !Array.isArray(reply)) return reply;
  return reply.map((value: unknown, at) => (at % 2 === 1 && SECRET_NAME.test(String(reply[at - 1])) && String(value) !== '' ? Buffer.from(HIDDEN) : value));
}
