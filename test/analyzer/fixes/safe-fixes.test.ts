/** Code that a safe fix must not break: it runs on save, and nobody looks. */
import { expect, it } from 'vitest';
import { applyFixes, safeFix } from '../../../src/analyzer/fixes/apply.ts';
import { clients, withProject } from '../../support/analyze.ts';

async function fixed(code: string): Promise<string> {
  return withProject({ 'a.ts': clients + code }, async (analyzer, root) => {
    await applyFixes(analyzer, {}, safeFix);
    return analyzer.text(`${root}/a.ts`)?.slice(clients.length) ?? '';
  }, () => ({ rules: { 'deprecated-command': { severity: 'off', options: undefined } } }));
}

it('keeps the semicolon that guards the next line', async () => {
  const code = "export async function f(k: string) {\n  await redis.set(k, 'v')\n  await redis.expire(k, 60)\n  ;[1, 2].forEach(String)\n}";
  expect(await fixed(code)).toBe("export async function f(k: string) {\n  await redis.set(k, 'v', 'EX', 60)\n  ;[1, 2].forEach(String)\n}");
});

it('gives two lists two names', async () => {
  const code = "export async function f() {\n  const box = await redis.smembers('a');\n  const boxes = await redis.smembers('b');\n  return box.length + boxes.length;\n}";
  const names = [...(await fixed(code)).matchAll(/const (\w+) =/g)].map((match) => match[1]);
  expect(new Set(names).size).toBe(2);
});

it('takes no name that a use would find something else under', async () => {
  const code = "export async function f(log: (...n: number[]) => void) {\n  const jobs = await redis.lrange('q', 0, -1);\n  { const jobCount = 3; log(jobCount, jobs.length); }\n}";
  expect(await fixed(code)).not.toContain('log(jobCount, jobCount)');
});

it.each([
  ['an exported list', "export const tags = await redis.smembers('tags');\nconsole.log(tags.length);"],
  ['a length that is written', "export async function f() {\n  const all = await redis.smembers('a');\n  all.length = 0;\n}"],
  ['a length that is counted down', "export async function f() {\n  const all = await redis.smembers('a');\n  return all.length--;\n}"],
  ['numbers as strings', "const odd = new Redis({ stringNumbers: true });\nexport const f = async () => (await odd.smembers('a')).length === 0;"],
  ['mapped numbers', "const odd = client.withTypeMapping({});\nexport const f = async () => (await odd.sMembers('a')).length + 1;"],
  ['a callback that reads its arguments', "export function f() {\n  redis.smembers('a', function (err, list) { console.log(list?.length, arguments[1]); });\n}"],
  ['bounds with side effects', "export const f = async (i: number) => (await redis.zrevrangebyscore('z', i++, i++)).length;"],
  ['a directive for the compiler', "export async function f(k: string) {\n  await redis.set(k, 'v');\n  // @ts-expect-error not typed\n  await redis.expire(k, 60);\n}"],
])('leaves %s alone', async (_, code) => {
  expect(await fixed(code)).toBe(code);
});
