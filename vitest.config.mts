import path from 'node:path';
import { defineConfig } from 'vitest/config';

// One project per kind of test, so that a stage of `npm test` can be run alone: `npx vitest run --project unit`.
export default defineConfig({
  test: {
    passWithNoTests: false,
    // Not the person's own.
    env: { KEYSCOPE_CACHE: path.resolve('.cache/tests') },
    projects: [
      { test: { name: 'unit', include: ['test/{redis,config,analyzer,server,keyspace,lsp,cli,compiler,meta,client-template,extension,scripts,examples,fuzz}/**/*.test.ts'], exclude: ['**/*.redis.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      { test: { name: 'redis', include: ['test/**/*.redis.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      { test: { name: 'fixes', include: ['test/fixes/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 300_000 } },
      // Builds dist/ anew and opens VS Code: alone, after the others.
      { test: { name: 'start', include: ['test/start/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false } },
      { test: { name: 'packages', include: ['test/packages/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 600_000 } },
    ],
  },
});
