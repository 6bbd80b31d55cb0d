import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bindingOf, whatChanged } from '../../src/extension/connections/connection-binding.ts';
import type { ConnectionConfig } from '../../src/extension/connections/connection-config.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyscope-binding-'));
afterAll(() => rmSync(dir, { recursive: true }));
const caFile = join(dir, 'ca.pem');
writeFileSync(caFile, 'ours');

/** As it comes back from where it is kept. */
const kept = (config: Partial<ConnectionConfig>): unknown => JSON.parse(JSON.stringify(bindingOf({ name: 'n', url: 'rediss://h', ...config })));
const changed = (from: Partial<ConnectionConfig>, to: Partial<ConnectionConfig>): string | undefined => whatChanged(kept(from), bindingOf({ name: 'n', url: 'rediss://h', ...to }));

describe('what a secret is bound to', () => {
  it('is not the spelling of the address, nor what decides nothing', () => {
    expect(changed({}, {})).toBeUndefined();
    expect(changed({ url: 'redis://h:6379' }, { url: 'redis://bob:pw@h' })).toBeUndefined();
    expect(changed({ tls: {} }, { tls: { rejectUnauthorized: true } })).toBeUndefined();
    expect(changed({ name: 'a', autoConnect: true }, { name: 'b', readOnly: true })).toBeUndefined();
  });
  it.each<[Partial<ConnectionConfig>, Partial<ConnectionConfig>, string]>([
    [{}, { url: 'rediss://evil.example' }, 'the address'],
    [{}, { url: 'redis://h' }, 'the address'],
    [{ url: 'redis://h' }, { url: 'redis://evil.example?x=@h' }, 'the address'],
    [{ url: 'redis://h' }, { url: 'redis://${env:EVIL}' }, 'the address'],
    [{ url: 'redis://h', tls: {} }, { url: 'redis://h' }, '"tls"'],
    [{ url: 'redis://h', tls: { caFile } }, { url: 'redis://h' }, '"tls"'],
    [{ tls: {} }, { tls: { rejectUnauthorized: false } }, '"rejectUnauthorized"'],
    [{ tls: { servername: 'a' } }, { tls: { servername: 'b', rejectUnauthorized: false } }, '"rejectUnauthorized" and "servername"'],
    [{ tls: { caFile } }, { tls: { caFile: join(dir, 'other.pem') } }, '"caFile"'],
    [{ tls: { caFile } }, { tls: {} }, '"caFile"'],
    [{ tls: { certFile: 'a' } }, { tls: { certFile: 'b' } }, '"certFile"'],
  ])('%j is not %j: %s', (from, to, said) => expect(changed(from, to)).toBe(said));
  it('is what the file of the authority holds', () => {
    const before = kept({ tls: { caFile } });
    writeFileSync(caFile, 'theirs');
    expect(whatChanged(before, bindingOf({ name: 'n', url: 'rediss://h', tls: { caFile } }))).toBe('the content of "caFile"');
  });
  it.each([undefined, null, 'redis://h', 7, []])('is nothing that %j would fulfil', (bound) => expect(whatChanged(bound, bindingOf({ name: 'n', url: 'redis://h' }))).toMatch(/the address/));
});
