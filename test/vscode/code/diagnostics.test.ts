import { deepStrictEqual, match, ok, strictEqual } from 'node:assert';
import { writeFileSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { activated, until } from '../support/internals.ts';

const [shop, second] = vscode.workspace.workspaceFolders ?? [];

function file(path: string, folder = shop): vscode.Uri {
  ok(folder);
  return vscode.Uri.joinPath(folder.uri, path);
}

function rulesIn(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'keyscope')
    .map(({ code }) => String(typeof code === 'object' ? code.value : code))
    .sort();
}

/** VS Code gives a request up (“Canceled”) when the editor that has just been opened is still settling. */
async function actionsAt(uri: vscode.Uri, rule: string): Promise<vscode.CodeAction[]> {
  return await until(`code actions for ${rule}`, async () => {
    const diagnostic = vscode.languages.getDiagnostics(uri).find(({ code }) => typeof code === 'object' && code.value === rule);
    if (diagnostic === undefined) return undefined;
    const kind = vscode.CodeActionKind.QuickFix.value;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, diagnostic.range, kind, 20).then(
      (found) => found,
      () => [],
    );
    return actions.length > 0 ? actions : undefined;
  });
}

describe('checking code', () => {
  before(async () => {
    const { language } = await activated();
    await until('the language client is loaded by the dependency', () => language.loaded);
  });

  it('reports the files of the workspace, of both its folders, without any being open', async () => {
    await until('findings in a file that is not open', () => rulesIn(file('src/report.ts')).includes('no-keys'), 30_000);
    await until('findings in the second folder', () => rulesIn(file('worker.js', second)).includes('set-then-expire'), 30_000);
  });

  it('reports unsaved text as it is typed, with a page for the rule', async () => {
    const document = await vscode.workspace.openTextDocument(file('src/clean.ts'));
    const editor = await vscode.window.showTextDocument(document);
    deepStrictEqual(rulesIn(document.uri), []);
    await editor.edit((edit) => edit.insert(new vscode.Position(document.lineCount, 0), "\nexport const all = () => redis.keys('user:*');\n"));
    await until('a finding in unsaved text', () => rulesIn(document.uri).includes('no-keys'));
    strictEqual(document.isDirty, true);
    const [diagnostic] = vscode.languages.getDiagnostics(document.uri);
    ok(typeof diagnostic?.code === 'object');
    match(diagnostic.code.target.toString(), /no-keys/);
    strictEqual(document.getText(diagnostic.range), 'keys');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    strictEqual(document.isDirty, false);
    await until('no finding after the text is taken back', () => rulesIn(document.uri).length === 0);
  });

  it('fixes by light bulb, and suppresses', async () => {
    const document = await vscode.workspace.openTextDocument(file('src/report.ts'));
    await vscode.window.showTextDocument(document);
    const actions = await actionsAt(document.uri, 'no-keys');
    ok(actions.some(({ title }) => title === 'Suppress no-keys for this line'), actions.map(({ title }) => title).join('; '));
    const fix = actions.find(({ title, edit }) => /scan/i.test(title) && edit !== undefined);
    ok(fix?.edit, actions.map(({ title }) => title).join('; '));
    await vscode.workspace.applyEdit(fix.edit);
    match(document.getText(), /scanStream/);
    await until('the finding is gone', () => !rulesIn(document.uri).includes('no-keys'));
  });

  it('fixes all that is safe in one file by command', async () => {
    const document = await vscode.workspace.openTextDocument(file('src/sessions.ts'));
    await vscode.window.showTextDocument(document);
    await until('the findings', () => rulesIn(document.uri).filter((rule) => rule === 'set-then-expire').length === 2);
    await vscode.commands.executeCommand('keyscope.fixAllInFile');
    await until('both fixed', () => !rulesIn(document.uri).includes('set-then-expire'));
    match(document.getText(), /redis\.set\(`session:\$\{id\}`, data, 'EX', 3600\)/);
    ok(!document.getText().includes('.expire('));
  });

  it('follows files that change on disk', async () => {
    const added = file('src/added.ts');
    writeFileSync(added.fsPath, "import { redis } from './redis';\nexport const names = () => redis.keys('name:*');\n");
    await until('findings in a new file', () => rulesIn(added).includes('no-keys'));
    rmSync(added.fsPath);
    await until('none after it is removed', () => rulesIn(added).length === 0);
  });

  it('checks the workspace by command, and goes on after the server was restarted', async () => {
    await vscode.commands.executeCommand('keyscope.checkWorkspace');
    await vscode.commands.executeCommand('keyscope.restartLanguageServer');
    await until('findings of the new server', () => rulesIn(file('worker.js', second)).includes('set-then-expire'), 30_000);
  });

  it('writes the shared client by light bulb where the setting says', async () => {
    const settings = vscode.workspace.getConfiguration('keyscope.sharedClient', shop);
    await settings.update('folder', 'src/by-setting', vscode.ConfigurationTarget.WorkspaceFolder);
    const handler = file('src/per-request.ts');
    const code = "import Redis from 'ioredis';\nexport async function show(req: { id: string }, res: { json(x: unknown): void }) {\n  const client = new Redis('redis://other:6379');\n  res.json(await client.get(req.id));\n  await client.quit();\n}\n";
    writeFileSync(handler.fsPath, code);
    try {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(handler));
      await until('a client per request', () => rulesIn(handler).includes('no-client-per-request'));
      const title = await until('a fix that heeds the setting', async () => (await actionsAt(handler, 'no-client-per-request')).map((action) => action.title).find((text) => text.includes('src/by-setting/')));
      strictEqual(title, "Create a shared Redis client in src/by-setting/redis-client.ts and use its client with `'redis://other:6379'`");
    } finally {
      await settings.update('folder', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      rmSync(handler.fsPath);
    }
  });

  it('creates the shared client once, where the settings say, in the language of the project', async () => {
    const target = file('src/redis');
    await vscode.commands.executeCommand('keyscope.createSharedClient', target);
    const written = file('src/redis/redis-client.ts');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(written));
    match(text, /^\/\/ keyscope shared client v2 \(ioredis\)/);
    match(text, /from 'ioredis'/);
    await vscode.workspace.fs.writeFile(written, new TextEncoder().encode(`${text}// mine\n`));
    void vscode.commands.executeCommand('keyscope.createSharedClient', target);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    ok(new TextDecoder().decode(await vscode.workspace.fs.readFile(written)).endsWith('// mine\n'));
  });
});
