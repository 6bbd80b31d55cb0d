/** Where Keyscope may keep what it can make again: the user's cache folder, by the platform's custom. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Absolute; it need not exist. `KEYSCOPE_CACHE` names another one. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env['KEYSCOPE_CACHE']) return env['KEYSCOPE_CACHE'];
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'keyscope', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'keyscope');
  return join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'keyscope');
}
