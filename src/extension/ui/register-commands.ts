/** Commands with one way of failing: what went wrong is said to the person and written to the output. */
import * as vscode from 'vscode';
import { showError } from './notify.ts';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- a node of the tree, or what another caller gives */
type Handler = (argument?: any) => unknown;

/** @param handlers by name, without the prefix `keyscope.` */
export function registerCommands(output: vscode.LogOutputChannel, handlers: Readonly<Record<string, Handler>>): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) =>
      vscode.commands.registerCommand(`keyscope.${name}`, async (argument: unknown) => {
        try {
          return await handler(argument);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          output.error(`keyscope.${name}: ${error instanceof Error ? (error.stack ?? message) : message}`);
          void showError(message);
          return undefined;
        }
      }),
    ),
  );
}
