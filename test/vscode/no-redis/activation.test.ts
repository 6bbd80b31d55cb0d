import { strictEqual, ok } from 'node:assert';
import { statSync } from 'node:fs';
import * as vscode from 'vscode';
import { activated } from '../support/internals.ts';

describe('activation in a folder without Redis', () => {
  it('evaluates under 150 KB', () => {
    const extension = vscode.extensions.getExtension('keyscope.keyscope');
    ok(extension);
    ok(statSync(`${extension.extensionPath}/dist/extension.js`).size < 150 * 1024);
  });

  it('loads neither the language client nor ioredis, even with a file open', async () => {
    const { language } = await activated();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    ok(folder);
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'plain.ts'));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    strictEqual(language.loaded, false);
    const loaded = Object.keys(require.cache).map((file) => file.replaceAll('\\', '/'));
    ok(loaded.some((file) => file.endsWith('/dist/extension.js')));
    strictEqual(loaded.filter((file) => /\/dist\/(redis|language-client)\.js$/.test(file)).join(), '');
  });

  it('loads the language client when a file imports a client', async () => {
    const { language } = await activated();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    ok(folder);
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'cache.mjs'));
    const end = Date.now() + 10_000;
    while (!language.loaded && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    strictEqual(language.loaded, true);
  });

  it('contributes the commands it registers, and no others', async () => {
    const contributed = (vscode.extensions.getExtension('keyscope.keyscope')?.packageJSON as { contributes: { commands: { command: string }[] } }).contributes.commands;
    const registered = (await vscode.commands.getCommands(true)).filter((id) => /^keyscope\.[a-zA-Z]+$/.test(id));
    strictEqual(registered.sort().join('\n'), contributed.map(({ command }) => command).sort().join('\n'));
  });
});
