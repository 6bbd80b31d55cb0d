import { deepStrictEqual, match, ok, strictEqual } from 'node:assert';
import * as vscode from 'vscode';
import { startRedis } from '../../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../../scripts/lib/redis-server.ts';
import type { Internals } from '../../../src/extension/extension.ts';
import { activated, until } from '../support/internals.ts';
import { answering } from '../support/questions.ts';
import { find, rows, setConnections } from '../support/tree.ts';

describe('connections', () => {
  let server: RunningRedis;
  let internals: Internals;

  before(async () => {
    internals = await activated();
    server = await startRedis({ args: ['--requirepass', 'p@ss:w/rd'] });
  });

  after(async () => {
    await setConnections(internals, []);
    await server.stop();
  });

  it('keeps user and password in secret storage, never in the settings', async () => {
    const config = { name: 'secret', url: server.url };
    await internals.store.save(config, { username: 'default', password: 'p@ss:w/rd' }, 'user');
    await until('the connection', () => internals.manager.find('secret'));
    const { node } = await find(internals, 'secret');
    strictEqual((await rows(internals, node))[0]?.label, 'db0');
    deepStrictEqual(vscode.workspace.getConfiguration('keyscope').inspect('connections')?.globalValue, [config]);
  });

  it('gives a stored password to no other address of that name', async () => {
    const saved = internals.store.find('secret');
    ok(saved);
    strictEqual((await internals.store.credentialsOf(saved)).credentials.password, 'p@ss:w/rd');
    const elsewhere = { config: { ...saved.config, url: 'redis://evil.example:6379' }, scope: 'workspace' as const };
    deepStrictEqual((await internals.store.credentialsOf(elsewhere)).credentials, {});
  });

  it('is writable by the settings of the person alone', () => {
    const config = { name: 'w', url: 'redis://h' };
    const writable = (readOnly: boolean | undefined, scope: 'user' | 'workspace'): boolean => internals.store.isWritable({ config: { ...config, readOnly }, scope });
    deepStrictEqual(
      [writable(undefined, 'user'), writable(false, 'user'), writable(true, 'user'), writable(false, 'workspace')],
      [false, true, false, false],
    );
  });

  it('forgets the permission to write when the address changes', async () => {
    const saved = internals.store.find('secret');
    ok(saved);
    await internals.store.allowWrites(saved, true);
    strictEqual(internals.store.isWritable(saved), true);
    strictEqual(internals.store.isWritable({ ...saved, config: { ...saved.config, url: 'redis://other:6379' } }), false);
    await internals.store.remove(saved);
    strictEqual(internals.store.isWritable(saved), false);
    deepStrictEqual(await internals.store.credentialsOf(saved), { credentials: {} });
  });

  it('replaces ${env:NAME}, and says which is missing', async () => {
    process.env['KEYSCOPE_TEST_PASSWORD'] = 'p@ss:w/rd';
    const host = server.url.slice('redis://'.length);
    await setConnections(internals, [
      { name: 'by environment', url: `redis://:\${env:KEYSCOPE_TEST_PASSWORD}@${host}` },
      { name: 'missing', url: 'redis://${env:KEYSCOPE_TEST_NOWHERE}' },
    ]);
    strictEqual((await rows(internals, (await find(internals, 'by environment')).node))[0]?.label, 'db0');
    match((await rows(internals, (await find(internals, 'missing')).node))[0]?.label ?? '', /KEYSCOPE_TEST_NOWHERE is not set/);
  });

  it('leaves out entries that make no sense, and keeps them when others are saved', async () => {
    const broken = { name: 'no address' };
    await vscode.workspace.getConfiguration('keyscope').update('connections', [broken], vscode.ConfigurationTarget.Global);
    await until('the problem', () => internals.store.problems().length === 1);
    strictEqual(internals.manager.list().length, 0);
    await internals.store.save({ name: 'sound', url: server.url }, {}, 'user');
    deepStrictEqual(vscode.workspace.getConfiguration('keyscope').inspect('connections')?.globalValue, [broken, { name: 'sound', url: server.url }]);
  });

  it('moves a password out of the settings', async () => {
    await setConnections(internals, [{ name: 'careless', url: server.url.replace('//', '//:p%40ss%3Aw%2Frd@'), autoConnect: true }]);
    const saved = internals.store.find('careless');
    ok(saved);
    await internals.connections.hidePassword(saved);
    deepStrictEqual(vscode.workspace.getConfiguration('keyscope').inspect('connections')?.globalValue, [{ name: 'careless', url: server.url, autoConnect: true }]);
    strictEqual((await rows(internals, (await find(internals, 'careless')).node))[0]?.label, 'db0');
  });

  it('stays closed when the person has closed it', async () => {
    await setConnections(internals, []);
    await internals.store.save({ name: 'closed', url: server.url }, { password: 'p@ss:w/rd' }, 'user');
    const { node } = await until('the connection', async () => (await rows(internals))[0]);
    await rows(internals, node);
    await vscode.commands.executeCommand('keyscope.disconnect', node);
    const [message] = await rows(internals, node);
    strictEqual(message?.label, 'Not connected');
    strictEqual(internals.manager.find('closed')?.state.status, 'closed');
  });

  it('takes an address that is pasted into the list of ways for the address', async () => {
    await setConnections(internals, []);
    const host = server.url.slice('redis://'.length);
    const paste = (text: string) => async (): Promise<unknown> => {
      const answers = [text, undefined];
      return answering(() => Promise.resolve(vscode.commands.executeCommand('keyscope.addConnection')), ({ prompt }) => (prompt.includes('Address') ? `redis://${host}` : answers.shift()));
    };
    await paste(`:${encodeURIComponent('p@ss:w/rd')}@${host}`)();
    deepStrictEqual(internals.manager.list().map(({ saved, state }) => [saved.config.url, state.status]), [[server.url, 'ready']]);
    // What is wrong with it is said where it can be changed.
    await setConnections(internals, []);
    const asked = await paste('redis://localhost:22222222')();
    match(JSON.stringify(asked), /What was typed is no address: The port of the address/);
    deepStrictEqual(internals.manager.list().map(({ saved }) => saved.config.url), [server.url]);
  });

  it('says of one that the settings make read-only that it cannot be otherwise', async () => {
    await setConnections(internals, [{ name: 'locked', url: server.url, readOnly: true }]);
    match((await find(internals, 'locked')).context, /^connection \w+ locked$/);
    await setConnections(internals, []);
    await setConnections(internals, [{ name: 'open', url: server.url }]);
    match((await find(internals, 'open')).context, /^connection \w+ readonly$/);
  });

  it('offers REDIS_URL of .env, and takes it only when told to', async () => {
    await setConnections(internals, []);
    strictEqual(internals.manager.list().length, 0);
    await vscode.commands.executeCommand('keyscope.addConnectionFromDotEnv');
    const [live] = await until('the connection', () => (internals.manager.list().length > 0 ? internals.manager.list() : undefined));
    deepStrictEqual(live?.saved.config, { name: 'keys (.env)', url: 'redis://127.0.0.1:1/2' });
    deepStrictEqual((await internals.store.credentialsOf(live.saved)).credentials, { username: 'shop', password: 'hunter2' });
    ok(!JSON.stringify(vscode.workspace.getConfiguration('keyscope').get('connections')).includes('hunter2'));
  });
});
