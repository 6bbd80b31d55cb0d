/** All fixes of one rule, where two findings stand in one scope: what the second is given is made after the first, so that no name is declared twice. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../../src/analyzer/fixes/apply.ts';
import { withProject } from '../../support/analyze.ts';

const head = `import Redis from 'ioredis';
import { createClient } from 'redis';
const redis = new Redis();
const client = createClient();
declare const log: (...all: unknown[]) => void;
`;

/** Each piece once for each half of a function: `$` stands for what tells them apart. */
const pieces: [rule: string, name: string, piece: string][] = [
  ['no-keys', 'ioredis', "const keys$ = await redis.keys('a$:*');\nlog(keys$);"],
  ['no-keys', 'node-redis', "const keys$ = await client.keys('a$:*');\nlog(keys$);"],
  ['no-keys', 'a loop', "for (const key of await redis.keys('a$:*')) log(key);"],
  ['no-command-in-loop', 'writes, ioredis', "for (const id of ids) {\n  await redis.set(`a$:${id}`, '1', 'EX', 60);\n}"],
  ['no-command-in-loop', 'writes, node-redis', "for (const id of ids) {\n  await client.set(`a$:${id}`, '1', { EX: 60 });\n}"],
  ['no-command-in-loop', 'reads, ioredis', 'for (const id of ids) {\n  const value = await redis.get(`a$:${id}`);\n  if (value) log(value);\n}'],
  ['no-command-in-loop', 'reads, node-redis', 'for (const id of ids) {\n  const value = await client.hGetAll(`a$:${id}`);\n  log(id, value);\n}'],
  ['sequential-commands', 'ioredis', "const x$ = await redis.get('a$:x');\nconst y$ = await redis.get('a$:y');\nconst z$ = await redis.hgetall('a$:z');\nlog(x$, y$, z$);"],
  ['sequential-commands', 'node-redis', "const x$ = await client.get('a$:x');\nconst y$ = await client.get('a$:y');\nconst z$ = await client.hGetAll('a$:z');\nlog(x$, y$, z$);"],
  ['repeated-read', 'ioredis', "if (await redis.get('a$')) log(await redis.get('a$'));"],
  ['unchecked-pipeline', 'ioredis', "await redis.pipeline().set('a$', '1').set('b$', '1').exec();"],
  ['rebuild-gap', 'ioredis', "await redis.del('a$');\nawait redis.sadd('a$', ...ids);"],
  ['set-then-expire', 'ioredis', "await redis.hset('a$', { x: 1 });\nawait redis.expire('a$', 60);"],
  ['incr-then-expire', 'ioredis', "const n$ = await redis.incr('a$');\nif (n$ === 1) await redis.expire('a$', 60);\nlog(n$);"],
  ['unbounded-variadic', 'ioredis', "const members$ = await redis.smembers('a$');\nawait redis.del(...members$);"],
  ['unbounded-read', 'ioredis', "const all$ = await redis.smembers('a$');\nlog(all$);"],
  ['read-then-delete', 'ioredis', "const otp$ = await redis.get(`otp$:${ids.length}`);\nawait redis.del(`otp$:${ids.length}`);\nlog(otp$);"],
  ['scan-misuse', 'ioredis', "const [, page$] = await redis.scan('0', 'MATCH', 'a$:*');\nlog(page$);"],
  ['unbounded-growth', 'ioredis', "await redis.lpush('log$', JSON.stringify(ids));"],
];

describe.each(pieces)('%s, %s', (rule, _, piece) => {
  it('declares each name once', async () => {
    const text = `${head}export async function f(ids: string[]) {\n${['1', '2'].map((half) => piece.replaceAll('$:', `${half}:`).replace(/\$(?!\{)/g, half)).join('\n')}\n}\n`;
    await withProject({ 'a.ts': text }, async (analyzer) => {
      const { findings } = await analyzer.check();
      const own = findings.filter((finding) => finding.rule === rule);
      const ids = new Set(own.flatMap((finding) => analyzer.fixes(finding).map(({ id }) => id)));
      expect(own.length).toBeGreaterThan(1);
      expect(ids.size).toBeGreaterThan(0);
      for (const id of ids) {
        const outcome = await applyFixes(analyzer, {}, (finding, fixes) => (finding.rule === rule ? fixes.find((fix) => fix.id === id) : undefined));
        expect(outcome.applied.length, id).toBeGreaterThan(0);
        expect(outcome.refused).toEqual([]);
        for (const { file, after } of outcome.files) {
          expect(duplicates(after), `${id}\n${after}`).toEqual([]);
          analyzer.setText(file, undefined);
        }
      }
    });
  });
});

/** What the compiler says of names: declared twice, used before they are declared, or not at all. */
function duplicates(text: string): string[] {
  const file = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ESNext, true);
  const program = ts.createProgram(['a.ts'], { noResolve: true, noLib: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext }, {
    ...ts.createCompilerHost({}), getSourceFile: (name) => (name === 'a.ts' ? file : undefined), fileExists: (name) => name === 'a.ts', readFile: () => text,
  });
  const globals = /'(?:Set|Map|Promise|JSON|Array|Error|Object|console|Math|Number|String|Symbol)'/;
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    .filter(({ code, messageText }) => code < 2000 || [2300, 2448, 2451].includes(code) || (code === 2304 && !globals.test(String(messageText))))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
