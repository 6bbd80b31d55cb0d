/** Rules, pages, tests and proofs hold each other: nothing goes stale silently. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ruleIds, rules } from '../../src/analyzer/rules/index.ts';

const sections = ['Before and after', 'Must not fire', 'When not to use it', 'Options', 'Sources'];
/** What only ioredis has: nothing is found, and so nothing fixed, in the other dialect. */
const ofIoredis = new Set(['bullmq-connection']);
const kinds = { safe: 'safe', suggest: 'suggestion', scaffold: 'scaffold' } as const;

it('lists each rule once, in one order', () => {
  expect(rules.map((rule) => rule.meta.id)).toEqual([...ruleIds]);
});

it('has no page without a rule', () => {
  const pages = readdirSync('docs/rules').filter((name) => name !== 'README.md').map((name) => name.replace('.md', ''));
  expect(pages.filter((page) => !(ruleIds as readonly string[]).includes(page) && page !== 'unused-suppression')).toEqual([]);
});

describe.each(rules.map((rule) => rule.meta))('$id', ({ id, fix }) => {
  it('has a page with every section, in both dialects, that says the cost and what kind of fix there is', () => {
    const page = readFileSync(`docs/rules/${id}.md`, 'utf8');
    expect(page.startsWith(`# ${id}\n`)).toBe(true);
    for (const section of sections) expect(page).toContain(`\n## ${section}\n`);
    expect(page).toContain('**What it costs.**');
    expect(page).toMatch(/^ioredis/m);
    expect(page).toMatch(/^node-redis/m);
    if (fix !== 'none') expect(page).toMatch(new RegExp(`\\*\\*The fix is an? ${kinds[fix]}\\*\\*|\\*\\*The fix is ${kinds[fix]}\\*\\*`));
  });

  it('has labelled cases or tests of its own', () => {
    expect(existsSync(`test/cases/${id}`) || existsSync(`test/analyzer/rules/${id}.test.ts`)).toBe(true);
  });

  it.runIf(fix === 'safe' || fix === 'suggest')('has fixes proven by execution, in both dialects', () => {
    const proofs = readdirSync(`test/fixes/${id}`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const libraries = proofs.flatMap(({ name }) => JSON.stringify(JSON.parse(readFileSync(`test/fixes/${id}/${name}/case.json`, 'utf8'))));
    expect(libraries.some((text) => text.includes('ioredis@'))).toBe(true);
    expect(libraries.some((text) => /"redis@/.test(text))).toBe(!ofIoredis.has(id));
  });
});
