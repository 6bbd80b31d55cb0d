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

export const noLayout: Layout = { imports: () => new Map(), json: () => undefined, sharedClientFolder: () => undefined, server: () => ({}) };

/** Whether all servers that a file runs against have what came with a version (`7.0`). */
export function isServerAtLeast(version: string, file: string, { server }: Pick<Layout, 'server'>): boolean {
  const [major = 0, minor = 0] = numbersOf(version);
  const [lowest = 0, lowestMinor = 0] = numbersOf(server(file).lowestVersion ?? defaultLowestVersion);
  return lowest > major || (lowest === major && lowestMinor >= minor);
}

const numbersOf = (version: string): number[] => version.split('.').map(Number);

/** The nearest folder with a package.json, `root` where there is none below it. */
export function packageFolder(file: string, root: string, { json }: Pick<Layout, 'json'>): string {
  for (let folder = posix.dirname(file); folder.length > root.length; folder = posix.dirname(folder)) if (json(`${folder}/package.json`)) return folder;
  return root;
}
