/** Answers the questions of VS Code's quick input, as a person at the keyboard does: the real inputs, their values, Enter. */
import * as vscode from 'vscode';

export interface Asked {
  /** The prompt of a text, the placeholder of a choice. */
  prompt: string;
  /** What stands in the field, or the labels to choose from. */
  value: string;
  items: string[];
  /** What is typed is not shown. */
  masked: boolean;
  /** What VS Code says is wrong with the last answer. */
  complaint: string;
}

type Input = vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>;

/**
 * Runs `work` and answers each question that it asks: with a text, with the label of a choice, or with Enter alone for `undefined`.
 * A text that no row has is typed into the field of the list.
 * Resolves with what was asked, in order.
 */
export async function answering(work: () => Promise<unknown>, answer: (asked: Asked) => string | undefined): Promise<Asked[]> {
  const asked: Asked[] = [];
  const { createInputBox, createQuickPick } = vscode.window;
  let current: Input | undefined;
  const watch = <T extends Input>(input: T): T => {
    current = input;
    input.onDidHide(() => (current = current === input ? undefined : current));
    return input;
  };
  Object.assign(vscode.window, { createInputBox: () => watch(createInputBox()), createQuickPick: () => watch(createQuickPick()) });
  let done = false;
  const working = work().finally(() => (done = true));
  try {
    const end = Date.now() + 30_000;
    let input: Input | undefined;
    let complaint: string | undefined;
    while (!done && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (current === undefined || (current === input && complaintOf(current) === complaint)) continue;
      input = current;
      complaint = complaintOf(input);
      const question = describe(input);
      asked.push(question);
      put(input, answer(question));
      await new Promise((resolve) => setTimeout(resolve, 100));
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    }
    if (!done) throw new Error(`Not answered: ${JSON.stringify(asked.at(-1))}`);
    await working;
    return asked;
  } finally {
    Object.assign(vscode.window, { createInputBox, createQuickPick });
    current?.hide();
  }
}

function describe(input: Input): Asked {
  const items = 'items' in input ? input.items.map(({ label }) => label) : [];
  return { prompt: ('items' in input ? input.placeholder : input.prompt) ?? '', value: input.value, items, masked: !('items' in input) && input.password, complaint: complaintOf(input) ?? '' };
}

function complaintOf(input: Input): string | undefined {
  if ('items' in input) return undefined;
  return typeof input.validationMessage === 'object' ? input.validationMessage.message : input.validationMessage;
}

function put(input: Input, text: string | undefined): void {
  if (text === undefined) return;
  if (!('items' in input)) input.value = text;
  else if (input.items.some(({ label }) => label === text)) input.activeItems = input.items.filter(({ label }) => label === text);
  // What is no row is typed.
  else input.value = text;
}
