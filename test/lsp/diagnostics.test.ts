/** What a finding looks like to an editor. */
import { DiagnosticTag } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { expect, it } from 'vitest';
import type { Finding } from '../../src/analyzer/finding.ts';
import { toDiagnostic } from '../../src/lsp/diagnostics.ts';

const tags = (rule: Finding['rule'], severity: Finding['severity']): readonly DiagnosticTag[] | undefined =>
  toDiagnostic({ rule, severity, file: '/a.ts', start: 0, end: 1, message: '', related: [] }, { features: {} as never, document: () => TextDocument.create('file:///a.ts', 'typescript', 1, 'a') }).tags;

it.each([
  ['struck through what is deprecated', 'deprecated-command', 'hint', [DiagnosticTag.Deprecated]],
  ['not what is gone', 'deprecated-command', 'error', undefined],
  ['faded what is of no use', 'unused-suppression', 'hint', [DiagnosticTag.Unnecessary]],
  ['as it is, everything else', 'no-keys', 'warning', undefined],
] as const)('shows %s', (_, rule, severity, expected) => {
  expect(tags(rule, severity)).toEqual(expected);
});
