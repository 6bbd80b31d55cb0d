import { describe, expect, it } from 'vitest';
import { addressOf, connectionSetting, parseStartOptions } from '../../scripts/lib/start-options.ts';
import { resolveSpec } from '../../src/extension/connections/connection-config.ts';
import { parseRedisUrl } from '../../src/server/connection-spec.ts';

describe('parseStartOptions', () => {
  it('knows three options and refuses others', () => {
    expect(parseStartOptions([])).toEqual({ server: undefined, open: true, help: false });
    expect(parseStartOptions(['--url', 'rediss://u:p@h:1/2', '--no-open'])).toEqual({ server: { username: 'u', password: 'p', host: 'h', port: 1, db: 2, tls: {} }, open: false, help: false });
    expect(() => parseStartOptions(['--opne'])).toThrow('--opne');
    expect(() => parseStartOptions(['extra'])).toThrow('extra');
  });

  it.each([
    ['valkey://h', { host: 'h' }],
    ['valkeys://h:7000', { host: 'h', port: 7000, tls: {} }],
    ['redis://h?db=3', { host: 'h', db: 3 }],
    ['unix:///run/redis.sock?db=3', { path: '/run/redis.sock', db: 3 }],
    ['unix://u:p@/run/redis.sock', { path: '/run/redis.sock', username: 'u', password: 'p' }],
    ['h:6380', { host: 'h', port: 6380 }],
    ['localhost:7791', { host: 'localhost', port: 7791 }],
  ])('takes %s, as the extension does', (url, server) => expect(parseStartOptions(['--url', url]).server).toEqual(server));

  it.each([
    ['http://user:secret@h', /^--url: .*Type redis:\/\/host:6379/],
    ['redis://:secret100%@h', /^--url: .*Write % itself as %25/],
    ['redis://h/secret', /^--url: .*number of a database/],
    ['redis://:sec#ret@h', /^--url: .*%23/],
    ['', /^--url: .*empty/],
    ['redis://h:0', /^--url: Port 0/],
    ['redis://localhost:22222222', /^--url: The port of the address/],
  ])('says of %s in one line what to type instead, without repeating a password', (url, advice) => {
    expect(() => parseStartOptions(['--url', url])).toThrow(advice);
    if (!url.endsWith('/secret')) expect(() => parseStartOptions(['--url', url])).not.toThrow('secret');
    expect(() => parseStartOptions(['--url', url])).not.toThrow('\n');
  });
});

describe('the connection of the window', () => {
  it('shows an address without its secrets, with its database', () => {
    expect(addressOf(parseRedisUrl('redis://user:secret@h:6380/3?x=secret'))).toBe('redis://h:6380/3');
    expect(addressOf(parseRedisUrl('redis://127.0.0.1:1?db=3'))).toBe('redis://127.0.0.1:1/3');
    expect(addressOf(parseRedisUrl('unix://u:secret@/run/r.sock?db=3'))).toBe('unix:///run/r.sock?db=3');
  });

  it('passes user and password by the environment, decoded', () => {
    expect(connectionSetting('h', parseRedisUrl('rediss://us%40er:p%2Fw%C3%A9@h:6380/3'), true)).toEqual({
      setting: { name: 'h', url: 'rediss://${env:KEYSCOPE_START_USER}:${env:KEYSCOPE_START_PASSWORD}@h:6380/3', autoConnect: true, readOnly: true },
      env: { KEYSCOPE_START_USER: 'us@er', KEYSCOPE_START_PASSWORD: 'p/wé' },
    });
    expect(connectionSetting('h', parseRedisUrl('redis://:pw@h'), false)).toEqual({
      setting: { name: 'h', url: 'redis://:${env:KEYSCOPE_START_PASSWORD}@h:6379', autoConnect: true },
      env: { KEYSCOPE_START_PASSWORD: 'pw' },
    });
    expect(connectionSetting('h', parseRedisUrl('redis://h'), false)).toEqual({ setting: { name: 'h', url: 'redis://h:6379', autoConnect: true }, env: {} });
  });

  it.each(['redis://h?db=3', 'rediss://u:p%40%25@h:1/2', 'valkeys://:p@h', 'unix://u:p%2F@/run/r.sock?db=1', 'redis://[::1]:7000', 'redis://u@h'])('leads the window to where %s leads', (url) => {
    const { setting, env } = connectionSetting('n', parseRedisUrl(url), true);
    expect(resolveSpec(setting, {}, env)).toEqual(withPort(resolveSpec({ name: 'n', url }, {}, {})));
  });
});

/** The default port is written out on the way. */
function withPort(spec: object): object {
  return 'path' in spec ? spec : { port: 6379, ...spec };
}
