import { describe, expect, it } from 'vitest';
import { hasPlaceholder, MissingVariable, replacePlaceholders, replacePlaceholdersInUrl } from '../../src/extension/connections/env-placeholders.ts';

const env = { HOST: 'cache.internal', PORT: '6380', PW: 'a:b@c/d#e%f', URL: 'rediss://u:p%40ss@h:1/2', EMPTY: '' };

describe('replacePlaceholders', () => {
  it('puts the value in as it is', () => expect(replacePlaceholders('x${env:PW}y', env)).toBe('xa:b@c/d#e%fy'));
  it.each(['NOPE', 'EMPTY'])('names the variable that is missing: %s', (name) => {
    expect(() => replacePlaceholders(`\${env:${name}}`, env)).toThrow(MissingVariable);
    expect(() => replacePlaceholders(`\${env:${name}}`, env)).toThrow(name);
  });
});

describe('replacePlaceholdersInUrl', () => {
  it('encodes a password, whatever it holds', () => {
    const url = replacePlaceholdersInUrl('redis://:${env:PW}@${env:HOST}:${env:PORT}/0', env);
    expect(url).toBe('redis://:a%3Ab%40c%2Fd%23e%25f@cache.internal:6380/0');
    expect(decodeURIComponent(new URL(url).password)).toBe(env.PW);
  });
  it('takes a whole address as it is', () => expect(replacePlaceholdersInUrl('${env:URL}', env)).toBe(env.URL));
  it('sees whether there is one', () => {
    expect(hasPlaceholder('redis://h')).toBe(false);
    expect(hasPlaceholder('redis://${env:HOST}')).toBe(true);
  });
});
