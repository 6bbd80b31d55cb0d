/** The light bulb: fixes of the findings at a place, all of a kind in the file, suppressions. */
import { CodeActionKind, ErrorCodes, LSPErrorCodes, ResponseError, type CodeAction, type CodeActionContext, type Diagnostic, type WorkspaceEdit } from 'vscode-languageserver';
import { suppressFileEdit, suppressLineEdit } from '../analyzer/add-suppression.ts';
import type { Finding, Fix, TextRange } from '../analyzer/finding.ts';
import { fixesOfFile, safeFix, type ChooseFix } from '../analyzer/fixes/apply.ts';
import { minimalEdits } from '../analyzer/fixes/minimal-edits.ts';
import { ruleMetas } from '../analyzer/rule-infos.ts';
import { unusedSuppression } from '../analyzer/suppressions.ts';
import { countSyntaxErrors } from '../analyzer/syntax-errors.ts';
import { toDiagnostic, type DiagnosticContext } from './diagnostics.ts';
import type { Folder } from './folder.ts';
import { workspaceEdit, type EditContext } from './workspace-edit.ts';

/** What `source.fixAll` on save asks for, for this server alone. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.keyscope`;

/** What a code action without its edit carries until it is chosen. */
export type ActionData = { file: string } & (
  | { what: 'fix'; rule: string; start: number; fix: string }
  | { what: 'all-of-rule'; rule: string; fix: string }
  | { what: 'all-safe' }
);

export type ActionContext = EditContext & DiagnosticContext & { folder: Folder };

/** @param range offsets into the current text, which the findings of the folder are of */
export function codeActions(file: string, range: TextRange, request: CodeActionContext, context: ActionContext): CodeAction[] {
  const wants = (kind: string): boolean => !request.only || request.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const here = context.folder.findings(file).filter((finding) => finding.start <= range.end && finding.end >= range.start);
    const fixable = here.flatMap((finding) => fixActions(file, finding, request, context));
    const all = here.length > 0 ? allOfRuleActions(file, here, context) : [];
    const suppressions = here.flatMap((finding) => suppressActions(file, finding, request, context));
    actions.push(...fixable, ...all, ...suppressions);
  }
  // A source action is no answer to a light bulb; it is given to who asks for it.
  if (request.only && wants(fixAllKind) && safeCount(file, context) > 0) {
    actions.push(action('Fix all that Keyscope can fix safely', fixAllKind, { file, what: 'all-safe' }));
  }
  return context.features.resolvesEdits ? actions : withEdits(actions, context);
}

/** The edit of a code action, computed now. Throws a ResponseError where the code has changed so that there is none. */
export function resolveAction(unresolved: CodeAction, context: ActionContext): CodeAction {
  if (unresolved.edit || !isActionData(unresolved.data)) return unresolved;
  const edit = editOf(unresolved.title, unresolved.data, context);
  if (!edit) throw new ResponseError(LSPErrorCodes.ContentModified, 'The code has changed since; ask for the fixes again.');
  return { ...unresolved, edit };
}

export function isActionData(data: unknown): data is ActionData {
  return typeof data === 'object' && data !== null && 'file' in data && typeof data.file === 'string' && 'what' in data;
}

function fixActions(file: string, finding: Finding, request: CodeActionContext, context: ActionContext): CodeAction[] {
  const diagnostics = diagnosticsOf(finding, request, context);
  return offered(finding, context).map((fix, i) => ({
    ...action(fix.title, CodeActionKind.QuickFix, { file, what: 'fix', rule: finding.rule, start: finding.start, fix: fix.id }, diagnostics),
    ...(context.features.preferredCodeActions && i === 0 && fix.kind === 'safe' ? { isPreferred: true } : {}),
  }));
}

/** One entry per rule and fix that fits more than once in the file, and one for all safe ones. */
function allOfRuleActions(file: string, here: readonly Finding[], context: ActionContext): CodeAction[] {
  if (!parses(file, context)) return [];
  const rulesHere = new Set(here.map((finding) => finding.rule));
  // Fixes are computed to be counted, so only those that may be offered.
  const counted = context.folder.findings(file).filter(({ rule }) => rulesHere.has(rule) || mayBeSafe(rule));
  const inFile = counted.map((finding) => ({ rule: finding.rule, fixes: offered(finding, context) }));
  const actions: CodeAction[] = [];
  for (const rule of rulesHere) {
    const same = inFile.filter((each) => each.rule === rule);
    const titles = new Map(same.flatMap(({ fixes }) => fixes.map((fix) => [fix.id, fix.title] as const)));
    for (const [id, title] of titles) {
      const count = same.filter(({ fixes }) => fixes.some((fix) => fix.id === id)).length;
      // The title of the fix tells apart the fixes of one rule.
      const which = titles.size > 1 ? `: ${title}` : '';
      if (count > 1) actions.push(action(`Fix all ${rule} problems in this file (${count})${which}`, CodeActionKind.QuickFix, { file, what: 'all-of-rule', rule, fix: id }));
    }
  }
  const safe = inFile.filter(({ fixes }) => fixes.some((fix) => fix.kind === 'safe'));
  if (new Set(safe.map(({ rule }) => rule)).size > 1) {
    actions.push(action(`Fix all problems in this file that have a safe fix (${safe.length})`, CodeActionKind.QuickFix, { file, what: 'all-safe' }));
  }
  return actions;
}

