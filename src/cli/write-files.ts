/** Fixed files to disk, all checked before the first is written. */
import fs from 'node:fs';
import path from 'node:path';
import type { FixOutcome } from '../analyzer/fixes/apply.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { relativeTo } from './session.ts';

/**
 * Throws a CliError, nothing written, where a file is no longer what was read, is not UTF-8, or a file to be made exists.
 * A byte order mark stays.
 */
export function writeOutcome(files: FixOutcome['files'], cwd: string): void {
  const writes = files.map(({ file, before, after }) => ({ file, bytes: Buffer.from(prefixOf(file, before, cwd) + after, 'utf8') }));
  for (const { file, bytes } of writes) {
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, bytes);
    } catch (error) {
      throw new CliError(`${relativeTo(cwd, file)} cannot be written: ${error instanceof Error ? error.message : String(error)}.`, exitCodes.failure);
    }
  }
}

function prefixOf(file: string, before: string | undefined, cwd: string): string {
  const name = relativeTo(cwd, file);
  if (before === undefined) {
    if (fs.existsSync(file)) throw new CliError(`${name} exists already and is not replaced.`, exitCodes.failure);
    return '';
  }
  const bytes = fs.readFileSync(file);
  if (bytes.equals(Buffer.from(before, 'utf8'))) return '';
  if (bytes.equals(Buffer.from(`\ufeff${before}`, 'utf8'))) return '\ufeff';
  throw new CliError(`${name} was changed while it was being fixed, or is not UTF-8; nothing was written.`, exitCodes.failure);
}
