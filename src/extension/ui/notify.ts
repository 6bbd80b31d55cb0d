/** The only way to VS Code's notifications, dialogs and status messages: nothing in them is a link, or an icon but ours. */
import * as vscode from 'vscode';
import { withoutIcons, withoutLinks } from './untrusted-text.ts';

/** Resolves with the button that was chosen. */
export function showInformation<T extends string>(message: string, ...buttons: T[]): Thenable<T | undefined> {
  return vscode.window.showInformationMessage(withoutLinks(message), ...buttons);
}

export function showWarning<T extends string>(message: string, ...buttons: T[]): Thenable<T | undefined> {
  return vscode.window.showWarningMessage(withoutLinks(message), ...buttons);
}

export function showError<T extends string>(message: string, ...buttons: T[]): Thenable<T | undefined> {
  return vscode.window.showErrorMessage(withoutLinks(message), ...buttons);
}

/** For five seconds, in the status bar. @param icon of VS Code's own, by name */
export function showStatus(icon: string, message: string): void {
  void vscode.window.setStatusBarMessage(`$(${icon}) ${withoutIcons(message)}`, 5_000);
}

/** A dialog that has to be answered before anything else. */
export async function confirm(question: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(withoutLinks(question), { modal: true, detail: withoutLinks(detail) }, yes)) === yes;
}
