/** What is left of the texts and trees that somebody has typed past: counted, since nobody would notice that the server grows by a megabyte a minute. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { generateTree, type GeneratedTree } from '../../bench/analyzer/generate-tree.ts';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import { compilerInternals } from '../../src/analyzer/program/compiler.ts';
import { SourceTrees } from '../../src/analyzer/program/source-trees.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const root = mkdtempSync(join(tmpdir(), 'keyscope-retention-'));
let tree: GeneratedTree;
beforeAll(() => {
  tree = generateTree(root, 50);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const { createTypeChecker, bindSourceFile } = compilerInternals;
afterEach(() => Object.assign(compilerInternals, { createTypeChecker, bindSourceFile }));

/** How many of the objects are still held by somebody. */
async function alive(objects: readonly WeakRef<object>[]): Promise<number> {
  // A reference that was just made or read holds its object until the turn ends.
  await setImmediate();
  for (let times = 0; times < 5; times++) {
    // The engine compiles beside us, and holds for so long what the code speaks of.
    await setTimeout(20);
    collect();
  }
  return objects.filter((one) => one.deref() !== undefined).length;
}

it('edits in one function after the other leave no checkers and few trees behind', async () => {
  const checkers: WeakRef<object>[] = [];
  const trees: WeakRef<object>[] = [];
  compilerInternals.createTypeChecker = (host) => {
    const checker = createTypeChecker(host);
    checkers.push(new WeakRef(checker));
    return checker;
  };
  compilerInternals.bindSourceFile = (file, options) => {
    if (file.fileName === tree.large) trees.push(new WeakRef(file));
    bindSourceFile(file, options);
  };
  const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
  await analyzer.check();
  let text = readFileSync(tree.large, 'utf8');
  const bodies = (): number[] => [...text.matchAll(/^ *(?:export )?async (?:function )?#?\w+\(.*\{\n/gm)].map(({ 0: line, index }) => index + line.length);
  expect(bodies().length).toBeGreaterThan(30);
  for (let edit = 1; edit <= 72; edit++) {
    const at = bodies()[(edit * 7) % bodies().length] ?? 0;
    text = `${text.slice(0, at)}    await redis.get('typed:${edit}');\n${text.slice(at)}`;
    analyzer.setText(tree.large, text);
    analyzer.checkFile(tree.large);
  }
  // Made for each edit; that of now is left, and of trees those since somebody last looked for what is held in vain.
  expect([checkers.length, trees.length]).toEqual([73, 73]);
  expect(await alive(checkers)).toBe(1);
  expect(await alive(trees)).toBeLessThanOrEqual(12);
});

it('what a file stores as JSON leaves no checkers behind where another file is edited', async () => {
  const own = mkdtempSync(join(tmpdir(), 'keyscope-retention-'));
  const file = join(own, 'other.ts');
  const text = "import { redis } from './store';\nexport async function read(): Promise<void> {\n  await redis.get('typed');\n}\n";
  writeFileSync(join(own, 'package.json'), '{ "dependencies": { "ioredis": "^5" } }');
  writeFileSync(
    join(own, 'store.ts'),
    "import Redis from 'ioredis';\nexport const redis = new Redis();\ninterface User { id: string; name: string }\nexport async function save(user: User): Promise<void> { await redis.set('user:' + user.id, JSON.stringify(user)); }\nexport async function load(id: string): Promise<User> { return JSON.parse((await redis.get('user:' + id)) ?? ''); }\n",
  );
  writeFileSync(file, text);
  try {
    const checkers: WeakRef<object>[] = [];
    compilerInternals.createTypeChecker = (host) => {
      const checker = createTypeChecker(host);
      checkers.push(new WeakRef(checker));
      return checker;
    };
    const analyzer = createAnalyzer({ root: own, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
    expect((await analyzer.check()).findings.map(({ rule }) => rule)).toContain('prefer-hash-over-json');
    for (let edit = 1; edit <= 40; edit++) {
      analyzer.setText(file, text.replace('typed', `typed:${edit}`));
      analyzer.checkFile(file);
    }
    expect([checkers.length, await alive(checkers)]).toEqual([41, 1]);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
});

it('names in edited functions do not hold the texts that they were typed into', async () => {
  const trees = new SourceTrees();
  const megabyte = 2 ** 20;
  // In two bytes per character.
  const much = `// ${'–'.repeat(8 * megabyte)}\n`;
  const bodies = ['', '', '', '', ''];
  const parsed = (): ts.SourceFile => trees.of('/a.ts', much + bodies.map((body, index) => `export function aFunctionWithANumber${index}(): void {\n${body}}\n`).join(''));
  parsed();
  for (const index of bodies.keys()) {
    bodies[index] = `  someOtherFunction${index}('a text of some length', \`a template of ${'${aFunctionWithANumber0.name}'}\`);\n`;
    parsed();
  }
  const names: string[] = [];
  const hold = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isStringLiteral(node) || ts.isTemplateHead(node)) names.push(node.text);
    ts.forEachChild(node, hold);
  };
  hold(parsed());
  trees.keep(() => false);
  expect(names.slice(0, 6)).toEqual(['aFunctionWithANumber0', 'someOtherFunction0', 'a text of some length', 'a template of ', 'aFunctionWithANumber0', 'name']);
  await alive([]);
  const held = process.memoryUsage().heapUsed;
  names.length = 0;
  await alive([]);
  // Six texts of 16 MB were parsed.
  expect(held - process.memoryUsage().heapUsed).toBeLessThan(8 * megabyte);
});
