/**
 * A believable TypeScript service of any size, the same on every machine: models, repositories, services, Express handlers, tests,
 * barrels, on Express, Zod, Drizzle, Pino and date-fns. One file in 50 sends Redis commands, by one shared client; every tenth domain has
 * another, of about 1,500 lines.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeDomain, domainFiles, filesPerDomain } from './domain.ts';
import { camel } from './words.ts';

/** Every tenth domain has a large file. */
const largeEvery = 10;

/** The place among a domain's entities of one whose service reads through no cache and knows no other domain. */
const untied = 3;

/** What it says that it needs; what is installed is pinned in peers.ts. */
const dependencies = { 'date-fns': '^4.4.0', 'drizzle-orm': '^0.45.4', express: '^5.0.0', ioredis: '^5.0.0', pg: '^8.23.0', pino: '^10.4.0', zod: '^4.6.0' };

const lib: Readonly<Record<string, string>> = {
  'lib/redis.ts': "import { Redis } from 'ioredis';\n\nexport const redis = new Redis(process.env['REDIS_URL'] ?? 'redis://localhost:6379');\nredis.on('error', (error) => console.error(error));\n",
  'lib/logger.ts': "import { pino } from 'pino';\n\ntype Fields = Record<string, unknown>;\n\nconst root = pino({ level: process.env['LOG_LEVEL'] ?? 'info', redact: ['*.email', '*.phone'] });\n\nexport const logger = {\n  info: (message: string, fields: Fields = {}): void => root.info(fields, message),\n  warn: (message: string, fields: Fields = {}): void => root.warn(fields, message),\n};\n",
  'lib/errors.ts': 'export class NotFound extends Error {\n  constructor(readonly what: string, readonly id: string) {\n    super(`${what}: there is no ${id}`);\n  }\n}\n',
  'lib/database.ts': "import { drizzle } from 'drizzle-orm/node-postgres';\n\nexport const database = drizzle(process.env['DATABASE_URL'] ?? 'postgres://localhost:5432/app');\n",
  'lib/async-handler.ts': "import type { NextFunction, Request, RequestHandler, Response } from 'express';\n\nexport function asyncHandler(handle: (req: Request, res: Response) => Promise<void>): RequestHandler {\n  return (req: Request, res: Response, next: NextFunction) => {\n    handle(req, res).catch(next);\n  };\n}\n",
};

export interface GeneratedTree {
  root: string;
  files: number;
  bytes: number;
  /** A file of about 1,500 lines that sends Redis commands. */
  large: string;
  /** A file of some 50 lines that does. */
  small: string;
  /** A file that has no tie to Redis, nor has any that it imports. */
  plain: string;
}

/** Makes the folder anew. @param files about how many; whole domains of 50 */
export function generateTree(root: string, files: number): GeneratedTree {
  rmSync(root, { recursive: true, force: true });
  const tree: GeneratedTree = { root, files: 0, bytes: 0, large: '', small: '', plain: '' };
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    if (!file.endsWith('.ts')) return;
    tree.files++;
    tree.bytes += Buffer.byteLength(text);
  };
  write('package.json', `${JSON.stringify({ name: 'generated', private: true, type: 'module', dependencies }, null, 2)}\n`);
  write('tsconfig.json', `${JSON.stringify({ compilerOptions: { target: 'ES2023', module: 'NodeNext', strict: true, noEmit: true, skipLibCheck: true, types: ['node'] }, include: ['src'] }, null, 2)}\n`);
  for (const [file, text] of Object.entries(lib)) write(`src/${file}`, text);
  const routers: { name: string; from: string }[] = [];
  let before: ReturnType<typeof describeDomain> | undefined;
  for (let index = 0; index < Math.max(1, Math.round(files / filesPerDomain)); index++) {
    const domain = describeDomain(index);
    const isLarge = index % largeEvery === 0;
    for (const [file, text] of domainFiles(domain, before, isLarge)) write(`src/${file}`, text);
    const [subject = ''] = domain.entities;
    if (isLarge && tree.large === '') {
      const at = (file: string): string => join(root, 'src', domain.folder, file);
      Object.assign(tree, { large: at(`${subject}-fulfilment.ts`), small: at(`${subject}-cache.ts`), plain: at(`services/${domain.entities[untied]}-service.ts`) });
    }
    routers.push({ name: `${camel(subject)}Router`, from: `./${domain.folder}/handlers/${subject}-handler.js` });
    before = domain;
  }
  write('src/app.ts', [
    "import express from 'express';",
    ...routers.map(({ name, from }, index) => `import { ${name} as router${index} } from '${from}';`),
    '',
    'export const app = express();',
    'app.use(express.json());',
    ...routers.map(({ name }, index) => `app.use('/${name}/${index}', router${index});`),
    '',
  ].join('\n'));
  return tree;
}
