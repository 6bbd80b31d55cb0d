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
  /** Name of its column where others are measured against it. */
  short?: string;
  /** Run in the folder that is compared. */
  command: readonly string[];
  /** Exit codes of a run that did its work: with nothing to say, and with something. */
  codes: readonly number[];
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

/** Of a tree that type-checks, its sources in `src`. The first is what the others are measured against. */
export function treePeers(folder: string): Peer[] {
  const oxlint = oxlintIn(folder);
  return [
    untypedOxlint(folder, 'src'),
    { name: 'oxlint type-aware, one rule', command: [...oxlint, '--type-aware', '-D', 'typescript/no-floating-promises', 'src'], codes: [0, 1] },
    { name: 'ESLint with typescript-eslint, one typed rule', command: [process.execPath, binary(folder, 'eslint', 'bin', 'eslint.js'), '--config', join(folder, 'eslint.config.mjs'), 'src'], codes: [0, 1] },
    { name: 'tsc 7 --noEmit', command: [...tsc(folder, 7), '--noEmit'], codes: [0] },
    { name: 'tsc 6 --noEmit', command: [...tsc(folder, 6), '--noEmit'], codes: [0] },
  ];
}

/**
 * Of a published package: compiled JavaScript without its dependencies. Type-aware linters want a tsconfig and types, so they are left out;
 * tsc reads and checks what there is, and has a lot to say, since it finds none of what is imported.
 */
export function packagePeers(folder: string): Peer[] {
  const options = ['--noEmit', '--allowJs', '--checkJs', '--skipLibCheck', '--target', 'es2023', '--module', 'nodenext'];
  const onFiles = (version: 6 | 7): string[] => ['sh', '-c', `find . -name '*.js' -not -path '*/node_modules/*' | xargs ${[...tsc(folder, version), ...options].map((word) => `'${word}'`).join(' ')}`];
  return [
    untypedOxlint(folder, '.'),
    { name: 'tsc 7 --noEmit --allowJs --checkJs, no dependencies installed', command: onFiles(7), codes: [123] },
    { name: 'tsc 6 --noEmit --allowJs --checkJs, no dependencies installed', command: onFiles(6), codes: [123] },
  ];
}

function untypedOxlint(folder: string, path: string): Peer {
  return { name: 'oxlint, one untyped rule', short: 'oxlint untyped', command: [...oxlintIn(folder), '-D', 'no-await-in-loop', path], codes: [0, 1] };
}

function oxlintIn(folder: string): string[] {
  return [process.execPath, binary(folder, 'oxlint', 'bin', 'oxlint'), '-A', 'all'];
}

function tsc(folder: string, version: 6 | 7): string[] {
  return [process.execPath, binary(folder, `typescript-${version}`, 'bin', 'tsc')];
}

function binary(folder: string, name: string, ...path: string[]): string {
  return join(folder, 'node_modules', name, ...path);
}
