import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { renderAll } from '../../scripts/client-template/render-all.ts';
import { toCommonJs, withoutTypes } from '../../scripts/client-template/erase-types.ts';
import { hasTemplate, renderTemplate, templateVersion, versionOf, type TemplateChoice } from '../../src/client-template/render.ts';

const folder = resolve(__dirname, '../../src/client-template');

const choices: TemplateChoice[] = ([['ioredis', 5], ['ioredis', 6], ['iovalkey', 0], ['redis', 4], ['redis', 5], ['redis', 6], ['@redis/client', 4], ['@redis/client', 6]] as const)
  .flatMap(([library, major]) => (['ts', 'js'] as const).flatMap((language) => (['esm', 'cjs'] as const).map((module) => ({ library, major, language, module }))));

describe('renderTemplate', () => {
  it('ships the text of the templates as they are', () => {
    expect(readFileSync(`${folder}/rendered.ts`, 'utf8') === renderAll(), 'run tsx scripts/generate-client-template.ts').toBe(true);
    expect(renderTemplate({ library: 'ioredis', major: 6, language: 'ts', module: 'cjs' })).toBe(readFileSync(`${folder}/ioredis.ts`, 'utf8'));
    expect(renderTemplate({ library: 'redis', major: 6, language: 'ts', module: 'esm' })).toBe(readFileSync(`${folder}/node-redis.ts`, 'utf8'));
  });

  it.each(choices)('$library $major in $language, $module: parses, names the library and its own version', (choice) => {
    const text = renderTemplate(choice);
    const fileName = choice.language === 'ts' ? 'a.ts' : 'a.js';
    const { diagnostics } = ts.transpileModule(text, { fileName, reportDiagnostics: true, compilerOptions: { allowJs: true, target: ts.ScriptTarget.ESNext } });
    expect(diagnostics).toEqual([]);
    expect(versionOf(text)).toBe(templateVersion);
    const required = choice.language === 'js' && choice.module === 'cjs';
    expect(text).toContain(required ? `require('${choice.library}')` : `from '${choice.library}'`);
    expect(/^(?:import|export) /m.test(text)).toBe(!required);
    expect(text.split('\n').every((line) => line.length <= 160 && line === line.trimEnd())).toBe(true);
    expect(text).not.toMatch(/\n\n\n/);
  });

  it('keeps comments and blank lines in JavaScript', () => {
    const lines = (language: 'ts' | 'js') => renderTemplate({ library: 'redis', major: 6, language, module: 'esm' }).split('\n').filter((line) => /^\s*(?:\/\/|\/\*|\*)/.test(line));
    const inTypes = [
      "/** Modules and scripts change what a client's methods are: they belong into create(). */",
      '  /** Pending while somebody is waiting for the connection: all who ask wait for the same. */',
    ];
    expect(lines('js')).toEqual(lines('ts').filter((line) => !inTypes.includes(line)).map((line) => line.replace("'./redis-client'", "'./redis-client.js'")));
  });

  it('speaks node-redis 4 where that is asked for', () => {
    const text = renderTemplate({ library: 'redis', major: 4, language: 'ts', module: 'esm' });
    expect(text).toContain('keepAlive: KEEP_ALIVE_MS,');
    expect(text.match(/await client\.disconnect\(\);/g)).toHaveLength(2);
    expect(text).not.toMatch(/keepAliveInitialDelay|destroy\(\)/);
  });

  it('says what to do where the client is too old', () => {
    expect(hasTemplate('redis', 3)).toBe(false);
    expect(() => renderTemplate({ library: 'redis', major: 3, language: 'js', module: 'cjs' })).toThrow(/needs redis 4 or newer; this project has 3\. Upgrade/);
    expect(() => renderTemplate({ library: 'ioredis', major: 4, language: 'ts', module: 'esm' })).toThrow(/ioredis 5/);
  });
});

describe('versionOf', () => {
  it.each([
    ['// keyscope shared client v1 (ioredis)\n', 1],
    ["'use strict';\n// keyscope shared client v12 (node-redis)\n", 12],
    ['// shared client\n', undefined],
    [`${'\n'.repeat(600)}// keyscope shared client v1`, undefined],
  ])('%j is %s', (text, version) => {
    expect(versionOf(text)).toBe(version);
  });
});

describe('erasing types', () => {
  it('takes out annotations, assertions, interfaces and type arguments, and nothing else', () => {
    const text = "/** A. */\ninterface A {\n  a: string;\n}\n\n// kept\nexport async function f<T>(a: T, b?: number): Promise<T> {\n  const m = new Map<string, T>(); // (x): y\n  return m.get('a') as unknown as T;\n}\n";
    expect(withoutTypes(text)).toBe("// kept\nexport async function f(a, b?) {\n  const m = new Map(); // (x): y\n  return m.get('a');\n}\n".replace('b?', 'b'));
  });

  it('refuses what would not be JavaScript', () => {
    expect(() => withoutTypes('enum A { B }\n')).toThrow(/Not JavaScript/);
    expect(() => withoutTypes("import type { A } from 'a';\n")).toThrow();
  });

  it('turns exports into module.exports', () => {
    expect(toCommonJs("import { a } from 'm';\nexport function f() {}\nexport async function g() {}\n")).toBe("const { a } = require('m');\nfunction f() {}\nasync function g() {}\n\nmodule.exports = { f, g };\n");
  });
});
