/** What a count is called; what becomes of the code is executed (test/fixes/range-for-count). */
import { expect, it } from 'vitest';
import { countNames } from '../../../src/analyzer/fixes/count-instead-of-range-uses.ts';

it('names a count after the list, unless that says nothing', () => {
  expect(countNames('followers').slice(0, 2)).toEqual(['followerCount', 'count']);
  expect(countNames('entities')[0]).toBe('entityCount');
  expect(['all', 'result', 'replies', 'x'].map((name) => countNames(name)[0])).toEqual(['count', 'count', 'count', 'count']);
});
