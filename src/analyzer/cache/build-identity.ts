/** What tells one build of Keyscope from another: what one kept, another must not use, for its rules may say something else. */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** From the bundles it is they, with what lies beside them; from source, every file of src/. */
export function buildIdentity(): string {
  const folder = __filename.endsWith('.ts') ? resolve(dirname(__filename), '../..') : dirname(__filename);
  return identityOf(readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])));
}

function identityOf(files: readonly string[]): string {
  const stats = files.map((file) => statSync(file));
  return `${stats.length} ${stats.reduce((sum, { size }) => sum + size, 0)} ${Math.max(...stats.map(({ mtimeMs }) => mtimeMs))}`;
}
