/** What Keyscope is compared with, at pinned versions, installed outside of its own dependencies. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The newest of 2026-11 that run on Node 20. */
const versions: Readonly<Record<string, string>> = {
  'typescript-6': 'npm:typescript@6.0.3',
  'typescript-7': 'npm:typescript@7.0.2',
  typescript: '6.0.3',
  oxlint: '1.94.0',
  'oxlint-tsgolint': '7.0.2007',
  eslint: '10.15.0',
  'typescript-eslint': '8.73.0',
  // What the generated trees import.
  express: '5.1.0',
  '@types/express': '5.0.3',
  '@types/node': '20.19.43',
  ioredis: '5.8.2',
  zod: '4.6.7',
  'drizzle-orm': '0.45.4',
  pg: '8.23.1',
  '@types/pg': '8.23.1',
  pino: '10.4.0',
  'date-fns': '4.4.0',
};

export interface Peer {
  name: string;
  command: readonly string[];
}

/** Installs the peers into `folder`, once per set of versions; trees generated below it find their packages there. */
export function installPeers(folder: string): void {
  const manifest = `${JSON.stringify({ private: true, dependencies: versions }, null, 2)}\n`;
  const file = join(folder, 'package.json');
  if (existsSync(join(folder, 'node_modules')) && existsSync(file) && readFileSync(file, 'utf8') === manifest) return;
  process.stderr.write('Installing what to compare with (npm install) …\n');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, manifest);
  // One typed rule, the same that oxlint is asked for with types.
  writeFileSync(join(folder, 'eslint.config.mjs'), [
    "import tseslint from 'typescript-eslint';",
    "export default [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } }, plugins: { ts: tseslint.plugin }, rules: { 'ts/no-floating-promises': 'error' } }];",
    '',
  ].join('\n'));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'], { cwd: folder, stdio: 'inherit' });
}

/** In the order of the table; each is run in a tree's folder. */
export function peers(folder: string): Peer[] {
  const bin = (name: string, ...path: string[]): string => join(folder, 'node_modules', name, ...path);
  const oxlint = [process.execPath, bin('oxlint', 'bin', 'oxlint'), '-A', 'all'];
  return [
    { name: 'oxlint, one untyped rule', command: [...oxlint, '-D', 'no-await-in-loop', 'src'] },
    { name: 'oxlint type-aware, one rule', command: [...oxlint, '--type-aware', '-D', 'typescript/no-floating-promises', 'src'] },
    { name: 'ESLint with typescript-eslint, one typed rule', command: [process.execPath, bin('eslint', 'bin', 'eslint.js'), '--config', join(folder, 'eslint.config.mjs'), 'src'] },
    { name: 'tsc 7 --noEmit', command: [process.execPath, bin('typescript-7', 'bin', 'tsc'), '--noEmit'] },
    { name: 'tsc 6 --noEmit', command: [process.execPath, bin('typescript-6', 'bin', 'tsc'), '--noEmit'] },
  ];
}