/** What is applied without being looked at one by one is left out where the text does not parse (fixes/apply.ts). */
const parses = (file: string, { folder }: ActionContext): boolean => countSyntaxErrors(file, folder.analyzer.text(file) ?? '') === 0;

function mayBeSafe(rule: string): boolean {
  return ruleMetas().some((meta) => meta.id === rule && meta.fix === 'safe');
}

function suppressActions(file: string, finding: Finding, request: CodeActionContext, context: ActionContext): CodeAction[] {
  const text = context.folder.analyzer.text(file);
  if (text === undefined || finding.rule === unusedSuppression) return [];
  const diagnostics = diagnosticsOf(finding, request, context);
  const edits = [
    { title: `Suppress ${finding.rule} for this line`, edit: suppressLineEdit(text, finding) },
    { title: `Suppress ${finding.rule} for this file`, edit: suppressFileEdit(text, finding) },
  ];
  return edits.flatMap(({ title, edit }) =>
    edit ? [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit: workspaceEdit(title, file, [edit], context) }] : [],
  );
}

/** Fixes that the client can carry out. */
function offered(finding: Finding, { folder, features }: ActionContext): Fix[] {
  return folder.analyzer.fixes(finding).filter((fix) => features.createsFiles || !fix.edits.some((edit) => edit.create));
}

function editOf(title: string, data: ActionData, context: ActionContext): WorkspaceEdit | undefined {
  const { file } = data;
  switch (data.what) {
    case 'fix': {
      const finding = context.folder.findings(file).find(({ rule, start }) => rule === data.rule && start === data.start);
      const fix = finding && context.folder.analyzer.fixes(finding).find(({ id }) => id === data.fix);
      return fix && workspaceEdit(title, file, fix.edits, context);
    }
    case 'all-of-rule':
      return editOfAll(title, file, (finding, fixes) => (finding.rule === data.rule ? fixes.find(({ id }) => id === data.fix) : undefined), context);
    case 'all-safe':
      return editOfAll(title, file, safeFix, context);
    default:
      throw new ResponseError(ErrorCodes.InvalidParams, 'This code action is of another version of Keyscope.');
  }
}

function editOfAll(title: string, file: string, choose: ChooseFix, context: ActionContext): WorkspaceEdit | undefined {
  const { analyzer } = context.folder;
  const restore = (each: string): void => analyzer.setText(each, context.openDocument(each)?.getText());
  const files = fixesOfFile(analyzer, file, (finding, fixes) => (context.folder.isAccepted(finding) ? undefined : choose(finding, fixes)), restore);
  const edits = files.flatMap(({ file: each, before, after }) => minimalEdits(each, before, after));
  return edits.length > 0 ? workspaceEdit(title, file, edits, context) : undefined;
}

function safeCount(file: string, context: ActionContext): number {
  if (!parses(file, context)) return 0;
  return context.folder.findings(file).filter((finding) => mayBeSafe(finding.rule) && offered(finding, context).some((fix) => fix.kind === 'safe')).length;
}

function action(title: string, kind: string, data: ActionData, diagnostics?: Diagnostic[]): CodeAction {
  return { title, kind, ...(diagnostics ? { diagnostics } : {}), data };
}

/** The client's own diagnostics of the finding, so that it can tell what the action is for. */
function diagnosticsOf(finding: Finding, request: CodeActionContext, context: ActionContext): Diagnostic[] {
  const own = toDiagnostic(finding, context);
  const sent = request.diagnostics.filter(
    ({ code, range }) => code === finding.rule && range.start.line === own.range.start.line && range.start.character === own.range.start.character,
  );
  return sent.length > 0 ? sent : [own];
}

function withEdits(actions: readonly CodeAction[], context: ActionContext): CodeAction[] {
  return actions.flatMap((each) => {
    if (each.edit || !isActionData(each.data)) return [each];
    const { data, ...rest } = each;
    const edit = editOf(each.title, data, context);
    return edit ? [{ ...rest, edit }] : [];
  });
}
