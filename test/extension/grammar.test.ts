import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import type { IGrammar } from 'vscode-textmate';

const root = resolve(import.meta.dirname, '../..');
const file = join(root, 'syntaxes/redis.tmLanguage.json');
let grammar: IGrammar;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await loadWASM(readFileSync(wasm));
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: () => Promise.resolve(parseRawGrammar(readFileSync(file, 'utf8'), file)),
  });
  const loaded = await registry.loadGrammar('source.redis');
  if (loaded === null) throw new Error('The grammar does not load.');
  grammar = loaded;
});

/** `text → innermost scope` of each token that is more than white space. */
function tokens(line: string): string[] {
  return grammar
    .tokenizeLine(line, INITIAL)
    .tokens.map(({ startIndex, endIndex, scopes }) => [line.slice(startIndex, endIndex).trim(), scopes.at(-1)?.replace(/\.redis$/, '')] as const)
    .filter(([text]) => text !== '')
    .map(([text, scope]) => `${text} → ${scope}`);
}

describe('syntaxes/redis.tmLanguage.json', () => {
  it('tells command, key, value and option apart', () => {
    expect(tokens('SET user:1 "Ada \\x41\\n" EX 3600 NX')).toEqual([
      'SET → keyword.other.command',
      'user:1 → string.unquoted.argument',
      '" → string.quoted.double',
      'Ada → string.quoted.double',
      '\\x41 → constant.character.escape',
      '\\n → constant.character.escape',
      '" → string.quoted.double',
      'EX → storage.modifier.option',
      '3600 → constant.numeric',
      'NX → storage.modifier.option',
    ]);
  });
  it('knows subcommands, in any case, and those of modules', () => {
    expect(tokens('config get maxmemory*').slice(0, 2)).toEqual(['config → keyword.other.command', 'get → keyword.other.subcommand']);
    expect(tokens('JSON.SET doc $ 1')[0]).toBe('JSON.SET → keyword.other.command');
    expect(tokens('MEMORY USAGE k')[1]).toBe('USAGE → keyword.other.subcommand');
  });
  it('takes a word for an option only where it stands alone', () => {
    expect(tokens('GET count')[1]).toBe('count → storage.modifier.option');
    expect(tokens('GET count:1')[1]).toBe('count:1 → string.unquoted.argument');
    expect(tokens('SET ex 1')[0]).toBe('SET → keyword.other.command');
  });
  it('knows ends of ranges', () => {
    expect(tokens('ZRANGEBYSCORE z -inf (5').slice(2)).toEqual(['-inf → constant.language.range', '(5 → constant.language.range']);
    expect(tokens('XRANGE s - +').slice(2)).toEqual(['- → constant.language.range', '+ → constant.language.range']);
  });
  it('takes a line that begins with # for a comment, and no other #', () => {
    expect(tokens('  # SET a b').at(-1)).toBe('SET a b → comment.line.number-sign');
    expect(tokens('SET a #b').at(-1)).toBe('#b → string.unquoted.argument');
  });
  it('ends a string that is not closed with its line', () => {
    const { ruleStack } = grammar.tokenizeLine('SET a "open', INITIAL);
    const next = grammar.tokenizeLine('GET b', ruleStack).tokens;
    expect(next[0]?.scopes.at(-1)).toBe('keyword.other.command.redis');
  });
});
