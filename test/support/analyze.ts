/** Findings of a few lines of code: a project of its own in a temporary folder, gone when the callback ends. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Analyzer } from '../../src/analyzer/analyzer.ts';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import type { Config } from '../../src/config/config.ts';

export const dependencies = { ioredis: '^5', redis: '^5' };

/** @param files by path; a package.json with ioredis 5 and redis 5 is added where none is given; @param config what the configuration says */
export async function withProject<T>(files: Record<string, string>, use: (analyzer: Analyzer, root: string) => Promise<T> | T, config: (root: string) => Partial<Config> = () => ({})): Promise<T> {
  const root = mkdtempSync(path.join(tmpdir(), 'keyscope-'));
  try {
    for (const [name, text] of Object.entries({ 'package.json': JSON.stringify({ dependencies }), ...files })) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
    return await use(createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [], ...config(root) }) }), root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Lines (trimmed) on which a rule reports, in file order. */
export async function linesOf(rule: string, files: Record<string, string> | string): Promise<string[]> {
  return withProject(typeof files === 'string' ? { 'a.ts': files } : files, async (analyzer) => {
    const { findings } = await analyzer.check();
    return findings.filter((finding) => finding.rule === rule).map((finding) => {
      const text = analyzer.text(finding.file) ?? '';
      return text.slice(text.lastIndexOf('\n', finding.start) + 1).split('\n', 1)[0]?.trim() ?? '';
    });
  });
}

/** ioredis client `redis`, node-redis client `client`, for code that needs no more than that. */
export const clients = "import Redis from 'ioredis';\nimport { createClient } from 'redis';\nconst redis = new Redis();\nconst client = createClient();\n";
