/** What the fixes of `no-command-in-loop` make of a text: one analyzer for all tests of a file, texts laid over an empty project. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnalyzer } from '../../../src/analyzer/create-analyzer.ts';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';

const libraries = { ioredis: { ioredis: '5.11.1' }, 'ioredis-4': { ioredis: '4.31.0' }, 'node-redis': { redis: '5.12.1' }, 'node-redis-6': { redis: '6.3.1' } } as const;

export type LibraryName = keyof typeof libraries;

export class FixTester {
  readonly #root = realpathSync(mkdtempSync(join(tmpdir(), 'keyscope-batch-')));
  readonly #analyzer;
  #count = 0;

  constructor() {
    for (const [name, dependencies] of Object.entries(libraries)) {
      mkdirSync(join(this.#root, name));
      writeFileSync(join(this.#root, name, 'package.json'), JSON.stringify({ name, dependencies }));
    }
    this.#analyzer = createAnalyzer({ root: this.#root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
  }

  /** The offered fixes of the text's findings, by id: the text after each. Only one finding is expected. */
  fixes(library: LibraryName, text: string, extension = 'ts'): Map<string, string> {
    const file = join(this.#root, library, `file${this.#count++}.${extension}`);
    this.#analyzer.setText(file, text);
    const findings = this.#analyzer.checkFile(file).filter(({ rule }) => rule === 'no-command-in-loop');
    if (findings.length !== 1) throw new Error(`${findings.length} findings in: ${text}`);
    const after = findings.flatMap((finding) => this.#analyzer.fixes(finding)).map((fix): [string, string] => [fix.id, applyEdits(text, fix.edits)]);
    this.#analyzer.setText(file, undefined);
    return new Map(after);
  }

  close(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}

const heads: Record<LibraryName, string> = {
  ioredis: "import { Cluster, Redis } from 'ioredis';\nconst redis = new Redis();\n",
  'ioredis-4': "import Redis from 'ioredis';\nconst redis = new Redis();\n",
  'node-redis': "import { createClient, createClientPool } from 'redis';\nconst redis = createClient();\nconst pool = createClientPool();\n",
  'node-redis-6': "import { createClient } from 'redis';\nconst redis = createClient();\n",
};

/** `body` within an async function of a module that has a client `redis`. */
export function withClient(library: LibraryName, body: string, parameters = 'ids: string[]'): string {
  return `${heads[library]}export async function run(${parameters}) {\n${body}\n}\n`;
}
