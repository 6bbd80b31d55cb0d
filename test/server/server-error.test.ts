import { describe, expect, it } from 'vitest';
import { explainConnect, explainReply } from '../../src/server/server-error.ts';

describe('words of a server', () => {
  const hostile = 'ERR \x1b[2J\x1b]0;owned\x07 line\r\n\u202egnp.exe \x00end';

  it('come without what a terminal obeys or an eye is misled by', () => {
    for (const { message } of [explainReply(new Error(hostile), 'GET'), explainConnect(new Error(hostile), 'redis://h:6379', false)]) {
      expect(message).toMatch(/ERR \[2J ]0;owned line gnp\.exe end/);
      expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
  it('come to an end', () => expect(explainReply(new Error(`ERR ${'x'.repeat(1_000_000)}`), 'GET').message.length).toBeLessThan(600));
  it('keep their code', () => {
    expect(explainReply(new Error('WRONGTYPE Operation against a key'), 'GET')).toMatchObject({ kind: 'reply', code: 'WRONGTYPE' });
    expect(explainReply(new Error('MOVED 3999 10.0.0.1:7000'), 'GET')).toMatchObject({ code: 'MOVED', message: 'MOVED 3999 10.0.0.1:7000' });
  });
});
