import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import ts from 'typescript';
import { install } from '../../scripts/client-declarations/install.ts';
import { specs } from '../../scripts/client-declarations/specs.ts';
import { renderTemplate, type TemplateChoice } from '../../src/client-template/render.ts';
import { essentials, outages } from '../client-template/behaviour.ts';

type Of = Pick<TemplateChoice, 'library' | 'major'>;

/** Each library and major with the spec whose packages bring it; from the registry, once, into .cache/client-packages. */
const projects: [spec: string, choice: Of][] = [
  ['ioredis-5', { library: 'ioredis', major: 5 }],
  ['ioredis-6', { library: 'ioredis', major: 6 }],
  ['iovalkey-0', { library: 'iovalkey', major: 0 }],
  ['redis-4', { library: 'redis', major: 4 }],
  ['redis-5', { library: 'redis', major: 5 }],
  ['redis-6', { library: 'redis', major: 6 }],
  ['redis-5', { library: '@redis/client', major: 5 }],
];

const strictest: ts.CompilerOptions = {
  strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitOverride: true, noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true, noUnusedParameters: true, noImplicitReturns: true, noFallthroughCasesInSwitch: true, isolatedModules: true, skipLibCheck: true, noEmit: true,
  types: ['node'], lib: ['lib.es2021.d.ts'], target: ts.ScriptTarget.ES2021,
};

/** Modules as projects have them. */
const moduleOptions: [string, ts.CompilerOptions][] = [
  ['bundler', { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
  ['nodenext', { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }],
];

const use = (other: string): string => `import { redis, redisWith, ready, close, duplicate } from './redis-client.js';
export async function name(): Promise<string | null> {
  await ready();
  const own = await duplicate();
  await own.get('x');
  const value: string | null = await (await redis()).get('name');
  const other: string | null = await (await redisWith(${other})).get('name');
  await close();
  return value ?? other;
}
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

for (const [specName, choice] of projects) {
  const spec = specs.find(({ name }) => name === specName);
  if (!spec) throw new Error(`no spec ${specName}`);
  const home = install(spec);

  describe(`${choice.library} ${choice.major}`, () => {
    it.each(moduleOptions)('type-checks in the strictest project with the real declarations (%s)', (_name, modules) => {
      const folder = mkdtempSync(join(home, 'types-'));
      folders.push(folder);
      writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
      writeFileSync(join(folder, 'redis-client.ts'), renderTemplate({ ...choice, language: 'ts', module: 'esm' }));
      writeFileSync(join(folder, 'use.ts'), use(/redis$|client$/.test(choice.library) && choice.library !== 'ioredis' ? "{ url: 'redis://x', database: 2, socket: { tls: true, host: 'x' } }" : "'redis://x', { db: 2, keyPrefix: 'a:' }"));
      const program = ts.createProgram([join(folder, 'use.ts')], { ...strictest, ...modules, typeRoots: [join(home, 'node_modules/@types')] });
      const problems = ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) =>
        `${file?.fileName.slice(folder.length)}:${file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : ''} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
      expect(problems).toEqual([]);
    });

    essentials({ ...choice, language: 'js', module: 'esm' }, home);
    // The newest majors are tried on all of it in the redis project (test/client-template).
    if (['ioredis-5', 'redis-4', 'redis-5'].includes(specName) && choice.library !== '@redis/client') outages({ ...choice, language: 'js', module: 'cjs' }, home);
  });
}
