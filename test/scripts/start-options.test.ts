import { describe, expect, it } from 'vitest';
import { connectionSetting, parseStartOptions, withoutCredentials } from '../../scripts/lib/start-options.ts';

describe('parseStartOptions', () => {
  it('knows three options and refuses others', () => {
    expect(parseStartOptions([])).toEqual({ url: undefined, open: true, help: false });
    expect(parseStartOptions(['--url', 'rediss://u:p@h:1/2', '--no-open'])).toEqual({ url: 'rediss://u:p@h:1/2', open: false, help: false });
    expect(() => parseStartOptions(['--opne'])).toThrow('--opne');
    expect(() => parseStartOptions(['extra'])).toThrow('extra');
  });

  it.each(['http://h', 'h:6379', 'redis://', 'http://user:secret@h'])('refuses %s without repeating it', (url) => {
    expect(() => parseStartOptions(['--url', url])).toThrow('--url needs an address like redis://');
    expect(() => parseStartOptions(['--url', url])).not.toThrow('secret');
  });
});

describe('the connection of the window', () => {
  it('shows an address without its secrets', () => {
    expect(withoutCredentials('redis://user:secret@h:6380/3?x=secret#y')).toBe('redis://h:6380/3');
    expect(withoutCredentials('redis://127.0.0.1:1')).toBe('redis://127.0.0.1:1');
  });

  it('passes user and password by the environment, decoded', () => {
    expect(connectionSetting('h', 'rediss://us%40er:p%2Fw%C3%A9@h:6380/3', true)).toEqual({
      setting: { name: 'h', url: 'rediss://${env:KEYSCOPE_START_USER}:${env:KEYSCOPE_START_PASSWORD}@h:6380/3', autoConnect: true, readOnly: true },
      env: { KEYSCOPE_START_USER: 'us@er', KEYSCOPE_START_PASSWORD: 'p/wé' },
    });
    expect(connectionSetting('h', 'redis://:pw@h', false)).toEqual({ setting: { name: 'h', url: 'redis://:${env:KEYSCOPE_START_PASSWORD}@h', autoConnect: true }, env: { KEYSCOPE_START_PASSWORD: 'pw' } });
    expect(connectionSetting('h', 'redis://h', false)).toEqual({ setting: { name: 'h', url: 'redis://h', autoConnect: true }, env: {} });
  });
});
