/** A part of the nightly run (`npm run fuzz`), other inputs for each state of the rules: what fails names its input. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { ruleIds } from '../../src/analyzer/rules/index.ts';
import { caseRoots, fuzz } from './fuzz.ts';

it('500 mutated files: nothing throws, nothing hangs, and no fix breaks what parses', async () => {
  const outcome = await fuzz({ roots: caseRoots(path.resolve('test/cases')), inputs: 500, seed: ruleIds.length });
  expect(outcome.failures.map(({ what, file, text }) => `${what}\n${file}\n${text.slice(0, 4000)}`)).toEqual([]);
  expect(outcome.inputs).toBe(500);
  // The mutations leave enough for rules and fixes to bite on.
  expect(outcome.parsed).toBeGreaterThan(100);
  expect(outcome.fixes).toBeGreaterThan(20);
}, 300_000);
