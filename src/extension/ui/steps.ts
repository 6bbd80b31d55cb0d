/** Questions asked one after another in VS Code's quick input, with a way back to the one before. */
import * as vscode from 'vscode';
import { withoutLinks } from './links.ts';

export const BACK = Symbol('back');
/** There is nothing to ask: on to the next, or back past it. */
export const SKIP = Symbol('skip');
/** `undefined`: the person closed the question. */
export type Answer<T> = T | typeof BACK | typeof SKIP | undefined;

export interface Position {
  title: string;
  step: number;
  totalSteps: number;
}

export interface Question {
  prompt: string;
  value?: string;
  placeholder?: string;
  password?: boolean;
  /** A sentence that says what is wrong, or undefined. */
  validate?(value: string): string | undefined;
}

/** Asks one question; puts the answer where the caller keeps it. */
export type Step = (position: Position) => Promise<Answer<unknown>>;

/** Runs the steps in order; BACK goes to the one before. Resolves to false when the person gave up. */
export async function runSteps(title: string, steps: readonly Step[]): Promise<boolean> {
  let direction = 1;
  for (let at = 0; at < steps.length; ) {
    const answer = await steps[at]?.({ title, step: at + 1, totalSteps: steps.length });
    if (answer === undefined) return false;
    if (answer !== SKIP) direction = answer === BACK ? -1 : 1;
    at += direction;
    if (at < 0) return false;
  }
  return true;
}

export function askText(position: Position, question: Question): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  Object.assign(box, position);
  const complaint = (value: string): string | undefined => {
    const text = question.validate?.(value);
    return text && withoutLinks(text);
  };
  box.prompt = withoutLinks(question.prompt);
  box.value = question.value ?? '';
  box.placeholder = question.placeholder;
  box.password = question.password ?? false;
  box.ignoreFocusOut = true;
  box.buttons = position.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  box.onDidChangeValue((value) => {
    // What was complained of may be right by now; a new complaint waits for Enter.
    if (box.validationMessage !== undefined) box.validationMessage = complaint(value);
  });
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      box.validationMessage = complaint(box.value);
      if (box.validationMessage === undefined) finish(box, resolve, box.value.trim());
    });
    showUntilAnswered(box, resolve);
  });
}

export function choose<T extends vscode.QuickPickItem>(position: Position, placeholder: string, items: readonly T[], active?: T): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<T>();
  Object.assign(pick, position);
  pick.placeholder = placeholder;
  pick.items = items;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.activeItems = active === undefined ? [] : [active];
  pick.buttons = position.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined) finish(pick, resolve, chosen);
    });
    showUntilAnswered(pick, resolve);
  });
}

interface Input extends vscode.QuickInput {
  onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
}

function showUntilAnswered<T>(input: Input, resolve: (answer: Answer<T>) => void): void {
  input.onDidTriggerButton((button) => {
    if (button === vscode.QuickInputButtons.Back) finish(input, resolve, BACK);
  });
  input.onDidHide(() => finish(input, resolve, undefined));
  input.show();
}

function finish<T>(input: Input, resolve: (answer: Answer<T>) => void, answer: Answer<T>): void {
  // The first answer counts: disposing hides the input, which would answer `undefined`.
  resolve(answer);
  input.dispose();
}
