/** The rows of VS Code's pick lists: only `icon` is an icon, whatever names and addresses hold. */
import * as vscode from 'vscode';
import { withoutIcons } from './untrusted-text.ts';

export interface Choice {
  /** Of VS Code's own, by name. */
  icon?: string;
  label: string;
  description?: string;
  detail?: string;
  /** Whatever is typed. */
  alwaysShow?: boolean;
  /** A heading, which cannot be chosen. */
  heading?: true;
}

export interface Row<T extends Choice> extends vscode.QuickPickItem {
  choice: T;
}

export function toRow<T extends Choice>(choice: T): Row<T> {
  const { icon, label, description, detail, alwaysShow, heading } = choice;
  return {
    label: `${icon === undefined ? '' : `$(${icon}) `}${withoutIcons(label)}`,
    description: description && withoutIcons(description),
    detail: detail && withoutIcons(detail),
    alwaysShow,
    kind: heading ? vscode.QuickPickItemKind.Separator : vscode.QuickPickItemKind.Default,
    choice,
  };
}

/** Undefined: the person chose none. */
export async function pickOne<T extends Choice>(choices: readonly T[], options: { title: string; placeHolder?: string }): Promise<T | undefined> {
  return (await vscode.window.showQuickPick(choices.map(toRow), options))?.choice;
}
