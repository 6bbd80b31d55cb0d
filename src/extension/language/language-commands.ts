/** Commands of the code side: they ask the language server. */
import * as vscode from 'vscode';
import { showStatus } from '../ui/notify.ts';
import type { LanguageFeatures } from './language-features.ts';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('keyscope');

export class LanguageCommands {
  constructor(
    readonly features: LanguageFeatures,
    readonly output: vscode.LogOutputChannel,
  ) {}

  /** The safe fixes of the active file, as on save with `source.fixAll.keyscope`. */
  async fixAllInFile(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) return;
    await this.features.start();
    const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, whole, FIX_ALL.value, 1);
    const edit = actions.find(({ kind }) => kind?.contains(FIX_ALL) || (kind !== undefined && FIX_ALL.contains(kind)))?.edit;
    if (edit === undefined) {
      showStatus('check', 'Nothing to fix by itself: what is left needs a person (light bulbs)');
      return;
    }
    await vscode.workspace.applyEdit(edit);
  }

  async checkWorkspace(): Promise<void> {
    const client = await this.features.start();
    await client.sendRequest('keyscope/checkWorkspace');
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}
