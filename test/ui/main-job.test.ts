import { match, ok, strictEqual } from 'node:assert';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Redis } from 'ioredis';
import { seedShop } from '../../examples/shop/seed/seed.ts';
import { exampleShop, installExampleShop } from '../../scripts/lib/example-shop.ts';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { Workbench } from './support/workbench.ts';

/** The main job on the installed .vsix: findings with light bulbs in examples/shop, and the live keys of its data. */
describe('examples/shop in VS Code', () => {
  let redis: RunningRedis;
  let bench: Workbench;
  let folder: string;

  before(async function () {
    this.timeout(300_000);
    const vsix = process.env['KEYSCOPE_VSIX'];
    ok(vsix !== undefined && existsSync(vsix), 'KEYSCOPE_VSIX names the packed extension');
    redis = await startRedis();
    await seedShop(redis.url);
    await installExampleShop();
    // A copy: the test edits it.
    const scratch = mkdtempSync(join(tmpdir(), 'keyscope-ui-shop-'));
    folder = join(scratch, basename(exampleShop));
    cpSync(exampleShop, folder, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
    symlinkSync(join(exampleShop, 'node_modules'), join(folder, 'node_modules'));
    bench = await Workbench.open(vsix, folder, { 'keyscope.connections': [{ name: 'Example data', url: redis.url }] });
  });

  after(async () => {
    await bench.close();
    await redis.stop();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.picture(`failed-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  it('shows a squiggle, and its light bulb applies the fix', async () => {
    const { page } = bench;
    await bench.openFile('storefront/recommendations.ts');
    await page.locator('.squiggly-warning').first().waitFor();
    await page.locator('.view-line').filter({ hasText: 'redis.get(' }).getByText('get', { exact: true }).click();
    await page.locator('.codicon-light-bulb').first().waitFor();
    await page.keyboard.press('Control+.');
    const menu = page.locator('.action-widget').first();
    const fix = menu.getByRole('option', { name: /Read all keys with one MGET/ }).first();
    await fix.waitFor();
    await bench.picture('light-bulb');
    await bench.readmePicture('light-bulb', [page.locator('.line-numbers', { hasText: /^9$/ }), menu], 2);
    await fix.click();
    await page.locator('.view-line').filter({ hasText: 'redis.mget(related' }).waitFor();
    const text = await bench.text();
    match(text, /cards\.push\(JSON\.parse\(raw\) as Card\)/);
    ok(!text.includes('redis.get('), text);
    await page.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
    await bench.picture('fixed');
    await bench.readmePicture('fixed', [page.locator('.line-numbers', { hasText: /^9$/ }), bench.line('redis.mget(related'), page.locator('.line-numbers', { hasText: /^18$/ })], 2);
  });

  it('explains a finding where the mouse rests on it', async () => {
    const { page } = bench;
    await bench.openFile('worker/nightly.js');
    await page.locator('.squiggly-warning').first().waitFor();
    await page.locator('.view-line').filter({ hasText: "redis.keys('cart:*')" }).getByText('keys', { exact: true }).hover();
    const hover = page.locator('.monaco-hover').filter({ hasText: 'KEYS blocks the server' });
    await hover.waitFor();
    match((await hover.textContent()) ?? '', /no-keys/);
    await bench.picture('hover');
    await page.keyboard.press('Escape');
  });

  it('lists the problems of files that are not open', async () => {
    const { page } = bench;
    await page.keyboard.press('Control+Shift+M');
    const problems = page.locator('.markers-panel');
    await problems.getByText('campaigns.ts').first().waitFor();
    await problems.getByText('no-client-per-request').first().waitFor();
    await page.mouse.move(640, 200);
    await bench.picture('problems');
    await bench.readmePicture('problems', [page.locator('.part.panel')], 0);
    await page.keyboard.press('Control+Shift+M');
    await problems.waitFor({ state: 'hidden' });
  });

  it('expands the tree to a key with its encoding and memory', async () => {
    await bench.openView('Keyscope');
    await bench.widenSideBar(460);
    await bench.expand(/Example data/);
    await bench.expand(/Database 0/);
    await bench.expand(/Namespace cart/);
    const key = bench.row(/^Key cart:.*hash, encoded as listpack/);
    await key.waitFor();
    match((await key.textContent()) ?? '', /hash · listpack · \d+(\.\d)? (B|KB)/);
    await bench.picture('keys');
  });

  it('says in the tooltip why the encoding is what it is', async () => {
    const { page } = bench;
    await bench.collapse(/Namespace cart/);
    for (const namespace of ['catalogue', 'orders']) await bench.expand(new RegExp(`Namespace ${namespace},`));
    await bench.row(/^Key catalogue:sold, zset, encoded as skiplist/).hover();
    const tooltip = page.locator('.monaco-hover').filter({ hasText: 'Encoding' });
    await tooltip.waitFor();
    match(((await tooltip.textContent()) ?? '').replaceAll('\u00a0', ' '), /skiplist – .*zset-max-(listpack|ziplist)-entries/);
    await bench.picture('key-tooltip');
    await bench.readmePicture('keys', [page.locator('.part.sidebar .title').first(), page.locator('.part.activitybar .action-item').first(), bench.row(/^Key orders:events/), tooltip], 2);
    await page.mouse.move(900, 700);
    await tooltip.waitFor({ state: 'detached' });
  });

  it('measures a database: each namespace with its keys and bytes', async () => {
    const { page } = bench;
    await bench.row(/Database 0/).locator('.monaco-icon-label').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Measure Keys' }).hover();
    await page.keyboard.press('Enter');
    const catalogue = bench.row(/^Namespace catalogue, measured: [\d,]+ keys, [\d.]+ (KB|MB)/);
    await catalogue.waitFor();
    await catalogue.locator('.monaco-icon-label').hover();
    const tooltip = page.locator('.monaco-hover').filter({ hasText: 'with no TTL' });
    await tooltip.waitFor();
    match(((await tooltip.textContent()) ?? '').replaceAll('\u00a0', ' '), /Types: .*Encodings: .*Measured at /);
    await bench.picture('measured');
    await page.mouse.move(900, 700);
    await tooltip.waitFor({ state: 'detached' });
  });

  it('opens a value read-only', async () => {
    const { page } = bench;
    await bench.expand(/Namespace cart/);
    await bench.row(/^Key cart:.*hash, encoded as listpack/).click();
    await page.locator('.view-line').filter({ hasText: /^\{$/ }).first().waitFor();
    await page.locator('.contentWidgets').getByText(/hash · listpack/).waitFor();
    await bench.picture('value');
    const before = await bench.text();
    await page.locator('.editor-group-container.active .view-line').first().click();
    await page.keyboard.type('x');
    ok((await bench.text()) === before, 'typing changed the value');
  });

  it('makes no link of a name in a notification', async () => {
    const { page } = bench;
    await bench.row(/Database 0/).locator('.monaco-icon-label').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Go to Key by Name...' }).hover();
    await page.keyboard.press('Enter');
    await page.getByText('The exact name. It is asked for by itself').waitFor();
    await page.keyboard.type('[see](command:workbench.action.showCommands) [docs](https://example.com)');
    await page.keyboard.press('Enter');
    const toast = page.locator('.notification-toast').filter({ hasText: 'There is no key “' });
    await toast.waitFor();
    strictEqual(await toast.locator('.notification-list-item-message a').count(), 0);
    match((await toast.textContent()) ?? '', /“\[see\] \(command:workbench\.action\.showCommands\)/);
    await bench.picture('notification');
    await toast.hover();
    await toast.getByRole('button', { name: /Clear Notification/ }).click();
    await toast.waitFor({ state: 'detached' });
  });

  it('deletes a key after writes were allowed, each after a question', async () => {
    const { page } = bench;
    const choose = async (row: RegExp, item: string): Promise<void> => {
      await bench.row(row).click({ button: 'right' });
      await page.getByRole('menuitem', { name: item }).hover();
      // A click right after the menu has opened counts as the end of the click that opened it.
      await page.keyboard.press('Enter');
    };
    await bench.collapse(/Namespace cart/);
    await bench.expand(/Namespace export/);
    await bench.row(/^Key export:/).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy Key Name' }).waitFor();
    strictEqual(await page.getByRole('menuitem', { name: 'Delete Key...' }).count(), 0);
    await page.keyboard.press('Escape');

    await choose(/Example data/, 'Allow Writes on Connection...');
    await page.getByRole('dialog').getByRole('button', { name: 'Allow Writes' }).click();
    await bench.row(/Example data, .* writable/).waitFor();
    await choose(/^Key export:/, 'Delete Key...');
    await page.getByRole('dialog').filter({ hasText: 'Delete the key “export:' }).waitFor();
    await bench.picture('delete');
    const client = new Redis(redis.url);
    strictEqual((await client.keys('export:*')).length, 1);
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await bench.row(/Namespace export/).waitFor({ state: 'detached' });
    strictEqual((await client.keys('export:*')).length, 0);
    client.disconnect();
    await choose(/Example data/, 'Make Connection Read-Only');
    await bench.row(/Example data, .* read-only/).waitFor();
    await bench.expand(/Namespace cart/);
  });

  it('shows that the server is gone, and finds it again', async () => {
    // It comes back with all its keys: one that is seeded only then may be looked at when half of them are there.
    const client = new Redis(redis.url);
    await client.save();
    client.disconnect();
    const { dir, port } = redis;
    await redis.kill();
    await bench.row(/Example data, connection lost/).waitFor();
    await bench.picture('server-lost');
    redis = await startRedis({ port, args: ['--dir', dir] });
    await bench.row(/Example data, (Redis|Valkey) /).waitFor();
    // Expanded as it was.
    await bench.row(/^Key cart:.*hash, encoded as listpack/).waitFor();
  });

  it('removes a connection after a question, and says what to do where there is none', async () => {
    const { page } = bench;
    await bench.row(/Example data/).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Remove Connection...' }).hover();
    // A click right after the menu has opened counts as the end of the click that opened it.
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Add Connection', exact: true }).waitFor();
    await bench.picture('empty');
  });

  it('adds a connection by its address', async () => {
    const { page } = bench;
    await page.getByRole('button', { name: 'Add Connection', exact: true }).click();
    await page.getByRole('option', { name: /By address/ }).click();
    await page.getByText('Address of the server').waitFor();
    await page.keyboard.type(redis.url);
    await bench.picture('add-connection');
    await page.keyboard.press('Enter');
    await page.getByText('Name, as shown in the tree').waitFor();
    await page.keyboard.press('Enter');
    await bench.row(/Connection 127\.0\.0\.1:\d+, (Redis|Valkey) .* read-only/).waitFor();
    await bench.row(/Database 0/).waitFor();
  });

  it('takes an address that is pasted into the first list, asks for another password in a masked field, and removes it by its button', async () => {
    const { page } = bench;
    const box = page.locator('.quick-input-widget');
    const answer = async (question: string): Promise<void> => {
      await box.getByText(question).waitFor();
      await page.keyboard.press('Enter');
    };
    /** As far as the password. */
    const edit = async (): Promise<void> => {
      await bench.row(/Connection pasted/).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Edit Connection...' }).hover();
      await page.keyboard.press('Enter');
      await answer('Host name or IP address');
      await answer('Port');
      await box.getByRole('option', { name: /No TLS/ }).waitFor();
      await page.keyboard.press('Enter');
      await answer('User name');
      await box.getByText(/password/i).first().waitFor();
    };
    await page.getByRole('treeitem', { name: /Connection 127/ }).hover();
    await page.getByRole('button', { name: /^Add Redis Connection/ }).first().click();
    await box.getByRole('option', { name: /By address/ }).waitFor();
    // The user “default” of a server without a password takes any.
    await page.keyboard.type(redis.url.replace('//', '//default:hunter2@'));
    await box.getByRole('option', { name: /Use this address/ }).waitFor();
    strictEqual(await box.getByRole('option', { name: /hunter2/ }).count(), 0);
    await page.keyboard.press('Enter');
    await box.getByText('Name, as shown in the tree').waitFor();
    await page.keyboard.type('pasted');
    await page.keyboard.press('Enter');
    await bench.row(/Connection pasted, (Redis|Valkey) /).waitFor();

    await edit();
    strictEqual(await box.locator('.quick-input-box input').getAttribute('type'), 'password');
    await bench.picture('edit-password');
    await box.getByRole('button', { name: 'Remove the stored password' }).click();
    await answer('Database to show first');
    await answer('Name, as shown in the tree');
    await bench.row(/Connection pasted, (Redis|Valkey) /).waitFor();
    await edit();
    await box.getByText('Password (leave empty for none)').waitFor();
    await page.keyboard.press('Escape');
  });
});
