import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const unit = 'test/{redis,config,analyzer,server,keyspace,lsp,cli,compiler,meta,client-template,extension,scripts,examples,fuzz}/**/*.test.ts';
/** A module that a test replaces must not be one that another test has loaded. */
const replacesModules = (file: string): boolean => readFileSync(file, 'utf8').includes('vi.mock(');
const mocked = readdirSync('test', { recursive: true, encoding: 'utf8' }).map((file) => `test/${file}`).filter((file) => file.endsWith('.test.ts') && replacesModules(file));

// One project per kind of test, so that a stage of `npm test` can be run alone: `npx vitest run --project unit`.
export default defineConfig({
  test: {
    passWithNoTests: false,
    // Its own measure leaves a processor to whoever watches.
    maxWorkers: '100%',
    // Not the person's own.
    env: { KEYSCOPE_CACHE: path.resolve('.cache/tests') },
    projects: [
      // The files of a worker share what they import: loading the analyzer for each took a sixth of the time.
      { test: { name: 'unit', include: [unit], exclude: ['**/*.redis.test.ts', ...mocked], isolate: false, testTimeout: 240_000, hookTimeout: 240_000 } },
      { test: { name: 'unit-mocked', include: mocked, testTimeout: 240_000, hookTimeout: 240_000 } },
      { test: { name: 'redis', include: ['test/**/*.redis.test.ts'], testTimeout: 120_000, hookTimeout: 60_000 } },
      { test: { name: 'fixes', include: ['test/fixes/*.test.ts', 'test/fixes/lib/*.test.ts'], testTimeout: 120_000, hookTimeout: 300_000 } },
      // Builds dist/ anew and opens VS Code: alone, after the others.
      { test: { name: 'start', include: ['test/start/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false } },
      { test: { name: 'packages', include: ['test/packages/**/*.test.ts'], globalSetup: 'test/packages/set-up.ts', testTimeout: 300_000, hookTimeout: 600_000 } },
    ],
  },
});
