/** Whether a project talks to Redis: by the packages it depends on, or by what a file imports. Decides when the language client is loaded. */

/** The clients whose calls are analysed, and packages that bring one of them along or take one (BullMQ's connection options). */
const CLIENT_PACKAGES = ['ioredis', 'iovalkey', 'redis', '@redis/client', 'bullmq', 'bull', 'bee-queue', 'connect-redis', 'rate-limiter-flexible'] as const;
const names = new Set<string>(CLIENT_PACKAGES);

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/** @param text of a package.json; one that does not parse depends on nothing. */
export function dependsOnRedis(text: string): boolean {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return false;
  }
  if (typeof json !== 'object' || json === null) return false;
  return DEPENDENCY_FIELDS.some((field) => {
    const dependencies = (json as Record<string, unknown>)[field];
    if (typeof dependencies !== 'object' || dependencies === null) return false;
    // An alias names its package in the version: "cache": "npm:ioredis@5".
    return Object.entries(dependencies).some(([name, version]) => names.has(name) || names.has(/^npm:((?:@[^/]+\/)?[^@]+)/.exec(String(version))?.[1] ?? ''));
  });
}

const IMPORT = new RegExp(String.raw`(?:from|import|require\s*\(|import\s*\()\s*['"](?:${CLIENT_PACKAGES.map((name) => name.replace('/', '\\/')).join('|')})(?:\/[^'"]*)?['"]`);

/** @param text of a source file: `import … from 'ioredis'`, `require('redis')`, `import('redis')`, `export … from`. */
export function importsRedis(text: string): boolean {
  return IMPORT.test(text);
}
