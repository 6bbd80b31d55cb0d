import { describe, expect, it } from 'vitest';
import { complaintAboutUrl, defaultName, hasLiteralPassword, looksLikeAddress, splitCredentials, withoutCredentials } from '../../src/extension/connections/connection-address.ts';

describe('splitCredentials', () => {
  it.each([
    ['rediss://bob:p%40ss@h:6380/3', 'rediss://h:6380/3', { username: 'bob', password: 'p@ss' }],
    ['bob:pw@h', 'redis://h:6379', { username: 'bob', password: 'pw' }],
    ['valkeys://:pw@h/1', 'rediss://h:6379/1', { password: 'pw' }],
    ['unix://bob:pw@/run/r.sock?db=2', 'unix:///run/r.sock?db=2', { username: 'bob', password: 'pw' }],
  ])('takes user and password out of %s', (url, address, credentials) => expect(splitCredentials(url)).toEqual({ url: address, credentials }));

  it.each([
    ['redis://:100%@h', 'redis://h:6379', { password: '100%' }],
    ['redis://u:p@s#w/x?@h:1', 'redis://h:1', { username: 'u', password: 'p@s#w/x?' }],
  ])('takes a password as it was meant out of %s, which is no URL', (url, address, credentials) => expect(splitCredentials(url)).toEqual({ url: address, credentials }));

  it.each(['redis://:${env:PW}@h', 'redis://${env:U}:${env:PW}@h', 'redis://${env:U}@h', '${env:REDIS_URL}', 'redis://${env:HOST}:${env:PORT}'])('leaves the placeholders of %s alone', (url) => {
    expect(splitCredentials(url)).toEqual({ url, credentials: {} });
  });
  it('takes a password in plain text out of an address with placeholders', () => {
    expect(splitCredentials('redis://:p%40ss@${env:HOST}:7000')).toEqual({ url: 'redis://${env:HOST}:7000', credentials: { password: 'p@ss' } });
    expect(splitCredentials('rediss://${env:U}:pw@h')).toEqual({ url: 'rediss://h', credentials: { username: '${env:U}', password: 'pw' } });
  });
  it.each(['http://h', 'redis://h/notadb', 'redis://:pw@h/notadb'])('refuses %s, which is no address', (url) => expect(() => splitCredentials(url)).toThrow(/redis:\/\//));
});

describe('hasLiteralPassword', () => {
  it.each([
    ['redis://:secret@h', true],
    ['redis://bob:secret@h:1/0', true],
    ['bob:secret@h', true],
    ['redis://:a/b@h', true],
    ['redis://:secret@${env:HOST}', true],
    ['redis://:x${env:PW}@h', true],
    ['redis://:${env:PW}@h', false],
    ['redis://${env:U}@h', false],
    ['redis://${env:U}:${env:PW}@h', false],
    ['redis://:${env:PW}${env:MORE}@h', false],
    ['redis://bob@h', false],
    ['redis://h:6379', false],
  ])('%s: %s', (url, expected) => expect(hasLiteralPassword(url)).toBe(expected));
});

describe('withoutCredentials', () => {
  it.each([
    ['redis://bob:hunter2@h:1/2', 'redis://h:1/2'],
    ['bob:hunter2@h', 'redis://h:6379'],
    ['redis://:hunter2%@h', 'redis://h:6379'],
    ['redis://:hunter2/x@h/notadb', 'redis://h/notadb'],
    ['http://u:hunter2@x', 'http://x'],
    ['redis://:hunter2@${env:HOST}', 'redis://${env:HOST}'],
    ['redis://h?password=hunter2', 'redis://h:6379'],
  ])('shows %s as %s', (url, shown) => expect(withoutCredentials(url)).toBe(shown));
});

describe('defaultName', () => {
  it.each([
    ['redis://h', 'h:6379'],
    ['unix:///run/r.sock', '/run/r.sock'],
    ['redis://:${env:PW}@${env:HOST}', 'redis://${env:HOST}'],
    ['http://u:p@x', 'http://x'],
  ])('%s is %s', (url, name) => expect(defaultName(url)).toBe(name));
});

it('takes what is pasted into a list for an address, and what is typed to search it not', () => {
  for (const text of [' redis://h', 'http://h', 'localhost', 'localhost:7791', '10.0.0.1', 'db.example.com/2', ':pw@h', '${env:REDIS_URL}', '[::1]:6379']) expect([text, looksLikeAddress(text)]).toEqual([text, true]);
  for (const text of ['', 'by', 'step', 'address', '.env', 'REDIS_URL', 'In this workspace']) expect([text, looksLikeAddress(text)]).toEqual([text, false]);
});

describe('complaintAboutUrl', () => {
  it('is about the port, too', () => {
    for (const url of ['redis://h:0', 'redis://localhost:22222222']) expect(complaintAboutUrl(url)).toMatch(/port/i);
  });
  it('has none for addresses and placeholders', () => {
    for (const url of ['localhost:6379', '${env:REDIS_URL}', 'redis://${env:U}:${env:PW}@h', 'redis://${env:U}@h']) expect(complaintAboutUrl(url)).toBeUndefined();
  });
  it('never repeats the password', () => expect(complaintAboutUrl('redis://bob:hunter2@h:6379/notadb')).not.toContain('hunter2'));
});
