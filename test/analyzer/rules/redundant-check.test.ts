import { expect, it } from 'vitest';
import { clients, withProject } from '../../support/analyze.ts';
import { applyFixes } from '../../../src/analyzer/fixes/apply.ts';

const rule = 'redundant-check';

/** Of functions in one project: the names of those with a finding. */
async function reported(bodies: Record<string, string>, more = ''): Promise<string[]> {
  const text = Object.entries(bodies).map(([name, body]) => `export async function ${name}(k: string, v: string, ttl: number) {\n${body}\n}`).join('\n');
  return withProject({ 'a.ts': `${clients}${more}\n${text}` }, async (analyzer, root) => {
    const { findings } = await analyzer.check();
    const source = analyzer.text(`${root}/a.ts`) ?? '';
    return findings.filter((finding) => finding.rule === rule).map(({ start }) => [...source.slice(0, start).matchAll(/function (\w+)/g)].at(-1)?.[1] ?? '');
  });
}

/** What the fix makes of a function's body in a project of ioredis 5; undefined where there is none. */
async function fixed(body: string, kind?: string): Promise<string | undefined> {
  const [head, tail] = ["import Redis from 'ioredis'\nconst redis = new Redis()\nexport async function f(k: string, v: string, ttl: number) {\n", '\n}\n'];
  return withProject({ 'package.json': JSON.stringify({ dependencies: { ioredis: '^5' } }), 'a.ts': head + body + tail }, async (analyzer) => {
    const { files } = await applyFixes(analyzer, {}, (finding, fixes) => (finding.rule === rule ? fixes.find((fix) => kind === undefined || fix.kind === kind) : undefined));
    return files[0]?.after.replaceAll('\r\n', '\n').slice(head.length, -tail.length);
  });
}

it('reports a check of what the read says', async () => {
  const bodies = {
    early: "if ((await client.exists(k)) < 1) throw new Error('none');\nreturn client.get(k);",
    chosen: 'const known = Boolean(await redis.exists(k));\nreturn known ? await redis.get(k) : v;',
    and: 'return (await redis.exists(k)) && redis.get(k);',
    chain: 'return redis.exists(k).then((known) => (known ? redis.get(k) : null));',
    field: "if (await redis.hexists(k, 'a' + v)) return redis.hget(k, 'a' + v);\nreturn v;",
  };
  expect(await reported(bodies)).toEqual(Object.keys(bodies));
});

it('keeps quiet about the rest', async () => {
  expect(await reported({
    absent: "if (await redis.exists(k)) return v;\nreturn redis.get(k);",
    made: "if (!(await redis.exists(k))) await fetch(v);\nreturn redis.get(k);",
    polled: 'while (await redis.exists(k)) await fetch(v);\nreturn redis.get(k);',
    waited: 'if (await redis.exists(k)) {\n await fetch(v);\n return redis.get(k);\n}\nreturn v;',
    sometimes: 'const known = await redis.exists(k);\nif (known && ttl > 5) return redis.get(k);\nreturn known;',
    fields: "if (await redis.hexists(k, 'a')) return redis.hget(k, 'b');\nreturn v;",
    whole: 'if (await redis.exists(k)) return redis.hget(k, v);\nreturn v;',
    burst: 'return Promise.all([redis.exists(k), redis.get(k)]);',
    client: 'if (await redis.exists(k)) return client.get(k);\nreturn v;',
  })).toEqual([]);
});

it('leaves helpers alone that do more than read', async () => {
  const more = 'async function load(key: string) {\n const text = await redis.get(key);\n if (text === null) await redis.set(key, "1");\n return text;\n}';
  expect(await reported({ own: 'if (await redis.exists(k)) return load(k);\nreturn v;' }, more)).toEqual([]);
});

it('fixes in the style of the file, and not where it cannot be right', async () => {
  expect(await fixed('\tif (!(await redis.exists(k))) return v\r\n\tconst text = await redis.get(k)\r\n\treturn text')).toBe('\tconst text = await redis.get(k)\n\tif (text === null) return v\n\treturn text');
  // The number goes on; a `let` would be of the narrower type; what throws is caught elsewhere; another part is evaluated first.
  expect(await fixed('const known = await redis.exists(k)\nif (known) return redis.get(k)\nreturn known')).toBeUndefined();
  expect(await fixed('if (await redis.exists(k)) {\nlet text = await redis.get(k)\ntext = null\nreturn text\n}')).toBeUndefined();
  expect(await fixed('try {\nif (await redis.exists(k)) {\nreturn redis.get(k)\n}\n} catch {\nreturn v\n}')).toBeUndefined();
  expect(await fixed('if (await redis.exists(k)) {\nreturn [v.trim(), await redis.get(k)]\n}')).toBeUndefined();
});
