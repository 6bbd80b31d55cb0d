/** What a fix that brings a file in has to know of the project around the code: which file imports which, and how. No syntax trees. */
import { posix } from 'node:path';
import { defaultLowestVersion, type ServerConfig } from '../../config/config.ts';

export interface Layout {
  /** The first-party imports of a source file: specifier as written → absolute file. */
  imports(file: string): ReadonlyMap<string, string>;
  /** A JSON file of the project (comments allowed); undefined where there is none. */
  json(file: string): Record<string, unknown> | undefined;
  /** Absolute folder that the configuration names for the shared client of a file's project. */
  sharedClientFolder(file: string): string | undefined;
  /** What the configuration of a file says of the servers that it runs against. */
  server(file: string): ServerConfig;
}

/** The oldest server that a published package's users may still run: that of the old port to Windows. */
const oldestVersionMet = '3.0';

export const noLayout: Layout = { imports: () => new Map(), json: () => undefined, sharedClientFolder: () => undefined, server: () => ({}) };

/** Whether all servers that a file runs against have what came with a version (`7.0`). */
export function isServerAtLeast(version: string, file: string, { server }: Pick<Layout, 'server'>): boolean {
  return isWithin(version, server(file).lowestVersion ?? defaultLowestVersion);
}

/** Whether a server of version `lowest` has what came with `version`. */
function isWithin(version: string, lowest: string): boolean {
  const [[major = 0, minor = 0], [lowestMajor = 0, lowestMinor = 0]] = [numbersOf(version), numbersOf(lowest)];
  return lowestMajor > major || (lowestMajor === major && lowestMinor >= minor);
}

/**
 * As `isServerAtLeast`, for what may be changed without a question: those who install a package that is published have servers of their
 * own, so that without a configured version only what `oldestVersionMet` has is counted on there. @param root of the workspace
 */
export function isServerSurelyAtLeast(version: string, file: string, root: string, layout: Layout): boolean {
  if (!isServerAtLeast(version, file, layout)) return false;
  if (layout.server(file).lowestVersion !== undefined || !isPublished(layout.json(`${packageFolder(file, root, layout)}/package.json`))) return true;
  return isWithin(version, oldestVersionMet);
}

/** By what a manifest says of itself: not private, and with something that others import. */
const isPublished = (manifest: Record<string, unknown> | undefined): boolean =>
  manifest !== undefined && manifest['private'] !== true && ['main', 'exports', 'files'].some((field) => manifest[field] !== undefined);

const numbersOf = (version: string): number[] => version.split('.').map(Number);

/** The nearest folder with a package.json, `root` where there is none below it. */
export function packageFolder(file: string, root: string, { json }: Pick<Layout, 'json'>): string {
  for (let folder = posix.dirname(file); folder.length > root.length; folder = posix.dirname(folder)) if (json(`${folder}/package.json`)) return folder;
  return root;
}
