import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { complaintAboutUrl, defaultName, hasLiteralPassword, parseConnectionConfig, resolveSpec, splitCredentials } from '../../src/extension/connections/connection-config.ts';

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
});

describe('splitCredentials', () => {
  it('takes user and password out of the address', () => {
    expect(splitCredentials('rediss://bob:p%40ss@h:6380/3')).toEqual({ url: 'rediss://h:6380/3', credentials: { username: 'bob', password: 'p@ss' } });
  });
  it('leaves an address with placeholders alone', () => {
    expect(splitCredentials('redis://:${env:PW}@h')).toEqual({ url: 'redis://:${env:PW}@h', credentials: {} });
  });
  it('refuses what is no address', () => expect(() => splitCredentials('http://h')).toThrow(/redis:\/\//));
});

describe('hasLiteralPassword', () => {
  it.each([
    ['redis://:secret@h', true],
    ['redis://bob:secret@h:1/0', true],
    ['redis://:${env:PW}@h', false],
    ['redis://bob@h', false],
    ['redis://h:6379', false],
  ])('%s: %s', (url, expected) => expect(hasLiteralPassword(url)).toBe(expected));
});

describe('defaultName', () => {
  it.each([
    ['redis://h', 'h:6379'],
    ['unix:///run/r.sock', '/run/r.sock'],
    ['redis://:${env:PW}@${env:HOST}', 'redis://${env:HOST}'],
    ['http://u:p@x', 'http://x'],
  ])('%s is %s', (url, name) => expect(defaultName(url)).toBe(name));
});

describe('complaintAboutUrl', () => {
  it('has none for addresses and placeholders', () => {
    expect(complaintAboutUrl('localhost:6379')).toBeUndefined();
    expect(complaintAboutUrl('${env:REDIS_URL}')).toBeUndefined();
  });
  it('never repeats the password', () => expect(complaintAboutUrl('redis://bob:hunter2@h:6379/notadb')).not.toContain('hunter2'));
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
