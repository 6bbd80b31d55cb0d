import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseConnectionConfig, resolveSpec } from '../../src/extension/connections/connection-config.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyscope-config-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('parseConnectionConfig', () => {
  it('takes name, address, TLS files and the read-only pin', () => {
    const entry = { name: ' prod ', url: 'rediss://h', readOnly: true, tls: { caFile: '/ca.pem', rejectUnauthorized: false, unknown: 1 }, other: 1 };
    expect(parseConnectionConfig(entry)).toEqual({
      config: { name: 'prod', url: 'rediss://h', readOnly: true, tls: { caFile: '/ca.pem', rejectUnauthorized: false } },
    });
  });
  it('names what has no name after its host', () => expect(parseConnectionConfig({ url: 'redis://u:p@h:1/2' }).config?.name).toBe('h:1'));
  it.each([null, 'redis://h', [], {}, { name: 'x' }, { url: '' }, { url: 1 }, { url: 'redis://h', name: 5 }, { url: 'redis://h', tls: true }])('says what is wrong with %j', (value) => {
    expect(parseConnectionConfig(value).problem).toMatch(/\S/);
  });
  it.each(['redis://:hunter2@h', { url: 'redis://:hunter2@h', tls: true }, { url: ':hunter2@h', name: 1 }, ['redis://:hunter2@h'], { url: ['hunter2'] }])('repeats no password of %j', (value) => {
    expect(parseConnectionConfig(value).problem).toMatch(/\S/);
    expect(parseConnectionConfig(value).problem).not.toContain('hunter2');
  });
});

describe('resolveSpec', () => {
  it('puts together address, credentials, placeholders and certificates', () => {
    const caFile = join(dir, 'ca.pem');
    writeFileSync(caFile, 'PEM');
    const spec = resolveSpec(
      { name: 'p', url: 'redis://${env:H}:7000/1', tls: { caFile: '${env:DIR}/ca.pem', rejectUnauthorized: true } },
      { username: 'bob', password: '${env:PW}' },
      { H: 'cache', PW: 's@cret', DIR: dir },
    );
    expect(spec).toEqual({ name: 'p', host: 'cache', port: 7000, db: 1, username: 'bob', password: 's@cret', tls: { ca: 'PEM', rejectUnauthorized: true } });
  });
  it('says which file is missing', () => {
    expect(() => resolveSpec({ name: 'p', url: 'rediss://h', tls: { caFile: '/nope/ca.pem' } }, {}, {})).toThrow('/nope/ca.pem');
  });
  it('does not send a stored password of nobody', () => {
    expect(resolveSpec({ name: 'p', url: 'redis://h' }, { username: '', password: '' }, {})).toEqual({ name: 'p', host: 'h' });
  });
});
