/** What a project says of itself, for the shared client: which client library of which major, TypeScript or JavaScript, which modules. No vscode. */
import type { TemplateChoice, TemplateLibrary } from '../../client-template/render.ts';

/** In the order in which they are proposed where a project has several. */
const LIBRARIES: readonly TemplateLibrary[] = ['ioredis', 'redis', 'iovalkey', '@redis/client'];

export interface Client {
  library: TemplateLibrary;
  /** As the template counts; undefined where neither an installed package nor a range says it. */
  major: number | undefined;
}

/** Reads a file of the project by its path from the project's folder; undefined where there is none. Looks in node_modules where Node would. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/** The clients that the package.json names. */
export async function clientsOf(read: ReadFile): Promise<Client[]> {
  const ranges = dependencies(await read('package.json'));
  const found: Client[] = [];
  for (const library of LIBRARIES) {
    const range = ranges.get(library);
    if (range === undefined) continue;
    const installed = versionIn(await read(`node_modules/${library}/package.json`));
    found.push({ library, major: templateMajor(library, installed ?? range) });
  }
  // `redis` brings @redis/client along; who names both writes `redis`.
  return found.some(({ library }) => library === 'redis') ? found.filter(({ library }) => library !== '@redis/client') : found;
}

/** TypeScript where there is a tsconfig.json or TypeScript is a dependency; ES modules where package.json says so. */
export async function styleOf(read: ReadFile): Promise<Pick<TemplateChoice, 'language' | 'module'>> {
  const manifest = await read('package.json');
  const typescript = (await read('tsconfig.json')) !== undefined || dependencies(manifest).has('typescript');
  const { type } = parse(manifest);
  return { language: typescript ? 'ts' : 'js', module: type === 'module' ? 'esm' : 'cjs' };
}

/** Version 1 of @redis/client is that of redis 4; iovalkey has no majors of its own worth telling apart. */
function templateMajor(library: TemplateLibrary, version: string): number | undefined {
  if (library === 'iovalkey') return 0;
  const major = /\d+/.exec(version)?.[0];
  if (major === undefined) return undefined;
  return library === '@redis/client' && major === '1' ? 4 : Number(major);
}

function dependencies(manifest: string | undefined): Map<string, string> {
  const json = parse(manifest);
  const fields = ['optionalDependencies', 'peerDependencies', 'devDependencies', 'dependencies'].map((name) => json[name]);
  return new Map(fields.flatMap((field) => (typeof field === 'object' && field !== null ? Object.entries(field).map(([name, range]) => [name, String(range)] as const) : [])));
}

function versionIn(manifest: string | undefined): string | undefined {
  const { version } = parse(manifest);
  return typeof version === 'string' ? version : undefined;
}

function parse(text: string | undefined): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text ?? '{}');
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
