/** Commands of modules, which node-redis spells in two words: `client.ft.search`. */
import { expect, it } from 'vitest';
import { withProject } from '../support/analyze.ts';

it('are seen by their module, also where the second word alone is no command', async () => {
  const code = `import { createClient } from 'redis';
const client = createClient();
client.json.get('a'); client.json.arrAppend('b', '$', 1); client.ft.search('i', '*'); client.bf.add('c', 'x'); client.ts.add('d', '*', 1); client.multi().topK.add('e', 'x');
new Set([1]).add(2); ({ ft: new Set([1]) }).ft.add(2);`;
  const { calls } = await withProject({ 'a.ts': code }, (analyzer) => analyzer.calls());
  expect(calls.filter(({ command }) => !/^@|^MULTI/.test(command)).map(({ command, receiver, keyPattern }) => `${command} ${receiver} ${keyPattern}`))
    .toEqual(['JSON.GET client a', 'JSON.ARRAPPEND client b', 'FT.SEARCH client null', 'BF.ADD client c', 'TS.ADD client d', 'TOPK.ADD multi e']);
});
