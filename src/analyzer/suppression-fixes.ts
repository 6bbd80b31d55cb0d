/**
 * What can be done about a comment that suppresses nothing. One that is no longer needed goes away. One that is misspelt is put right,
 * by itself only where the findings around it show what was meant; it is never taken away by itself, since its reason would be lost
 * and what it was written for comes back.
 */
import { nearestNames } from '../config/nearest-names.ts';
import type { Finding, Fix, FixKind, TextRange } from './finding.ts';
import { sha256 } from './text-hash.ts';
import { findSuppressions, type SuppressedRule, type Suppression, unusedSuppression } from './suppressions.ts';

interface Edit extends TextRange {
  text: string;
}

/** @param findings those of the file as it is, which the comments do not keep quiet; @param names every rule there is */
export function unusedSuppressionFixes(file: string, text: string, finding: Finding, findings: readonly Finding[], names: readonly string[]): Fix[] {
  const suppression = findSuppressions(file, text).find(({ comment }) => finding.start >= comment.start && finding.end <= comment.end);
  if (!suppression) return [];
  const { rules, directive } = suppression;
  const index = rules.findIndex((rule) => rule.start === finding.start);
  const rule = rules[index];
  const fix = (id: string, title: string, kind: FixKind, edits: readonly Edit[]): Fix => ({
    id, title, kind,
    keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
    edits: edits.map((edit) => ({ file, ...edit, sha256: sha256(text) })),
  });
  const remove = (kind: FixKind): Fix => {
    const whole = !rule || rules.length === 1;
    return fix('remove', whole ? 'Remove the comment' : `Remove ${rule.id} from the comment`, kind, [{ ...(whole ? removalOf(text, suppression.comment) : listEntry(rules, index)), text: '' }]);
  };
  const quiet = (edits: readonly Edit[]): ReadonlySet<string> => newlyQuiet(file, text, edits, findings);

  if (rule && names.includes(rule.id)) return [remove('safe')];
  if (rule) {
    const renames = nearestNames(rule.id, names).filter((name) => name !== unusedSuppression).map((name) => ({ name, edits: [{ start: rule.start, end: rule.end, text: name }] }));
    const meant = renames.filter(({ name, edits }) => quiet(edits).has(name));
    const sure = meant.length === 1 ? meant[0] : undefined;
    const inOrder = [...meant, ...renames.filter((one) => !meant.includes(one))];
    return [...inOrder.map((one) => fix(one === inOrder[0] ? 'rename' : `rename-${one.name}`, `Write ${one.name}`, one === sure ? 'safe' : 'suggest', one.edits)), remove('suggest')];
  }
  if (directive !== 'disable' && directive !== 'disable-next-line') {
    const conversion = conversionOf(suppression, text);
    if (!conversion) return [remove('suggest')];
    const hidden = quiet(conversion.edits);
    // Read as a comment again, and each rule it names has something there to suppress.
    const isSure = conversion.directive === 'disable-next-line' && rules.length > 0 && rules.every(({ id }) => hidden.has(id));
    const isRead = hidden.size > 0 || conversion.isInPlace;
    return [...(isRead ? [fix('convert', `Write keyscope-${conversion.directive}`, isSure ? 'safe' : 'suggest', conversion.edits)] : []), remove('suggest')];
  }
  const around = [...new Set(findings.filter(({ rule: id, start }) => id !== unusedSuppression && suppression.scope.some((range) => start >= range.start && start < range.end)).map(({ rule: id }) => id))];
  const end = suppression.directiveStart + directive.length;
  return [...(around.length > 0 && directive === 'disable-next-line' ? [fix('name-rules', `Name ${around.join(', ')} in the comment`, 'suggest', [{ start: end, end, text: ` ${around.join(', ')}` }])] : []), remove('suggest')];
}

interface Conversion {
  directive: 'disable' | 'disable-next-line';
  edits: readonly Edit[];
  isInPlace: boolean;
}

/** What other tools' words mean: `disable-line`, `ignore-next-line`, `disable-file`; undefined for a word that may mean anything. */
function conversionOf({ comment, directive, directiveStart }: Suppression, text: string): Conversion | undefined {
  const [, what] = /^(?:disable|ignore|suppress)d?-?(next-?lines?|(?:same-?|this-?)?line|file)?$/i.exec(directive) ?? [];
  const near = nearestNames(directive, ['disable-next-line'])[0];
  if (what === undefined && near === undefined) return undefined;
  const to = /file/i.test(what ?? '') ? 'disable' : 'disable-next-line';
  const lineStart = Math.max(text.lastIndexOf('\n', comment.start - 1), text.lastIndexOf('\r', comment.start - 1)) + 1;
  const before = text.slice(lineStart, comment.start);
  if (what !== undefined && /^(?:same-?|this-?)?line$/i.test(what) && before.trim() !== '') {
    const body = text.slice(directiveStart + directive.length, text.startsWith('/*', comment.start) ? comment.end - 2 : comment.end);
    if (/[\r\n]/.test(body)) return undefined;
    const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
    const lineBreak = /\r\n|\n/.exec(text)?.[0] ?? '\n';
    const above = `${indent}// keyscope-${to}${body.trimEnd()}${lineBreak}`;
    return { directive: to, isInPlace: false, edits: [{ start: lineStart, end: lineStart, text: above }, { ...removalOf(text, comment), text: '' }] };
  }
  return { directive: to, isInPlace: true, edits: [{ start: directiveStart, end: directiveStart + directive.length, text: to }] };
}

/** The rules of findings that comments would keep quiet after the edits, as the reader of the new text sees it. */
function newlyQuiet(file: string, text: string, edits: readonly Edit[], findings: readonly Finding[]): ReadonlySet<string> {
  let after = text;
  for (const { start, end, text: by } of edits.toReversed()) after = after.slice(0, start) + by + after.slice(end);
  const moved = (offset: number): number => edits.reduce((at, edit) => (edit.end <= offset ? at + edit.text.length - (edit.end - edit.start) : at), offset);
  const suppressions = findSuppressions(file, after);
  const isQuiet = ({ rule, start }: Finding): boolean =>
    suppressions.some(({ rules, scope }) => rules.some(({ id }) => id === rule) && scope.some((range) => moved(start) >= range.start && moved(start) < range.end));
  return new Set(findings.filter((one) => one.rule !== unusedSuppression && isQuiet(one)).map(({ rule }) => rule));
}

/** The entry with the comma that joins it to a neighbour. */
function listEntry(rules: readonly SuppressedRule[], index: number): TextRange {
  const entry = rules[index] ?? { start: 0, end: 0 };
  const before = rules[index - 1];
  const after = rules[index + 1];
  return before ? { start: before.end, end: entry.end } : { start: entry.start, end: after?.start ?? entry.end };
}

/** The comment, with its line where it stands alone on it, with `{…}` around it in JSX, else with the blanks before it. */
function removalOf(text: string, comment: TextRange): TextRange {
  let { start, end } = comment;
  if (/\{\s*$/.test(text.slice(0, start)) && /^\s*\}/.test(text.slice(end)) && text.startsWith('/*', start)) {
    start = text.lastIndexOf('{', start);
    end = text.indexOf('}', end) + 1;
  }
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const alone = start - indent === 0 || /[\r\n]/.test(text[start - indent - 1] ?? '');
  const rest = /^[ \t]*(\r\n|\r|\n|$)/.exec(text.slice(end));
  if (alone && rest) return { start: start - indent, end: end + rest[0].length };
  return { start: start - indent, end };
}
