/** `keyscope lsp --stdio` as another editor would drive it: plain JSON-RPC. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cliArguments, repository } from '../cli/built-cli.ts';
import { service, TestProject } from '../cli/project.ts';
import { JsonRpcClient, type Notification } from './json-rpc-client.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 30_000 });

const projects: TestProject[] = [];
let client: JsonRpcClient | undefined;
afterEach(async () => {
  await client?.stop();
  for (const project of projects.splice(0)) project.remove();
});

const fullCapabilities = {
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'], changeAnnotationSupport: {} },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

function project(files = service): TestProject {
  const made = new TestProject(files);
  projects.push(made);
  return made;
}

/** Two handlers that connect anew for each request, and no client to share. */
const handlers: Record<string, string> = {
  'package.json': '{ "name": "handlers", "dependencies": { "ioredis": "^5", "express": "^4" } }',
  'src/app.ts': [
    "import express from 'express';",
    "import Redis from 'ioredis';",
    '',
    'export const app = express();',
    ...['a', 'b'].flatMap((key) => [
      `app.get('/${key}', async (_req, res) => {`,
      '  const client = new Redis(process.env.REDIS_URL!);',
      `  res.send(await client.get('${key}'));`,
      '  await client.quit();',
      '});',
    ]),
    '',
  ].join('\n'),
};

interface AnyChange {
  kind?: string;
  uri?: string;
  annotationId?: string;
  options?: object;
  textDocument?: { uri: string };
  edits?: (TextEdit & { annotationId?: string })[];
}

const uri = (root: string, name: string): string => pathToFileURL(path.join(root, name)).href;

async function start(roots: readonly string[], capabilities: object = fullCapabilities, more: object = {}, configuration?: (params: never) => unknown): Promise<JsonRpcClient> {
  client = new JsonRpcClient(process.execPath, [...cliArguments(), 'lsp', '--stdio'], repository);
  if (configuration) client.answers['workspace/configuration'] = configuration;
  const workspaceFolders = roots.map((root) => ({ uri: pathToFileURL(root).href, name: path.basename(root) }));
  await client.request('initialize', { processId: process.pid, rootUri: workspaceFolders[0]?.uri ?? null, workspaceFolders, capabilities, ...more });
  client.notify('initialized', {});
  return client;
}

/** Codes and lines of the diagnostics of a file, as last published from `since` on and as `expected` has them. */
async function diagnostics(server: JsonRpcClient, file: string, expected: readonly string[], since = 0): Promise<Notification> {
  return server.waitFor((each) => each.method === 'textDocument/publishDiagnostics' && each.params.uri === file && JSON.stringify(codes(each)) === JSON.stringify(expected), since);
}

function codes({ params }: Notification): string[] {
  return (params.diagnostics as { code: string; range: { start: { line: number } } }[]).map(({ code, range }) => `${code}@${range.start.line}`);
}

function open(server: JsonRpcClient, file: string, text: string, version = 1): void {
  server.notify('textDocument/didOpen', { textDocument: { uri: file, languageId: 'typescript', version, text } });
}

interface TextEdit {
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
  newText: string;
}
interface Action {
  title: string;
  kind: string;
  isPreferred?: boolean;
  edit?: { documentChanges?: { textDocument: { uri: string; version: number | null }; edits: TextEdit[] }[]; changes?: Record<string, TextEdit[]> };
}

function codeActions(server: JsonRpcClient, file: string, line: number, character: number, only?: string[]): Promise<Action[]> {
  const at = { line, character };
  return server.request('textDocument/codeAction', { textDocument: { uri: file }, range: { start: at, end: at }, context: { diagnostics: [], ...(only ? { only } : {}) } }) as Promise<Action[]>;
}

/** Those of the first handler's client that are about sharing one: it has no 'error' listener either. */
async function sharingActions(server: JsonRpcClient, root: string): Promise<Action[]> {
  return (await codeActions(server, uri(root, 'src/app.ts'), 5, 24)).filter(({ title }) => /shared Redis client|no-client-per-request/.test(title));
}

function applied(text: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = ({ line, character }: TextEdit['range']['start']): number => (starts[line] ?? text.length) + character;
  return [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start)).reduce((result, { range, newText }) => result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)), text);
}

