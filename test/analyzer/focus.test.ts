/** What a check and an edit may look at: the counts that make them quick, which no machine's mood changes. Timings are the benchmark's. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type ts from 'typescript';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applied, keystrokes } from '../../bench/typing/keystrokes.ts';
import { generateTree, type GeneratedTree } from '../../bench/analyzer/generate-tree.ts';
import { compilerInternals } from '../../src/analyzer/program/compiler.ts';
import { diskSource } from '../../src/analyzer/program/disk-source.ts';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import type { Analyzer } from '../../src/analyzer/analyzer.ts';

const root = mkdtempSync(join(tmpdir(), 'keyscope-focus-'));
let tree: GeneratedTree;
beforeAll(() => {
  tree = generateTree(root, 500);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const reads = new Map<string, number>();
let bytes = 0;
let questions = 0;
let checkers = 0;

function counted(): Analyzer {
  const source = {
    read(file: string): string | undefined {
      const text = diskSource.read(file);
      reads.set(file, (reads.get(file) ?? 0) + 1);
      bytes += Buffer.byteLength(text ?? '');
      return text;
    },
  };
  return createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) }, source);
}

const { createTypeChecker } = compilerInternals;

/** Every question to a checker is counted. */
function countingChecker(host: object): ts.TypeChecker {
  checkers++;
  const checker = createTypeChecker(host) as ts.TypeChecker & Record<string, unknown>;
  for (const [name, value] of Object.entries(checker)) {
    if (typeof value !== 'function') continue;
    (checker as Record<string, unknown>)[name] = (...args: unknown[]): unknown => {
      questions++;
      return (value as (...all: unknown[]) => unknown)(...args);
    };
  }
  return checker;
}

beforeEach(() => {
  compilerInternals.createTypeChecker = countingChecker;
  reads.clear();
  bytes = questions = checkers = 0;
});
afterEach(() => {
  compilerInternals.createTypeChecker = createTypeChecker;
});

it('a check reads each file once, asks about receivers in few, parses few more, and makes one checker', async () => {
  const { stats } = await counted().check();
  expect(stats.files).toBe(506);
  expect(Math.max(...reads.values())).toBe(1);
  // Nothing but the tree, its manifest and its tsconfig.
  expect(bytes).toBeLessThan(tree.bytes * 1.01 + 10_000);
  // 11 of 506 files send commands, by the client of a twelfth.
  expect(stats.candidates).toBe(12);
  expect(stats.programFiles).toBeLessThanOrEqual(200);
  expect(checkers).toBe(1);
  expect(questions).toBeLessThan(8_000);
});

describe('an edit', () => {
  const line = (text: string, statement: string): string => {
    const at = text.indexOf('{\n', text.indexOf('async function', text.length / 2)) + 2;
    return `${text.slice(0, at)}  ${statement}\n${text.slice(at)}`;
  };

  it('of a file with no tie to Redis asks and parses nothing', async () => {
    const analyzer = counted();
    await analyzer.check();
    const text = readFileSync(tree.plain, 'utf8');
    reads.clear();
    questions = checkers = 0;
    analyzer.setText(tree.plain, line(text, 'const here = 1;'));
    expect(analyzer.checkFile(tree.plain)).toEqual([]);
    expect(questions + checkers + reads.size).toBe(0);
  });

  it('within a function of a large file asks about that function, not about the file', async () => {
    const analyzer = counted();
    await analyzer.check();
    const text = readFileSync(tree.large, 'utf8');
    const before = questions;
    const findings = analyzer.checkFile(tree.large);
    analyzer.setText(tree.large, line(text, "await redis.get('a');"));
    analyzer.checkFile(tree.large);
    reads.clear();
    questions = checkers = 0;
    analyzer.setText(tree.large, line(text, "await redis.get('ab');"));
    expect(analyzer.checkFile(tree.large).map(({ rule }) => rule)).toEqual(findings.map(({ rule }) => rule));
    expect(checkers).toBe(1);
    expect(reads.size).toBe(0);
    expect(questions).toBeGreaterThan(0);
    expect(questions).toBeLessThan(before / 8);
  });

  it('letter by letter, in one function after the other, asks little', async () => {
    const analyzer = counted();
    await analyzer.check();
    let text = readFileSync(tree.large, 'utf8');
    analyzer.setText(tree.large, text);
    analyzer.checkFile(tree.large);
    questions = checkers = 0;
    const keys = keystrokes(text, 120, true);
    for (const key of keys) {
      text = applied(text, key);
      analyzer.setText(tree.large, text);
      analyzer.checkFile(tree.large);
    }
    expect(checkers).toBe(keys.length);
    expect(questions / keys.length).toBeLessThan(200);
  });
});
