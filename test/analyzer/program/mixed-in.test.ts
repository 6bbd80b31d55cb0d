/** Which modules a file puts on a prototype, read off its text. */
import { expect, it } from 'vitest';
import { mixedInSpecifiers } from '../../../src/analyzer/program/mixed-in.ts';

it.each<[text: string, expected: string[]]>([
  ["Store.prototype.load = require('./load');", ['./load']],
  ["Store.prototype.load = require('./load').load;\nStore.prototype.save = require('./save');", ['./load', './save']],
  ["Object.assign(\n  Store.prototype,\n  require('./a'),\n  require('../b'),\n);", ['./a', '../b']],
  ["const a = require('./a'), b = require('./b');\nObject.assign(Store.prototype, a);", ['./a']],
  ["var load = require('./load');\nStore.prototype.load = load;", ['./load']],
  ["require('./getters')(Queue);", ['./getters']],
  ["const a = require('./a');\nStore.prototype.load = function () { return a.load(); };", []],
  ["Object.assign(Store.prototype, require('events'));", []],
  ["require('./routes')(app);", []],
])('%s', (text, expected) => {
  expect(mixedInSpecifiers('/a.js', text)).toEqual(expected);
});

it('of JavaScript alone', () => {
  expect(mixedInSpecifiers('/a.ts', "Object.assign(Store.prototype, require('./a'));")).toEqual([]);
});

it('takes the time of reading', () => {
  const text = `${".prototype, require('".repeat(40_000)}${'x = require("./'.repeat(20_000)}`;
  const start = performance.now();
  mixedInSpecifiers('/a.js', text);
  expect(performance.now() - start).toBeLessThan(5000);
});