describe('keyscope lsp --stdio', () => {
  it('checks the workspace in the background, with progress, and says all there is to a finding', async () => {
    const { root } = project();
    const server = await start([root]);
    const sessions = await diagnostics(server, uri(root, 'src/sessions.ts'), ['no-keys@6']);
    expect(sessions.params.diagnostics[0]).toMatchObject({
      range: { start: { line: 6, character: 26 }, end: { line: 6, character: 30 } },
      severity: 1,
      source: 'keyscope',
      codeDescription: { href: expect.stringMatching(/^https:.*\/docs\/rules\/no-keys\.md$/) as unknown },
    });
    const test = await diagnostics(server, uri(root, 'test/sessions.test.ts'), ['no-keys@3']);
    expect(test.params.diagnostics[0].severity).toBe(4);
    await server.waitFor(({ method, params }) => method === '$/progress' && params.value.kind === 'end');
    expect(server.received.filter(({ method }) => method === '$/progress').map(({ params }) => params.value.kind as string)).toEqual(expect.arrayContaining(['begin', 'report', 'end']));
    const watchers = server.received.find(({ method, params }) => method === 'client/registerCapability' && params.registrations[0].method === 'workspace/didChangeWatchedFiles');
    expect(watchers?.params.registrations[0].registerOptions.watchers.length).toBeGreaterThan(2);
    expect(await server.stop()).toBe(0);
    expect(server.stderr).toBe('');
  });

  it('follows unsaved text by incremental edits, and the disk when the document is closed', async () => {
    const { root } = project();
    const server = await start([root]);
    const file = uri(root, 'src/visits.ts');
    await diagnostics(server, file, ['range-for-count@3']);
    open(server, file, service['src/visits.ts'] ?? '');
    const insert = (version: number, line: number, text: string): void =>
      server.notify('textDocument/didChange', { textDocument: { uri: file, version }, contentChanges: [{ range: { start: { line, character: 0 }, end: { line, character: 0 } }, text }] });
    let since = server.received.length;
    insert(2, 1, "const emoji = '😀'; void emoji;\n");
    insert(3, 6, "export const all = () => redis.keys('😀*');\n");
    const changed = await diagnostics(server, file, ['range-for-count@4', 'no-keys@6'], since);
    expect(changed.params.version).toBe(3);
    since = server.received.length;
    server.notify('textDocument/didClose', { textDocument: { uri: file } });
    await diagnostics(server, file, ['range-for-count@3'], since);
  });

  it('judges other open files by the unsaved text of one', async () => {
    const { root } = project();
    const server = await start([root]);
    const [redis, visits] = [uri(root, 'src/redis.ts'), uri(root, 'src/visits.ts')];
    await diagnostics(server, visits, ['range-for-count@3']);
    open(server, visits, service['src/visits.ts'] ?? '');
    open(server, redis, service['src/redis.ts'] ?? '');
    await diagnostics(server, visits, ['range-for-count@3'], server.received.length - 1);
    const since = server.received.length;
    server.notify('textDocument/didChange', { textDocument: { uri: redis, version: 2 }, contentChanges: [{ text: 'class Mine { smembers(_key: string): Promise<string[]> { return Promise.resolve([]); } }\nexport const redis = new Mine();\n' }] });
    await diagnostics(server, visits, [], since);
  });

  it('notices files that are changed, made and removed on disk, the configuration too', async () => {
    const made = project();
    const { root } = made;
    const server = await start([root]);
    const file = uri(root, 'src/new.ts');
    await diagnostics(server, uri(root, 'src/visits.ts'), ['range-for-count@3']);
    made.write({ 'src/new.ts': "import { redis } from './redis';\nexport const all = () => redis.keys('*');\n" });
    server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: file, type: 1 }] });
    await diagnostics(server, file, ['no-keys@1']);
    let since = server.received.length;
    made.write({ 'keyscope.config.json': '{\n  "rules": { "no-keys": "off", "range-for-count": "fatal" }\n}' });
    server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(root, 'keyscope.config.json'), type: 1 }] });
    await diagnostics(server, file, [], since);
    const config = await diagnostics(server, uri(root, 'keyscope.config.json'), ['configuration@1'], since);
    expect(config.params.diagnostics[0].message).toContain('Rule "range-for-count" is set to one of');
    since = server.received.length;
    made.write({ 'keyscope.config.json': '{}' });
    server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(root, 'keyscope.config.json'), type: 2 }] });
    await diagnostics(server, uri(root, 'keyscope.config.json'), [], since);
    await diagnostics(server, file, ['no-keys@1'], since);
    since = server.received.length;
    execFileSync('rm', [path.join(root, 'src/new.ts')]);
    server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: file, type: 3 }] });
    await diagnostics(server, file, [], since);
  });

  it('offers fixes, suppressions and fix-all, with edits for the current version', async () => {
    const { root } = project();
    const server = await start([root]);
    const file = uri(root, 'src/visits.ts');
    const text = `${service['src/visits.ts'] ?? ''}\nexport async function bots(): Promise<number> {\n  const all = await redis.smembers('bots');\n  return all.length;\n}\n`;
    open(server, file, text, 7);
    const actions = await codeActions(server, file, 3, 25);
    const [fix] = actions;
    expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true });
    expect(fix?.edit).toBeUndefined();
    expect(actions.map(({ title }) => title)).toEqual([
      fix?.title,
      'Fix all range-for-count problems in this file (2)',
      'Suppress range-for-count for this line',
      'Suppress range-for-count for this file',
    ]);
    const editOf = async (action: Action | undefined): Promise<string> => {
      const resolved = action?.edit ? action : ((await server.request('codeAction/resolve', action)) as Action);
      const [change] = resolved.edit?.documentChanges ?? [];
      expect(change?.textDocument).toEqual({ uri: file, version: 7 });
      return applied(text, change?.edits ?? []);
    };
    expect(await editOf(fix)).toMatch(/redis\.scard\(`visitors[^]*smembers\('bots'/);
    expect(await editOf(actions[1])).toMatch(/redis\.scard\(`visitors[^]*redis\.scard\('bots'/);
    expect(await editOf(actions[2])).toContain('  // keyscope-disable-next-line range-for-count\n  return (await');
    expect(await editOf(actions[3])).toMatch(/^\/\/ keyscope-disable range-for-count\n/);
    const [all, ...rest] = await codeActions(server, file, 0, 0, ['source.fixAll']);
    expect([all?.kind, rest]).toEqual(['source.fixAll.keyscope', []]);
    expect(await editOf(all)).toMatch(/redis\.scard\(`visitors[^]*redis\.scard\('bots'/);
    expect(await codeActions(server, file, 0, 0)).toEqual([]);
    // Nothing was changed by computing what would be.
    expect(await editOf((await codeActions(server, file, 3, 25))[0])).toMatch(/redis\.scard\(`visitors[^]*smembers\('bots'/);
    // An action of a text that is no more.
    server.notify('textDocument/didChange', { textDocument: { uri: file, version: 8 }, contentChanges: [{ text: '\n\nexport {};\n' }] });
    await expect(server.request('codeAction/resolve', fix)).rejects.toThrow(/-32801: The code has changed/);
  });

  it('fixes one at a time where the text does not parse, never all', async () => {
    const { root } = project();
    const server = await start([root]);
    const file = uri(root, 'src/visits.ts');
    open(server, file, `${service['src/visits.ts'] ?? ''}\nexport async function bots(): Promise<number> {\n  return (await redis.smembers('bots')).length;\n}\nfunction (`);
    expect(await codeActions(server, file, 0, 0, ['source.fixAll'])).toEqual([]);
    const titles = (await codeActions(server, file, 3, 25)).map(({ title }) => title);
    expect(titles).toHaveLength(3);
    expect(titles.filter((title) => title.startsWith('Fix all'))).toEqual([]);
  });

  it('makes a file only with confirmation, one or all in the file', async () => {
    const { root } = project(handlers);
    const server = await start([root]);
    const file = uri(root, 'src/app.ts');
    const text = handlers['src/app.ts'] ?? '';
    open(server, file, text);
    const [one, all] = await sharingActions(server, root);
    expect(all?.title).toBe('Fix all no-client-per-request problems in this file (2)');
    for (const [action, left] of [[one, 1], [all, 0]] as const) {
      const { edit } = (await server.request('codeAction/resolve', action)) as { edit: { documentChanges: AnyChange[]; changeAnnotations: Record<string, { needsConfirmation: boolean }> } };
      const created = edit.documentChanges.find(({ kind }) => kind === 'create');
      expect(created).toMatchObject({ uri: expect.stringMatching(/\/src\/[\w-]+\.ts$/) as unknown, options: { overwrite: false } });
      const annotations = edit.documentChanges.flatMap(({ kind, annotationId, edits }) => (kind ? [annotationId] : (edits ?? []).map((each) => each.annotationId)));
      expect(annotations.every((id) => id !== undefined && edit.changeAnnotations[id]?.needsConfirmation === true)).toBe(true);
      const after = applied(text, edit.documentChanges.find(({ textDocument }) => textDocument?.uri === file)?.edits ?? []);
      expect(after.match(/new Redis/g)?.length ?? 0).toBe(left);
      const content = edit.documentChanges.find(({ textDocument }) => textDocument?.uri === created?.uri)?.edits?.[0]?.newText;
      expect(content).toMatch(/export function /);
    }
  });

  it('writes the shared client where the settings say, or before them the configuration', async () => {
    const made = project(handlers);
    const opened = (server: JsonRpcClient): JsonRpcClient => {
      open(server, uri(made.root, 'src/app.ts'), handlers['src/app.ts'] ?? '');
      return server;
    };
    const created = async (server: JsonRpcClient): Promise<string> => {
      const [one] = await sharingActions(server, made.root);
      const { edit } = (await server.request('codeAction/resolve', one)) as { edit: { documentChanges: AnyChange[] } };
      return path.relative(uri(made.root, ''), edit.documentChanges.find(({ kind }) => kind === 'create')?.uri ?? '');
    };
    expect(await created(opened(await start([made.root], fullCapabilities, { initializationOptions: { sharedClient: { folder: 'lib/db' } } })))).toBe('lib/db/redis-client.ts');
    await client?.stop();

    const server = opened(await start([made.root], { ...fullCapabilities, workspace: { ...fullCapabilities.workspace, configuration: false } }));
    expect(await created(server)).toBe('src/redis-client.ts');
    server.notify('workspace/didChangeConfiguration', { settings: { keyscope: { sharedClient: { folder: 'src/pushed' } } } });
    await vi.waitFor(async () => expect(await created(server)).toBe('src/pushed/redis-client.ts'), 10_000);
    server.notify('workspace/didChangeConfiguration', { settings: { keyscope: { sharedClient: { folder: '../out' } } } });
    await vi.waitFor(async () => expect(await created(server)).toBe('src/redis-client.ts'), 10_000);
    await client?.stop();

    made.write({ 'keyscope.config.json': '{ "sharedClient": { "folder": "src/configured" } }' });
    expect(await created(opened(await start([made.root], fullCapabilities, { initializationOptions: { sharedClient: { folder: 'lib/db' } } })))).toBe('src/configured/redis-client.ts');
  });

  it('asks the client for the folder of the shared client, for each folder', async () => {
    const made = project(handlers);
    const asked: unknown[] = [];
    const server = await start([made.root], fullCapabilities, {}, (params: { items: { section: string; scopeUri?: string }[] }) =>
      params.items.map((item) => (asked.push(item), item.section === 'keyscope.sharedClient.folder' ? 'src/asked' : null)));
    open(server, uri(made.root, 'src/app.ts'), handlers['src/app.ts'] ?? '');
    await vi.waitFor(async () => {
      const [one] = await sharingActions(server, made.root);
      expect(one?.title).toContain('src/asked/redis-client.ts');
    }, 10_000);
    expect(asked).toContainEqual({ section: 'keyscope.sharedClient.folder', scopeUri: uri(made.root, '') .replace(/\/$/, '') });
  });

  it('gives a plain client plain edits at once, and no file creation', async () => {
    const { root } = project();
    const server = await start([root], { textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } } });
    const file = uri(root, 'src/visits.ts');
    await diagnostics(server, file, ['range-for-count@3']);
    const text = service['src/visits.ts'] ?? '';
    open(server, file, text);
    const [fix] = await codeActions(server, file, 3, 25);
    expect(Object.keys(fix?.edit ?? {})).toEqual(['changes']);
    expect(applied(text, fix?.edit?.changes?.[file] ?? [])).toContain('redis.scard(');
    const app = project(handlers);
    open(server, uri(app.root, 'src/app.ts'), handlers['src/app.ts'] ?? '');
    expect((await sharingActions(server, app.root)).map(({ title }) => title)).toEqual([
      'Suppress no-client-per-request for this line',
      'Suppress no-client-per-request for this file',
    ]);
    expect(server.received.some(({ method }) => method.startsWith('client/') || method.startsWith('window/workDone'))).toBe(false);
  });

  it('serves several folders, nested ones by the nearest, and files in none', async () => {
    const [outer, other] = [project(), project()];
    outer.write({ 'packages/inner/keyscope.config.json': '{ "rules": { "no-keys": "information" } }', 'packages/inner/a.ts': "import { redis } from '../../src/redis';\nexport const all = () => redis.keys('*');\n" });
    const server = await start([outer.root, other.root, path.join(outer.root, 'packages/inner')]);
    await diagnostics(server, uri(outer.root, 'src/sessions.ts'), ['no-keys@6']);
    await diagnostics(server, uri(other.root, 'src/sessions.ts'), ['no-keys@6']);
    const lone = project({ 'sub/package.json': '{}', 'script.js': "const Redis = require('ioredis');\nconst redis = new Redis();\nredis.keys('*').then(console.log);\n" });
    open(server, uri(lone.root, 'script.js'), readFileSync(path.join(lone.root, 'script.js'), 'utf8'));
    await diagnostics(server, uri(lone.root, 'script.js'), ['missing-error-listener@1', 'floating-command@2', 'no-keys@2']);
    const since = server.received.length;
    server.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: pathToFileURL(other.root).href, name: 'other' }] } });
    await diagnostics(server, uri(other.root, 'src/sessions.ts'), [], since);
  });

  it('checks neither installed nor ignored files, and only open ones where so set', async () => {
    const made = project();
    const { root } = made;
    const bad = "import { redis } from '../src/redis';\nexport const all = () => redis.keys('*');\n";
    made.write({ '.gitignore': 'gen\n', 'gen/a.ts': bad, 'node_modules/x/a.ts': bad });
    const server = await start([root], { ...fullCapabilities, workspace: {} }, { initializationOptions: { checkWorkspace: false } });
    for (const name of ['gen/a.ts', 'node_modules/x/a.ts', 'src/visits.ts']) open(server, uri(root, name), readFileSync(path.join(root, name), 'utf8'));
    await diagnostics(server, uri(root, 'src/visits.ts'), ['range-for-count@3']);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const published = new Set(server.received.filter(({ method }) => method === 'textDocument/publishDiagnostics').map(({ params }) => params.uri as string));
    expect([...published]).toEqual([uri(root, 'src/visits.ts')]);
    server.notify('workspace/didChangeConfiguration', { settings: { keyscope: { checkWorkspace: true } } });
    await diagnostics(server, uri(root, 'src/sessions.ts'), ['no-keys@6']);
  });

  it('heeds the baseline of the configuration', async () => {
    const made = project();
    made.write({ 'keyscope.config.json': '{ "baseline": "b.json" }' });
    await made.run(['check', '--write-baseline']);
    made.write({ 'src/new.ts': "import { redis } from './redis';\nexport const all = () => redis.keys('*');\n" });
    const server = await start([made.root]);
    await diagnostics(server, uri(made.root, 'src/new.ts'), ['no-keys@1']);
    const shown = server.received.filter(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.diagnostics.length > 0);
    expect(shown.map(({ params }) => params.uri as string)).toEqual([uri(made.root, 'src/new.ts')]);
  });

  it('survives bad input', async () => {
    const { root } = project();
    const server = await start([root]);
    server.raw('Content-Length: 9\r\n\r\nnot json!');
    server.notify('textDocument/didChange', { textDocument: { uri: uri(root, 'never-opened.ts'), version: 2 }, contentChanges: [{ text: 'x' }] });
    open(server, 'untitled:Untitled-1', 'redis.keys()');
    open(server, 'file:///%E0%A4%A', 'redis.keys()');
    open(server, uri(root, 'src/torn.ts'), "import { redis } from './redis';\nexport const a = await redis.keys('*'\nconst {{{{ = `${");
    mkdirSync(path.join(root, 'src/folder.ts'));
    server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(root, 'src/folder.ts'), type: 1 }, { uri: 'nonsense', type: 9 }] });
    await expect(server.request('textDocument/nonsense', {})).rejects.toThrow(/-32601/);
    await expect(server.request('textDocument/codeAction', { textDocument: { uri: 'file:///nowhere.ts' } })).resolves.toEqual([]);
    await expect(server.request('codeAction/resolve', { title: 'x', data: { file: 3 } })).resolves.toMatchObject({ title: 'x' });
    writeFileSync(path.join(root, 'keyscope.config.json'), '{ "extends": "./keyscope.config.json" ');
    server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(root, 'keyscope.config.json'), type: 1 }] });
    await diagnostics(server, uri(root, 'src/torn.ts'), ['no-keys@1']);
    await server.waitFor(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === uri(root, 'keyscope.config.json') && params.diagnostics.length > 0);
    expect(server.process.exitCode).toBeNull();
  });

  it('ends with its client', async () => {
    const { root } = project();
    const server = await start([root]);
    const ended = new Promise((resolve) => server.process.once('exit', resolve));
    server.process.stdin.end();
    expect(await ended).toBe(1);
  });
});
