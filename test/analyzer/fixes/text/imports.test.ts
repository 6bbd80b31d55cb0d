import { describe, expect, it } from 'vitest';
import { addImport } from '../../../../src/analyzer/fixes/text/imports.ts';
import type { ImportRequest } from '../../../../src/analyzer/fixes/text/imports.ts';
import { edited, parse } from './parse.ts';

function added(text: string, request: ImportRequest, file?: string): string {
  const { edits } = addImport(parse(text, file).sourceFile, request);
  return edited(text, edits);
}
const nameOf = (text: string, request: ImportRequest, file?: string) => addImport(parse(text, file).sourceFile, request).name;

describe('addImport, ECMAScript modules', () => {
  it('adds to the names that are imported from there', () => {
    expect(added("import { Redis } from 'ioredis';\n", { from: 'ioredis', name: 'Cluster' })).toBe("import { Redis, Cluster } from 'ioredis';\n");
    expect(added("import {\n  Redis,\n} from 'ioredis';\n", { from: 'ioredis', name: 'Cluster' })).toBe("import {\n  Redis, Cluster,\n} from 'ioredis';\n");
  });

  it('uses what is there, under the name it has', () => {
    const text = "import Client, { Cluster as Nodes } from 'ioredis';\n";
    expect(nameOf(text, { from: 'ioredis', name: 'Cluster' })).toBe('Nodes');
    expect(nameOf(text, { from: 'ioredis', name: 'default', as: 'Redis' })).toBe('Client');
    expect(added(text, { from: 'ioredis', name: 'Cluster' })).toBe(text);
  });

  it('does not take a type import for a value, nor clash with its name', () => {
    const text = "import type { Cluster } from 'ioredis';\nlet c: Cluster;\n";
    expect(added(text, { from: 'ioredis', name: 'Cluster', typeOnly: true })).toBe(text);
    expect(added(text, { from: 'ioredis', name: 'Cluster' })).toBe("import type { Cluster } from 'ioredis';\nimport { Cluster as Cluster2 } from 'ioredis';\nlet c: Cluster;\n");
  });

  it('adds a statement after the last import in the file\'s quotes and line ends', () => {
    const text = 'import a from "a" // first\r\nimport b from "b" // last\r\n\r\na(b)\r\n';
    expect(added(text, { from: 'node:events', name: 'once' })).toBe('import a from "a" // first\r\nimport b from "b" // last\r\nimport { once } from "node:events"\r\n\r\na(b)\r\n');
    expect(added("import a from 'a';\n", { from: 'redis', name: 'RedisClientType', typeOnly: true })).toBe("import a from 'a';\nimport type { RedisClientType } from 'redis';\n");
  });

  it('stands below a shebang, directives and the opening comment', () => {
    expect(added("#!/usr/bin/env node\nf();\n", { from: 'a', name: 'a' }, '/x/a.mjs')).toBe("#!/usr/bin/env node\nimport { a } from 'a';\nf();\n");
    expect(added("'use client';\nf();\n", { from: 'a', name: 'a' })).toBe("'use client';\nimport { a } from 'a';\nf();\n");
    expect(added('/* licence */\n\nexport const b = 1;\n', { from: 'a', name: 'a' })).toBe("/* licence */\nimport { a } from 'a';\n\nexport const b = 1;\n");
    expect(added('/** of b */\nexport const b = 1;\n', { from: 'a', name: 'a' })).toBe("import { a } from 'a';\n/** of b */\nexport const b = 1;\n");
  });

  it('writes relative paths with the extension of the others', () => {
    const request = { from: '/app/src/redis/shared.ts', name: 'shared' };
    expect(added("import { a } from './a.js';\n", request, '/app/src/web/b.ts')).toContain("from '../redis/shared.js';");
    expect(added("import { a } from './a.ts';\n", request, '/app/src/b.ts')).toContain("from './redis/shared.ts';");
    expect(added("import { a } from './a';\n", { ...request, from: '/app/src/redis/index.ts' }, '/app/src/b.ts')).toContain("from './redis';");
    expect(added('', request, '/app/src/b.mts')).toBe("import { shared } from './redis/shared.js';\n");
  });

  it('imports no type in JavaScript', () => {
    expect(addImport(parse('export const a = 1', '/a.js').sourceFile, { from: 'ioredis', name: 'Redis', typeOnly: true }).edits).toEqual([]);
  });
});

describe('addImport, CommonJS', () => {
  const text = "'use strict';\nconst { Redis } = require('ioredis');\n\nmodule.exports = {};\n";

  it('adds to the names taken from there, or another require', () => {
    expect(added(text, { from: 'ioredis', name: 'Cluster' }, '/a.js')).toBe("'use strict';\nconst { Redis, Cluster } = require('ioredis');\n\nmodule.exports = {};\n");
    expect(added(text, { from: 'redis', name: 'createClient' }, '/a.js')).toContain("require('ioredis');\nconst { createClient } = require('redis');\n");
    expect(added(text, { from: 'redis', name: 'default', as: 'redis' }, '/a.js')).toContain("\nconst redis = require('redis');\n");
  });

  it('uses what is there', () => {
    expect(nameOf(text, { from: 'ioredis', name: 'Redis' }, '/a.js')).toBe('Redis');
    expect(nameOf("const IORedis = require('ioredis');", { from: 'ioredis', name: 'default', as: 'Redis' }, '/a.cjs')).toBe('IORedis');
  });
});
