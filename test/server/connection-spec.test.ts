import { describe, expect, it } from 'vitest';
import { checkSpec, describeSpec, parseRedisUrl } from '../../src/server/connection-spec.ts';
import { ServerError } from '../../src/server/server-error.ts';

const problem = (run: () => unknown): ServerError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ServerError) return error;
  }
  throw new Error('no ServerError');
};

describe('parseRedisUrl', () => {
  it.each([
    ['redis://localhost', { host: 'localhost' }],
    ['localhost:6380', { host: 'localhost', port: 6380 }],
    ['10.0.0.1', { host: '10.0.0.1' }],
    ['rediss://app:p%40ss%3A@db.example.com:6390/2', { host: 'db.example.com', port: 6390, username: 'app', password: 'p@ss:', db: 2, tls: {} }],
    ['redis://:secret@[::1]:7000', { host: '::1', port: 7000, password: 'secret' }],
    ['unix:///run/redis.sock?db=3', { path: '/run/redis.sock', db: 3 }],
    ['unix://bob:p%40ss@/run/redis.sock', { path: '/run/redis.sock', username: 'bob', password: 'p@ss' }],
    ['valkey://h/2', { host: 'h', db: 2 }],
    ['valkeys://h', { host: 'h', tls: {} }],
    ['redis://h:1/?db=4', { host: 'h', port: 1, db: 4 }],
    ['  redis://h/  ', { host: 'h' }],
    ['redis:6379/1', { host: 'redis', port: 6379, db: 1 }],
    ['redis:pw@h', { host: 'h', username: 'redis', password: 'pw' }],
  ])('%s', (url, spec) => expect(parseRedisUrl(url)).toEqual(spec));

  it.each(['', 'http://localhost:80', 'redis://h:99999', 'redis://h/abc', 'redis://u:p@s#w@h', 'redis://u:%zz@h'])('refuses %s and says why', (url) => {
    expect(problem(() => parseRedisUrl(url))).toMatchObject({ kind: 'invalid-spec' });
  });
  it.each([
    ['redis://:100%@h', /Write % itself as %25/],
    ['redis://:a/b@h', /%2F/],
    ['redis://u/pass@h', /\/ before its @.*%2F/],
    ['redis://u:1?x@h', /\? before its @.*%3F/],
    ['redis://evil?x@h:6379', /\? before its @/],
    ['redis://h%zz', /host .*%25/],
    ['unix://run/redis.sock', /begins with \/, as in unix:\/\/\//],
    ['redis://localhost:22222222', /^The port .*1 to 65535, as in redis:\/\/localhost:6379\.$/],
    ['localhost:port', /^The port .*1 to 65535/],
    ['redis://u:p@h:99999', /^The port of the address is not a number from 1 to 65535, as in redis:\/\/localhost:6379\.$/],
    ['redis://:hunter2', /no host/],
    ['redis://bob:hunter2', /^The port .*@ and the host come behind it/],
    ['redis://fe80::1:6379', /IPv6 .*brackets/],
    ['redis://[::zz]', /brackets is no IPv6/],
    ['redis://my host:6379', /^The host has a character/],
    ['redis:localhost', /two slashes, as in redis:\/\/localhost/],
    ['redis://h?db=two', /\?db=.*found “two”/],
    ['redis://h/two', /path .*found “two”/],
    ['http://h', /Type redis:\/\/host:6379, rediss:\/\//],
  ])('says of %s what to type instead', (url, advice) => expect(problem(() => parseRedisUrl(url)).message).toMatch(advice));
  it('never repeats a password', () => {
    for (const url of ['redis://u:1/hunter2@h', 'redis://u:1?hunter2@h', 'redis://:hunter2%@h', 'redis://u:1#hunter2@h', 'redis://u:hunter2', 'redis://:hunter2', 'redis://:12345678', 'u:hunter2', 'unix://u:hunter2@run/x']) {
      expect(problem(() => parseRedisUrl(url)).message).not.toContain('hunter2');
    }
    expect(problem(() => parseRedisUrl('redis://u:hunter2@s#w@h')).message).not.toContain('hunter2');
    expect(describeSpec({ username: 'u', password: 'hunter2', host: 'h', db: 3, tls: {} })).toBe('rediss://u@h:6379/3');
    expect(describeSpec({ path: '/run/r.sock' })).toBe('unix:///run/r.sock');
    expect(describeSpec({ host: '::1' })).toBe('redis://[::1]:6379');
    for (const path of ['/run/a b?c#d%e.sock', '/run/ü@x.sock']) expect(parseRedisUrl(describeSpec({ path, db: 2 }))).toEqual({ path, db: 2 });
  });
});

it('checks what no socket would take', () => {
  for (const spec of [{ port: 0 }, { port: 70_000 }, { db: -1 }, { host: 'a b' }, { host: 'redis://h' }, { host: 'h\0' }]) expect(problem(() => checkSpec(spec)).kind).toBe('invalid-spec');
  expect(() => checkSpec({ host: 'h', port: 1, db: 15 })).not.toThrow();
});
