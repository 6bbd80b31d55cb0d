/** URIs of the protocol ↔ paths of the analyzer (absolute, with `/`). */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Undefined for what is no file on this machine: unsaved drafts, other file systems, malformed URIs. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const file = fileURLToPath(uri);
    return path.sep === '\\' ? file.replaceAll('\\', '/') : file;
  } catch {
    return undefined;
  }
}

export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}
