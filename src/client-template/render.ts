/**
 * The shared client as it is put into a user's project. The two templates are real files of this folder; what is shipped is their text
 * and the JavaScript made from it (rendered.ts, by scripts/generate-client-template.ts).
 */
import { rendered, type RenderedName } from './rendered.ts';

export type TemplateLibrary = 'ioredis' | 'iovalkey' | 'redis' | '@redis/client';

export interface TemplateChoice {
  library: TemplateLibrary;
  /** As the analyzer counts: node-redis's own for `@redis/client` too (its 1 is 4), 0 for iovalkey. */
  major: number;
  language: 'ts' | 'js';
  /** Of JavaScript; TypeScript is written with `import` for both. */
  module: 'esm' | 'cjs';
}

/** Written in the first line of the file; raised when the template changes what a project sees of it. */
export const templateVersion = 2;

/** The oldest majors whose clients the templates are written for. */
const oldest: Record<TemplateLibrary, number> = { ioredis: 5, iovalkey: 0, redis: 4, '@redis/client': 4 };

/** node-redis 4 has other names for these; each must be in the template. */
const forVersion4: readonly [from: string, to: string][] = [
  ['    keepAlive: true,\n    keepAliveInitialDelay: KEEP_ALIVE_MS,\n', '    keepAlive: KEEP_ALIVE_MS,\n'],
  ['client.destroy();', 'await client.disconnect();'],
];

/** Whether there is a shared client for that library and major. */
export function hasTemplate(library: TemplateLibrary, major: number): boolean {
  return major >= oldest[library];
}

/** The text of the shared client. Throws for a client that is too old, with what to do. */
export function renderTemplate({ library, major, language, module }: TemplateChoice): string {
  if (!hasTemplate(library, major)) {
    throw new Error(`The shared client needs ${library} ${oldest[library]} or newer; this project has ${major}. Upgrade ${library} first.`);
  }
  const family = library === 'ioredis' || library === 'iovalkey' ? 'ioredis' : 'node-redis';
  const name: RenderedName = `${family}.${language === 'ts' ? 'ts' : module === 'esm' ? 'mjs' : 'cjs'}`;
  let text = rendered[name];
  if (family === 'node-redis' && major === 4) for (const [from, to] of forVersion4) text = text.replaceAll(from, to);
  const specifier = family === 'ioredis' ? "'ioredis'" : "'redis'";
  return text.replace(`from ${specifier}`, `from '${library}'`).replace(`require(${specifier})`, `require('${library}')`);
}

/** The version of a shared client that a file holds; undefined for any other file. */
export function versionOf(text: string): number | undefined {
  const version = /^(?:\/\/|\/\*)\s*keyscope shared client v(\d+)\b/m.exec(text.slice(0, 500))?.[1];
  return version === undefined ? undefined : Number(version);
}
