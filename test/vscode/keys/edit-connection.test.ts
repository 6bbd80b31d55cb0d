import { deepStrictEqual, match, ok, strictEqual } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { freePort, startRedis } from '../../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../../scripts/lib/redis-server.ts';
import type { Internals } from '../../../src/extension/extension.ts';
import { makeTlsFiles, reasonWithoutTls, tlsArgs } from '../../server/tls-files.ts';
import { activated, until } from '../support/internals.ts';
import { answering } from '../support/questions.ts';
import { find, rows, setConnections, tooltip } from '../support/tree.ts';

const PASSWORD = 'p@ss:w/rd?100%';

describe('editing a connection', () => {
  let server: RunningRedis;
  let internals: Internals;
  let host: string;
  const settings = (): unknown => vscode.workspace.getConfiguration('keyscope').inspect('connections')?.globalValue;
  const edit = async (name: string): Promise<unknown> => vscode.commands.executeCommand('keyscope.editConnection', (await find(internals, name)).node);
  const firstRow = async (name: string): Promise<string | undefined> => (await rows(internals, (await find(internals, name)).node))[0]?.label;

  before(async () => {
    internals = await activated();
    server = await startRedis({ args: ['--requirepass', PASSWORD] });
    host = server.url.slice('redis://'.length);
  });

  after(async () => {
    await setConnections(internals, []);
    await server.stop();
  });

  it('keeps a password that was written into the settings by hand, and moves it into secret storage', async () => {
    await setConnections(internals, [{ name: 'by hand', url: `redis://:${encodeURIComponent(PASSWORD)}@${host}` }]);
    strictEqual(await firstRow('by hand'), 'db0');
    const asked = await answering(() => edit('by hand'), () => undefined);
    ok(asked.some(({ prompt, masked }) => masked && prompt.includes('leave empty to keep the one of the settings')), JSON.stringify(asked));
    deepStrictEqual(settings(), [{ name: 'by hand', url: server.url }]);
    const saved = internals.store.find('by hand');
    ok(saved);
    strictEqual((await internals.store.credentialsOf(saved)).credentials.password, PASSWORD);
    strictEqual(await until('the databases', async () => await firstRow('by hand')), 'db0');
  });

  it('asks for another password in a masked field only, and keeps the stored one for an empty answer', async () => {
    const passwordOf = async (): Promise<string | undefined> => {
      const saved = internals.store.find('by hand');
      return saved && (await internals.store.credentialsOf(saved)).credentials.password;
    };
    const asked = await answering(() => edit('by hand'), ({ prompt }) => (prompt.includes('password') ? 'another one' : undefined));
    const about = asked.filter(({ prompt, items }) => /password/i.test([prompt, ...items].join()) && !items.includes('No TLS'));
    deepStrictEqual(about.map(({ items, masked, value }) => ({ items, masked, value })), [{ items: [], masked: true, value: '' }]);
    strictEqual(await passwordOf(), 'another one');
    await answering(() => edit('by hand'), () => undefined);
    strictEqual(await passwordOf(), 'another one');
  });

  it('opens it again, under its new name, too, and leaves one closed that was', async () => {
    await setConnections(internals, []);
    await internals.store.save({ name: 'before', url: server.url }, { password: PASSWORD }, 'user');
    const live = await until('the connection', () => internals.manager.find('before'));
    await answering(() => edit('before'), () => undefined);
    strictEqual(internals.manager.find('before')?.state.status, 'closed');
    await (internals.manager.find('before') ?? live).connect();
    await answering(() => edit('before'), ({ prompt }) => (prompt.includes('Name') ? 'after' : undefined));
    strictEqual(internals.manager.find('before'), undefined);
    strictEqual(internals.manager.find('after')?.state.status, 'ready');
    await answering(() => edit('after'), () => undefined);
    strictEqual(internals.manager.find('after')?.state.status, 'ready');
  });

  it('keeps it in an address with placeholders, too', async () => {
    process.env['KEYSCOPE_TEST_HOST'] = host;
    await setConnections(internals, [{ name: 'mixed', url: `redis://:${encodeURIComponent(PASSWORD)}@\${env:KEYSCOPE_TEST_HOST}` }]);
    await answering(() => edit('mixed'), () => undefined);
    deepStrictEqual(settings(), [{ name: 'mixed', url: 'redis://${env:KEYSCOPE_TEST_HOST}' }]);
    strictEqual(await firstRow('mixed'), 'db0');
  });

  it('shows why an address is none, takes a better one, and removes the connection', async () => {
    await setConnections(internals, [{ name: 'broken', url: `redis://${host}/zero` }]);
    const [message] = await rows(internals, (await find(internals, 'broken')).node);
    match(message?.label ?? '', /number of a database.*found “zero”/);
    ok(message?.node.kind === 'message');
    strictEqual(message.node.command?.command, 'keyscope.editConnection');
    const answers = [`redis://${host}/one`, `redis://:${encodeURIComponent(PASSWORD)}@${host}/0`];
    const asked = await answering(() => edit('broken'), ({ prompt }) => (prompt.includes('Address') ? answers.shift() : undefined));
    match(asked[0]?.prompt ?? '', /found “zero”/);
    strictEqual(asked[0]?.value, `redis://${host}/zero`);
    match(asked[1]?.complaint ?? '', /found “one”/);
    deepStrictEqual(settings(), [{ name: 'broken', url: server.url }]);
    strictEqual(await until('the databases', async () => await firstRow('broken')), 'db0');

    await setConnections(internals, [{ name: 'hopeless', url: 'http://u:hunter2@h' }]);
    const saved = internals.store.find('hopeless');
    ok(saved);
    await internals.store.remove(saved);
    strictEqual(settings(), undefined);
  });

  it('understands a password that no URL takes as it was meant', async () => {
    await setConnections(internals, [{ name: 'raw', url: `redis://:${PASSWORD}@${host}` }]);
    match((await firstRow('raw')) ?? '', /%3A %2F/);
    const saved = internals.store.find('raw');
    ok(saved);
    await internals.connections.hidePassword(saved);
    deepStrictEqual(settings(), [{ name: 'raw', url: server.url }]);
    strictEqual(await until('the databases', async () => await firstRow('raw')), 'db0');
  });

  it('makes no link of an address that comes with a workspace', async () => {
    await setConnections(internals, [{ name: 'evil', url: 'redis://h/[click](command:workbench.action.quit)' }]);
    const [asked] = await answering(() => edit('evil'), () => 'redis://h');
    ok(asked?.prompt.includes('[click] (command:'), asked?.prompt);
  });
});

