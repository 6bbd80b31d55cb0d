/** What a project with an earlier record of which files matter writes down for the next one: what one without would. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EarlierCheck } from '../../../src/analyzer/check-record.ts';
import { Project } from '../../../src/analyzer/program/project.ts';
import type { ProgramRecord } from '../../../src/analyzer/program/program-record.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keyscope-record-')).replaceAll('\\', '/');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, text: string): void => writeFileSync(path.join(root, name), text);

function recordOf(earlier?: { program: ProgramRecord; changed: string; isSameScan: boolean }): { record: ProgramRecord | undefined; isAsEarlier: boolean } {
  const given = earlier && ({ program: earlier.program, changed: new Set([`${root}/${earlier.changed}`]), isSameScan: () => earlier.isSameScan } as unknown as EarlierCheck);
  const project = new Project({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }), ...(given && { earlier: given }) });
  const { isAsEarlier } = project.state();
  return { record: project.record(), isAsEarlier };
}

it.each([
  ['a client more, which nobody takes', 'export const second = redis;\n', false],
  ['nothing that counts', 'export const second = 1;\n', true],
])('where a file hands out %s', (_, more, isSameScan) => {
  write('package.json', '{ "dependencies": { "ioredis": "^5" } }');
  const store = "import { Redis } from 'ioredis';\nexport const redis = new Redis();\n";
  write('store.ts', `${store}export const second = '';\n`);
  write('user.ts', "import { redis } from './store';\nexport const all = () => redis.keys('*');\n");
  const { record: program } = recordOf();
  if (!program) throw new Error('a project has a record');
  write('store.ts', store + more);
  const renewed = recordOf({ program, changed: 'store.ts', isSameScan });
  expect(renewed).toEqual({ record: recordOf().record, isAsEarlier: true });
});
