/** Told by patterns, so that what matters besides what they find is that no text takes them long. */
import { expect, it } from 'vitest';
import { constantMembers } from '../../../src/analyzer/program/constant-members.ts';

it('names members, and more rather than less', () => {
  expect(constantMembers("class A { static readonly one = 'a'; get two() { return 'b'; } } enum B { three, 'four-five' = '}' }")).toEqual(expect.arrayContaining(['one', 'two', 'three', 'four-five']));
  expect(constantMembers('redis.get(key); interface A { id: string }')).toEqual([]);
});

const many = 200_000;
it.each([
  ['comments', `get ${'/* */'.repeat(many)}`],
  ['empty lines', `enum A {${'\n'.repeat(many)}`],
  ['enums without an end', 'enum A {'.repeat(many)],
  ['words alone', 'readonly get enum '.repeat(many / 4)],
  ['unfinished comments', 'get /*'.repeat(many / 8)],
  ['a comment that ends late', `${'get /*'.repeat(many / 8)}*/`],
])('takes no longer for %s', (_what, text) => {
  expect(constantMembers(text).length).toBeLessThan(10);
}, 10_000);
