/** The extension under test, activated. */
import * as vscode from 'vscode';
import type { Internals } from '../../../src/extension/extension.ts';

export async function activated(): Promise<Internals> {
  const extension = vscode.extensions.getExtension<Internals | undefined>('keyscope.keyscope');
  if (extension === undefined) throw new Error('The extension is not there.');
  const internals = await extension.activate();
  if (internals === undefined) throw new Error('The extension does not know that it is tested.');
  return internals;
}

/** Waits until a condition holds; the message says what did not come. */
export async function until<T>(what: string, condition: () => T | Promise<T>, limitMs = 30_000): Promise<NonNullable<T>> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`Not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
