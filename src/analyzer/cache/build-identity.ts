/** What tells one build of Keyscope from another: what one kept, another must not use, for its rules may say something else. */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** From the bundle it is the bundle; from source, every file of src/. */
export function buildIdentity(): string {
  if (!__filename.endsWith('.ts')) return identityOf([__filename]);
  const src = resolve(dirname(__filename), '../..');
  return identityOf(readdirSync(src, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])));
}

function identityOf(files: readonly string[]): string {
  const stats = files.map((file) => statSync(file));
  return `${stats.length} ${stats.reduce((sum, { size }) => sum + size, 0)} ${Math.max(...stats.map(({ mtimeMs }) => mtimeMs))}`;
}
