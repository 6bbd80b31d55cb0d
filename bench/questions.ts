/**
 * Who asks the checker how much: questions by rule, join and collected fact, for a whole check and for a letter typed into a large file. Counts
 * do not depend on the machine; `test/analyzer/focus.test.ts` holds their sum.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type ts from 'typescript';
import { createAnalyzer } from '../src/analyzer/create-analyzer.ts';
import { compilerInternals } from '../src/analyzer/program/compiler.ts';
import { rules } from '../src/analyzer/rules/index.ts';
import type { Rule } from '../src/analyzer/rules/rule.ts';
import { joins } from '../src/analyzer/workspace/join.ts';
import { generateTree } from './analyzer/generate-tree.ts';
import { applied, keystrokes } from './typing/keystrokes.ts';

type Seek = NonNullable<Rule['seek']>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const counts = new Map<string, number>();
let asking = 'facts and the rest';

/** While a generator runs, what it asks is its own. */
function* attributed<T>(who: string, values: Iterable<T>): Iterable<T> {
  const iterator = values[Symbol.iterator]();
  for (;;) {
    const outer = asking;
    asking = who;
    let next: IteratorResult<T>;
    try {
      next = iterator.next();
    } finally {
      asking = outer;
    }
    if (next.done) return;
    yield next.value;
  }
}

function countQuestions(): void {
  const { createTypeChecker } = compilerInternals;
  compilerInternals.createTypeChecker = (host) => {
    const checker = createTypeChecker(host) as ts.TypeChecker & Record<string, unknown>;
    for (const [name, value] of Object.entries(checker)) {
      if (typeof value !== 'function') continue;
      (checker as Record<string, unknown>)[name] = (...args: unknown[]): unknown => {
        counts.set(asking, (counts.get(asking) ?? 0) + 1);
        return (value as (...all: unknown[]) => unknown)(...args);
      };
    }
    return checker;
  };
  // Rules share one, which is asked once.
  const seekers = new Map<Seek, Seek>();
  const counted = (seek: Seek): Seek => {
    const one: Seek = (file, workspace) => void [...attributed('search for callers', (function* () { yield seek(file, workspace); })())];
    seekers.set(seek, one);
    return one;
  };
  for (const rule of rules) {
    const { check, seek } = rule;
    rule.check = (...args) => attributed(rule.meta.id, check(...args));
    if (seek) rule.seek = seekers.get(seek) ?? counted(seek);
  }
  for (const one of joins.values()) {
    const { of } = one;
    (one as Mutable<typeof one>).of = (...args) => attributed(`join ${one.name}`, of(...args));
  }
}

function table(title: string, per: number): void {
  const rows = [...counts].map(([who, count]) => [who, count / per] as const).sort((a, b) => b[1] - a[1]);
  const sum = rows.reduce((total, [, count]) => total + count, 0);
  console.log(`\n${title}: ${sum.toFixed(0)}\n`);
  for (const [who, count] of rows) if (count >= 0.5) console.log(`${count.toFixed(0).padStart(7)}  ${who}`);
  counts.clear();
}

export async function run(): Promise<void> {
  countQuestions();
  const root = mkdtempSync(join(tmpdir(), 'keyscope-questions-'));
  try {
    const tree = generateTree(root, 500);
    const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
    await analyzer.check();
    table('Questions of a check of 500 files', 1);
    let text = readFileSync(tree.large, 'utf8');
    analyzer.setText(tree.large, text);
    analyzer.checkFile(tree.large);
    counts.clear();
    const keys = keystrokes(text, 120, true);
    for (const key of keys) {
      text = applied(text, key);
      analyzer.setText(tree.large, text);
      analyzer.checkFile(tree.large);
    }
    table('Questions of a letter typed into the large file', keys.length);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
