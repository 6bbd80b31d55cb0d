import { deepStrictEqual, match, ok, strictEqual } from 'node:assert';
import { Redis } from 'ioredis';
import * as vscode from 'vscode';
import { startRedis } from '../../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../../scripts/lib/redis-server.ts';
import type { Internals } from '../../../src/extension/extension.ts';
import type { DatabaseNode } from '../../../src/extension/keys/nodes.ts';
import { formatBytes } from '../../../src/redis/format.ts';
import { toRow } from '../../../src/extension/ui/pick.ts';
import { activated, until } from '../support/internals.ts';
import { answering } from '../support/questions.ts';
import { find, rows, setConnections, tooltip } from '../support/tree.ts';

describe('the Keys view', () => {
  let server: RunningRedis;
  let redis: Redis;
  let internals: Internals;

  before(async () => {
    internals = await activated();
    server = await startRedis();
    redis = new Redis(server.url);
    await redis.hset('user:1', { name: 'Ada', mail: 'ada@example.com' });
    await redis.expire('user:1', 3600);
    await redis.set('user:2:visits', 17);
    await redis.set('page:home', JSON.stringify({ title: 'Home', tags: ['a', 'b'] }));
    await redis.set(Buffer.from('raw:\xff\x00', 'latin1'), Buffer.from([0, 1, 2, 254]));
    await redis.set('big', 'x'.repeat(300_000));
    await redis.sadd('page:ids', Array.from({ length: 1_500 }, (_, id) => `id${id}`));
    await redis.rpush('jobs', 'a', 'b', 'c');
    await redis.set('*[x](command=evil)<b>', 'hostile name');
    await redis.select(3);
    await redis.zadd('board', 1, 'a');
    await redis.select(0);
    await setConnections(internals, [{ name: 'local', url: server.url }]);
  });

  after(async () => {
    await setConnections(internals, []);
    redis.disconnect();
    await server.stop();
  });

  it('is not connected before somebody looks', async () => {
    const [local] = await rows(internals);
    strictEqual(local?.label, 'local');
    strictEqual(local.context, 'connection closed readonly');
    strictEqual(internals.manager.find('local')?.state.status, 'closed');
  });

  it('shows databases, namespaces and keys with type, encoding, memory and TTL', async () => {
    const connection = await find(internals, 'local');
    const databases = await rows(internals, connection.node);
    deepStrictEqual(databases.map(({ label, description }) => `${label} ${description}`), ['db0 8 keys', 'db3 1 key']);
    const connected = await find(internals, 'local');
    match(connected.description, /^read-only · (Redis|Valkey) \d+\.\d+\.\d+$/);
    match(connected.context, /^connection ready readonly$/);

    const top = await rows(internals, databases[0]?.node);
    deepStrictEqual(top.map(({ label }) => label).sort(), ['*[x](command=evil)<b>', 'big', 'jobs', 'page', 'raw', 'user'].sort());
    strictEqual(top.find(({ label }) => label === 'user')?.description, '2');
    match((await find(internals, 'local', 'db0', 'user', '1')).description, /^hash · (listpack|ziplist) · \d+ B · (1h|59m( \d+s)?)$/);
    match((await find(internals, 'local', 'db0', 'user', '2', 'visits')).description, /^string · int · \d+ B$/);
    match((await find(internals, 'local', 'db0', 'jobs')).description, /^list · (quicklist|listpack) · /);
    match((await find(internals, 'local', 'db3', 'board')).description, /^zset · (listpack|ziplist) · /);
  });

  it('explains the encoding in the tooltip, and takes no name for Markdown', async () => {
    const hash = await find(internals, 'local', 'db0', 'user', '1');
    const text = (await tooltip(internals, hash.node)).replaceAll('&nbsp;', ' ').replaceAll('\\', '');
    match(text, /Length: 2 fields/);
    match(text, /Encoding: (listpack|ziplist) – .*512/);
    match(text, /Idle: /);
    const hostile = await find(internals, 'local', 'db0', '*[x](command=evil)<b>');
    const raw = await tooltip(internals, hostile.node);
    ok(!raw.includes('[x](command=evil)'), raw);
    ok(!raw.includes('<b>'), raw);
  });

  it('filters by glob and by type, and shows that it does', async () => {
    const { node } = await find(internals, 'local', 'db0');
    internals.tree.setFilter(node as DatabaseNode, { match: 'user:*' });
    match((await find(internals, 'local', 'db0')).description, /8 keys · filter: user:\*$/);
    deepStrictEqual((await rows(internals, node)).map(({ label }) => label), ['user']);
    internals.tree.setFilter(node as DatabaseNode, { type: 'list' });
    deepStrictEqual((await rows(internals, node)).map(({ label }) => label), ['jobs']);
    internals.tree.setFilter(node as DatabaseNode, { match: 'nothing:*' });
    deepStrictEqual((await rows(internals, node)).map(({ label }) => label), ['No key matches the filter']);
    await vscode.commands.executeCommand('keyscope.clearFilter', node);
    strictEqual((await rows(internals, node)).length, 6);
  });

  it('says of a pattern without a star what would find more, and clears the one filter that there is', async () => {
    const { node } = await find(internals, 'local', 'db0');
    internals.tree.setFilter(node as DatabaseNode, { match: 'use' });
    deepStrictEqual((await rows(internals, node)).map(({ label, description }) => `${label}: ${description}`), ['No key matches the filter: “use” has no *: use* finds what begins with it']);
    // Without a node: the database with a filter is meant, whatever others there are.
    await vscode.commands.executeCommand('keyscope.clearFilter');
    strictEqual((await rows(internals, node)).length, 6);
    strictEqual(internals.tree.filtered().length, 0);
  });

  it('counts one key as one, and has no number where the user may not ask for it', async () => {
    match((await tooltip(internals, (await find(internals, 'local', 'db0', 'raw')).node)).replaceAll('&nbsp;', ' '), /1 key$/);
    await redis.call('ACL', 'SETUSER', 'tiny', 'on', '>pw', '~user:*', '+get', '+scan', '+type');
    const connections = vscode.workspace.getConfiguration('keyscope').get<object[]>('connections', []);
    await setConnections(internals, [...connections, { name: 'tiny', url: server.url.replace('//', '//tiny:pw@') }]);
    strictEqual((await find(internals, 'tiny', 'db0')).description, '');
    strictEqual((await find(internals, 'tiny', 'db0', 'user')).label, 'user');
    await setConnections(internals, connections);
  });

  it('takes no name for an icon in a list', () => {
    const { label, description } = toRow({ icon: 'link', label: '$(trash) Prod', description: '$(sync~spin)' });
    deepStrictEqual([label, description], ['$(link) $ (trash) Prod', '$ (sync~spin)']);
  });

  it('goes to a key by its exact name', async () => {
    const { node } = await find(internals, 'local', 'db0');
    await internals.keys.goToKey(node, 'user:2:visits');
    const selected = await until('the key is selected', () => internals.view.selection[0]);
    strictEqual(internals.tree.getTreeItem(selected).label, 'visits');
    await internals.keys.copyKey();
    strictEqual(await vscode.env.clipboard.readText(), 'user:2:visits');
  });

  it('opens values read-only: JSON pretty, binary as hex, large ones cut with a notice', async () => {
    const open = async (...labels: string[]): Promise<vscode.TextDocument> => {
      await internals.keys.openValue((await find(internals, 'local', 'db0', ...labels)).node);
      return await until('the value is shown', () => vscode.window.activeTextEditor?.document);
    };
    const json = await open('page', 'home');
    strictEqual(json.languageId, 'json');
    strictEqual(json.getText(), '{\n  "title": "Home",\n  "tags": [\n    "a",\n    "b"\n  ]\n}');
    strictEqual(vscode.workspace.fs.isWritableFileSystem(json.uri.scheme), undefined);
    const editor = vscode.window.activeTextEditor;
    await vscode.commands.executeCommand('type', { text: 'x' });
    strictEqual(editor?.document.getText(), json.getText());

    match((await open('raw', '\\xff\\x00')).getText(), /^00000000 {2}00 01 02 fe/);

    const big = await open('big');
    ok(big.getText().length < 300_000);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', big.uri);
    const titles = lenses.map(({ command }) => command?.title ?? '');
    ok(titles.some((title) => /^Showing the first 256 KB of 293 KB\.$/.test(title)), titles.join('|'));
    const many = await open('page', 'ids');
    strictEqual((JSON.parse(many.getText()) as string[]).length, 1_000);
    const notices = (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', many.uri)).filter(({ command }) => command?.title.startsWith('Showing'));
    deepStrictEqual(notices.map(({ command }) => command?.title), ['Showing 1,000 of 1,500 members.']);

    ok(titles.some((title) => /^string · raw · 2\d\d KB|^string · raw · 3\d\d KB/.test(title)), titles.join('|'));
  });

  it('shows a value anew when it is opened again', async () => {
    await redis.set('page:home', '"changed"');
    await internals.keys.openValue((await find(internals, 'local', 'db0', 'page', 'home')).node);
    await until('the new value', () => vscode.window.activeTextEditor?.document.getText().includes('changed'));
  });

  it('measures a namespace: keys, bytes, types and missing TTLs of all that it holds', async () => {
    const { node } = await find(internals, 'local', 'db0', 'user');
    await vscode.commands.executeCommand('keyscope.measureNamespace', node);
    const sum = Number(await redis.call('MEMORY', 'USAGE', 'user:1')) + Number(await redis.call('MEMORY', 'USAGE', 'user:2:visits'));
    strictEqual((await find(internals, 'local', 'db0', 'user')).description, `2 · ${formatBytes(sum)}`);
    // What lies in it was measured with it.
    match((await find(internals, 'local', 'db0', 'user', '2')).description, /^1 · \d+ B$/);
    const text = (await tooltip(internals, node)).replaceAll('&nbsp;', ' ').replaceAll('\\', '');
    match(text, /2 keys, \d+ B, \d+ B a key/);
    match(text, /1 of them with no TTL/);
    match(text, /Types: (hash 1, string 1|string 1, hash 1)/);
    strictEqual((await find(internals, 'local', 'db0', 'page')).description, '2');
    const database = await find(internals, 'local', 'db0');
    await vscode.commands.executeCommand('keyscope.measureNamespace', database.node);
    match((await find(internals, 'local', 'db0')).description, /^8 keys · \d+ KB$/);
    match((await find(internals, 'local', 'db0', 'page')).description, /^2 · \d+ KB$/);
    // Read again, it is measured no more.
    await vscode.commands.executeCommand('keyscope.refresh', database.node);
    strictEqual((await find(internals, 'local', 'db0', 'user')).description, '2');
  });

  it('refuses to write on a read-only connection, below the view too', async () => {
    const live = internals.manager.find('local');
    ok(live);
    strictEqual(live.writable, false);
    const refused = await live.open.keyspace.deleteKeys([Buffer.from('jobs')]).then(
      () => 'deleted',
      (error: Error) => error.message,
    );
    match(refused, /read-only/);
    strictEqual(await redis.exists('jobs'), 1);
  });

  it('deletes after writes were allowed, and is read-only again when told so', async () => {
    const { saved } = internals.manager.find('local') ?? {};
    ok(saved);
    await internals.store.allowWrites(saved, true);
    const connection = await until('a writable connection', async () => (await rows(internals)).find(({ context }) => context === 'connection ready writable'));
    match(connection.description, /^writable · /);
    const { node } = await find(internals, 'local', 'db0', 'jobs');
    ok(node.kind === 'key');
    await internals.keys.removeKey(node);
    strictEqual(await redis.exists('jobs'), 0);
    ok(!(await rows(internals, node.database)).some(({ label }) => label === 'jobs'));
    await vscode.commands.executeCommand('keyscope.makeReadOnly', connection.node);
    await until('read-only again', () => internals.manager.find('local')?.writable === false);
  });

  it('asks for a word before it deletes what is large', async () => {
    const { saved } = internals.manager.find('local') ?? {};
    ok(saved);
    await internals.store.allowWrites(saved, true);
    await until('writable', () => internals.manager.find('local')?.state.status === 'ready' && internals.manager.find('local')?.writable);
    const { node } = await find(internals, 'local', 'db0', 'page', 'ids');
    const answers = ['', 'delete'];
    const asked = await answering(() => internals.keys.deleteKey(node), () => answers.shift());
    match(asked[0]?.prompt ?? '', /^set · hashtable · .*, 1,500 members, db0 of “local” .* Type “delete” to delete it\.$/);
    match(asked[1]?.complaint ?? '', /Type “delete”, or press Escape/);
    strictEqual(await redis.exists('page:ids'), 0);
    await internals.store.allowWrites(saved, false);
    await until('read-only again', () => internals.manager.find('local')?.writable === false);
  });

  it('deletes a namespace: counted and shown first, a word asked for, and nothing else touched', async () => {
    const { saved } = internals.manager.find('local') ?? {};
    ok(saved);
    const hostile = 'a*[b]:';
    for (let id = 0; id < 1_200; id++) await redis.set(`${hostile}${id}`, id);
    await redis.set('ab:1', 'not in it, though the pattern unescaped would match');
    await redis.set('a*[b]', 'beside it');
    await internals.store.allowWrites(saved, true);
    await until('writable', () => internals.manager.find('local')?.state.status === 'ready' && internals.manager.find('local')?.writable);
    const database = await find(internals, 'local', 'db0');
    await vscode.commands.executeCommand('keyscope.refresh', database.node);
    const namespace = await until('the namespace', async () => (await rows(internals, (await find(internals, 'local', 'db0')).node)).find((row) => row.label === 'a*[b]' && row.node.kind === 'namespace'));
    const answers = ['', 'delete'];
    const asked = await answering(() => internals.keys.deleteNamespace(namespace.node), () => answers.shift());
    match(asked[0]?.prompt ?? '', /^a\*\[b\]:\d+, .*, … in db0 of “local” .* Type “delete” to delete it\.$/);
    match(asked[1]?.complaint ?? '', /Type “delete”, or press Escape/);
    deepStrictEqual((await redis.keys('a*')).sort(), ['a*[b]', 'ab:1']);
    const left = (await rows(internals, (await find(internals, 'local', 'db0')).node)).filter(({ label }) => label === 'a*[b]');
    deepStrictEqual(left.map((row) => row.node.kind), ['key']);
    await redis.del('ab:1', 'a*[b]');
    await internals.store.allowWrites(saved, false);
    await until('read-only again', () => internals.manager.find('local')?.writable === false);
  });

  it('asks before it deletes', async () => {
    const { saved } = internals.manager.find('local') ?? {};
    ok(saved);
    await internals.store.allowWrites(saved, true);
    await until('writable', () => internals.manager.find('local')?.state.status === 'ready' && internals.manager.find('local')?.writable);
    const { node } = await find(internals, 'local', 'db0', 'big');
    // A dialog cannot be answered in a test: VS Code refuses to show it. Nothing may be deleted without it.
    await internals.keys.deleteKey(node).catch(() => undefined);
    strictEqual(await redis.exists('big'), 1);
    await internals.store.allowWrites(saved, false);
  });

  it('goes on with “Load more” where a level has more than a page', async () => {
    const pipeline = redis.pipeline();
    for (let id = 0; id < 130; id++) pipeline.set(`many:${String(id).padStart(3, '0')}`, id);
    await pipeline.exec();
    await vscode.workspace.getConfiguration('keyscope').update('keys.pageSize', 50, vscode.ConfigurationTarget.Global);
    const level = async () => rows(internals, (await find(internals, 'local', 'db0', 'many')).node);
    await until('the smaller page', async () => (await level()).length === 51);
    for (const expected of [101, 130]) {
      const more = (await level()).at(-1);
      strictEqual(more?.label, 'Load more');
      await vscode.commands.executeCommand('keyscope.loadMore', more.node);
      await until(`${expected} rows`, async () => (await level()).length === expected);
    }
    strictEqual(new Set((await level()).map(({ label }) => label)).size, 130);
    await vscode.workspace.getConfiguration('keyscope').update('keys.pageSize', undefined, vscode.ConfigurationTarget.Global);
  });
});