describe('a secret and the permission to write', () => {
  let internals: Internals;
  let server: RunningRedis;
  let files: ReturnType<typeof makeTlsFiles>;
  let port: number;

  before(async function () {
    if ((await reasonWithoutTls()) !== undefined) this.skip();
    internals = await activated();
    files = makeTlsFiles();
    port = await freePort();
    server = await startRedis({ args: [...tlsArgs(files, port, 'no'), '--requirepass', PASSWORD] });
  });

  after(async () => {
    await setConnections(internals, []);
    await server?.stop();
    files?.remove();
  });

  it('are withheld when the TLS options change under the same name and address, which is said; giving them again ends it', async () => {
    const url = `rediss://127.0.0.1:${port}`;
    const caFile = join(files.dir, 'ca.crt');
    await setConnections(internals, []);
    await internals.store.save({ name: 'bound', url, tls: { caFile } }, { password: PASSWORD }, 'user');
    const saved = await until('the connection', () => internals.store.find('bound'));
    await internals.store.allowWrites(saved, true);
    strictEqual((await rows(internals, (await find(internals, 'bound')).node))[0]?.label, 'db0');
    strictEqual(internals.manager.find('bound')?.writable, true);

    // As a workspace's settings could have it.
    await setConnections(internals, [{ name: 'bound', url, tls: { rejectUnauthorized: false } }]);
    await until('the new settings', () => internals.manager.find('bound')?.saved.config.tls?.rejectUnauthorized === false);
    strictEqual(internals.manager.find('bound')?.writable, false);
    const { node } = await find(internals, 'bound');
    const [message] = await until('the refusal', async () => {
      const all = await rows(internals, node);
      return all[0]?.label.includes('not sent') ? all : undefined;
    });
    match(message?.label ?? '', /were not sent, because "rejectUnauthorized" and "caFile" changed.*Edit the connection/);
    const told = await tooltip(internals, (await find(internals, 'bound')).node);
    match(told.replaceAll('&nbsp;', ' ').replaceAll('\\', ''), /Read-only again, because "rejectUnauthorized" and "caFile" changed/);

    const asked = await answering(
      () => Promise.resolve(vscode.commands.executeCommand('keyscope.editConnection', node)),
      ({ prompt }) => (prompt.includes('Password') ? PASSWORD : undefined),
    );
    ok(asked.some(({ prompt }) => prompt.includes('were not sent, because "rejectUnauthorized"')), JSON.stringify(asked));
    strictEqual(await until('the databases', async () => {
      const label = (await rows(internals, (await find(internals, 'bound')).node))[0]?.label;
      return label === 'db0' ? label : undefined;
    }), 'db0');
  });

  it('are withheld when the file of the authority holds another one', async () => {
    const caFile = join(files.dir, 'copy.crt');
    writeFileSync(caFile, files.text('ca.crt'));
    const config = { name: 'copied', url: `rediss://127.0.0.1:${port}`, tls: { caFile } };
    await setConnections(internals, []);
    await internals.store.save(config, { password: PASSWORD }, 'user');
    const saved = await until('the connection', () => internals.store.find('copied'));
    strictEqual((await internals.store.credentialsOf(saved)).credentials.password, PASSWORD);
    writeFileSync(caFile, `${files.text('ca.crt')}\n`);
    const { credentials, withheld } = await internals.store.credentialsOf(saved);
    deepStrictEqual(credentials, {});
    match(withheld ?? '', /the content of "caFile"/);
  });
});
