import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withoutIcons, withoutLinks } from '../../src/extension/ui/untrusted-text.ts';

it('leaves no link in a text, and the text readable', () => {
  expect(withoutLinks('ERR [click](command:workbench.action.quit) now [a](https://x)')).toBe('ERR [click] (command:workbench.action.quit) now [a] (https://x)');
  expect(withoutLinks('[[x]](file:///etc/passwd)')).not.toContain('](');
  expect(withoutLinks('user:[42] is (not) there')).toBe('user:[42] is (not) there');
});

it('leaves no icon in a text', () => {
  expect(withoutIcons('$(trash)$(sync~spin) \\$(x) costs $5 (once)')).toBe('$ (trash)$ (sync~spin) \\$ (x) costs $5 (once)');
});

it('is gone through by every notification and question of the extension', () => {
  const root = join(import.meta.dirname, '../../src/extension');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.ts'));
  const using = (pattern: RegExp): string[] => files.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8'))).sort();
  expect(using(/\bshow(?:Information|Warning|Error)Message\b/)).toEqual(['ui/notify.ts']);
  // Their prompts and complaints show links, too: those of askText go through withoutLinks.
  expect(using(/\bcreateInputBox\b/)).toEqual(['ui/steps.ts']);
  // Rows of a pick list and messages of the status bar show icons.
  expect(using(/\bcreateQuickPick\b/)).toEqual(['ui/steps.ts']);
  expect(using(/\bshowQuickPick\b/)).toEqual(['ui/pick.ts']);
  expect(using(/\bsetStatusBarMessage\b/)).toEqual(['ui/notify.ts']);
});
