/** The only way to VS Code's notifications and dialogs: nothing in them is a link. */
import * as vscode from 'vscode';
import { withoutLinks } from './links.ts';

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

/** A dialog that has to be answered before anything else. */
export async function confirm(question: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(withoutLinks(question), { modal: true, detail: withoutLinks(detail) }, yes)) === yes;
}
