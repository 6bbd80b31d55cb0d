/** Questions asked one after another in VS Code's quick input, with a way back to the one before. */
import * as vscode from 'vscode';
import { toRow } from './pick.ts';
import type { Choice, Row } from './pick.ts';
import { withoutLinks } from './untrusted-text.ts';

export const BACK = Symbol('back');
/** There is nothing to ask: on to the next, or back past it. */
export const SKIP = Symbol('skip');
/** `undefined`: the person closed the question. */
export type Answer<T> = T | typeof BACK | typeof SKIP | undefined;

/** Of a question in a row of them; one that is asked alone has a title only. */
export interface Position {
  title: string;
  step?: number;
  totalSteps?: number;
}

export interface Question<T = never> {
  prompt: string;
  value?: string;
  placeholder?: string;
  password?: boolean;
  /** A button that answers in place of a text. @param icon of VS Code's own, by name */
  button?: { icon: string; tooltip: string; answer: T };
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

export function askText<T = never>(position: Position, question: Question<T>): Promise<Answer<string | T>> {
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
  const { button } = question;
  const own = button && { iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.tooltip };
  box.buttons = [...backButton(position), ...(own ? [own] : [])];
  box.onDidChangeValue((value) => {
    // What was complained of may be right by now; a new complaint waits for Enter.
    if (box.validationMessage !== undefined) box.validationMessage = complaint(value);
  });
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      box.validationMessage = complaint(box.value);
      if (box.validationMessage === undefined) finish(box, resolve, box.value.trim());
    });
    box.onDidTriggerButton((pressed) => {
      if (button !== undefined && pressed === own) finish(box, resolve, button.answer);
    });
    showUntilAnswered(box, resolve);
  });
}

export interface Choosing<T> {
  /** Stands under the cursor at first. */
  active?: T;
  /** What a typed text itself would choose, beside those that it finds. */
  typed?(text: string): T | undefined;
}

export function choose<T extends Choice>(position: Position, placeholder: string, choices: readonly T[], { active, typed }: Choosing<T> = {}): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<Row<T>>();
  Object.assign(pick, position);
  const rows = choices.map(toRow);
  pick.placeholder = placeholder;
  pick.items = rows;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.activeItems = rows.filter(({ choice }) => choice === active);
  pick.buttons = backButton(position);
  pick.onDidChangeValue((text) => {
    const choice = typed?.(text);
    const own = choice && toRow({ ...choice, alwaysShow: true });
    pick.items = own === undefined ? rows : [own, ...rows];
    if (own !== undefined) pick.activeItems = [own];
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      // Enter may come before the row of what was typed.
      const chosen = pick.selectedItems[0]?.choice ?? typed?.(pick.value);
      if (chosen !== undefined) finish(pick, resolve, chosen);
    });
    showUntilAnswered(pick, resolve);
  });
}

function backButton({ step = 1 }: Position): vscode.QuickInputButton[] {
  return step > 1 ? [vscode.QuickInputButtons.Back] : [];
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
