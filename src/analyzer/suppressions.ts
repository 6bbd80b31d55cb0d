/**
 * Comments that keep a finding quiet:
 *
 *     // keyscope-disable-next-line <rule>[, <rule>] -- reason     the next line of code, and the lines its statement continues on
 *     // keyscope-disable <rule>[, <rule>] -- reason               from here to the end of the file
 *
 * also as block comments, as JSX needs them. They are found in the syntax tree, so text that only looks like a comment
 * (strings, templates, regular expressions, JSX text) is none; files without the word are never parsed for it.
 */
import ts from 'typescript';
import { didYouMean } from '../config/nearest-names.ts';
import type { Finding, Severity, TextRange } from './finding.ts';
import type { RuleMeta } from './rules/rule.ts';
import { commentAt, nextToken } from './comments.ts';
import { suppressionMark } from './program/file-scan.ts';

export const unusedSuppression = 'unused-suppression';

export const unusedSuppressionMeta: RuleMeta = {
  id: unusedSuppression,
  summary: 'A keyscope-disable comment that suppresses nothing, names no rule or is misspelt.',
  severity: 'hint',
  fix: 'safe',
  category: 'correctness',
};

export interface SuppressedRule extends TextRange {
  id: string;
}

export interface Suppression {
  /** The comment, its delimiters included. */
  comment: TextRange;
  /** The text behind `keyscope-`, up to the first blank: `disable`, `disable-next-line`, or a mistake. */
  directive: string;
  /** Where that text begins. */
  directiveStart: number;
  rules: SuppressedRule[];
  reason: string | undefined;
  /** Where findings are kept quiet; none for a mistaken directive. */
  scope: TextRange[];
}

/** What the names in comments are held against. */
export interface KnownRules {
  names: readonly string[];
  /** What the rule is set to in this file; a suppression of one that is off is not called unused. */
  severity(rule: string): Severity | 'off';
}

/** Also near misses (`keyscope-disable-line`, `keyscope-ignore`), which are reported; not just any word behind `keyscope-`. */
const directive = /^[\s*]*keyscope-((?:disable|enable|ignore|suppress)[\w-]*)([^]*)$/;

/** Every suppression of a text, in its order. `file` tells the language by its extension. */
export function findSuppressions(file: string, text: string): Suppression[] {
  if (!text.includes(suppressionMark)) return [];
  const sourceFile = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, /* setParentNodes */ true);
  const found: Suppression[] = [];
  for (let at = text.indexOf(suppressionMark); at >= 0; at = text.indexOf(suppressionMark, at + 1)) {
    const comment = commentAt(sourceFile, at);
    if (!comment) continue;
    const suppression = readComment(text, comment);
    if (!suppression) continue;
    suppression.scope = scopeOf(suppression, sourceFile, nextToken(sourceFile, comment.end));
    found.push(suppression);
    at = comment.end;
  }
  return found;
}

/**
 * Takes away the findings of one file that its comments keep quiet, and adds one for each comment, or rule in a comment,
 * that did nothing. `findings` are all of that file.
 */
export function applySuppressions(file: string, text: string, findings: readonly Finding[], known: KnownRules): Finding[] {
  const suppressions = findSuppressions(file, text);
  if (suppressions.length === 0) return [...findings];
  const used = new Set<SuppressedRule>();
  const kept = findings.filter((finding) => {
    const by = suppressions.flatMap((suppression) =>
      suppression.scope.some((range) => finding.start >= range.start && finding.start < range.end)
        ? suppression.rules.filter((rule) => rule.id === finding.rule)
        : [],
    );
    by.forEach((rule) => used.add(rule));
    return by.length === 0;
  });
  const severity = known.severity(unusedSuppression);
  if (severity !== 'off') {
    for (const suppression of suppressions) {
      for (const { start, end, message } of mistakes(suppression, used, known)) {
        kept.push({ rule: unusedSuppression, severity, file, start, end, message, related: [] });
      }
    }
    kept.sort((a, b) => a.start - b.start);
  }
  return kept;
}

function* mistakes(suppression: Suppression, used: ReadonlySet<SuppressedRule>, known: KnownRules): Iterable<TextRange & { message: string }> {
  const { comment, rules, directive, scope } = suppression;
  if (directive !== 'disable' && directive !== 'disable-next-line') {
    yield { ...comment, message: `There is no keyscope-${directive}. Write keyscope-disable-next-line <rule> -- reason, or keyscope-disable <rule> -- reason for the rest of the file.` };
    return;
  }
  if (rules.length === 0) {
    yield { ...comment, message: `This comment names no rule, so it suppresses nothing. Write keyscope-${directive} <rule> -- reason.` };
  }
  for (const rule of rules) {
    if (!known.names.includes(rule.id)) {
      yield { start: rule.start, end: rule.end, message: `There is no rule "${rule.id}".${didYouMean(rule.id, known.names)}` };
    } else if (!used.has(rule) && known.severity(rule.id) !== 'off' && rule.id !== unusedSuppression) {
      const where = directive === 'disable' ? 'from here on' : scope.length === 0 ? 'after this comment' : 'on the next line';
      yield { start: rule.start, end: rule.end, message: `Nothing to suppress: ${rule.id} reports nothing ${where}.` };
    }
  }
}

function readComment(text: string, comment: TextRange): Suppression | undefined {
  const isBlock = text.startsWith('/*', comment.start);
  const bodyStart = comment.start + 2;
  const body = text.slice(bodyStart, isBlock ? comment.end - 2 : comment.end);
  const match = directive.exec(body);
  const [, name, rest] = match ?? [];
  if (name === undefined || rest === undefined) return undefined;
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(rest);
  const list = dashes ? rest.slice(0, dashes.index) : rest;
  const listStart = bodyStart + body.length - rest.length;
  const rules = [...list.matchAll(/[^\s,]+/g)].map((entry) => {
    const start = listStart + entry.index;
    return { id: entry[0], start, end: start + entry[0].length };
  });
  const reason = dashes ? rest.slice(dashes.index + dashes[0].length).trim() : '';
  return { comment, directive: name, directiveStart: listStart - name.length, rules, reason: reason || undefined, scope: [] };
}

function scopeOf(suppression: Suppression, sourceFile: ts.SourceFile, next: ts.Node | undefined): TextRange[] {
  const { directive: name, comment } = suppression;
  if (name === 'disable') return [{ start: comment.end, end: sourceFile.text.length + 1 }];
  if (name !== 'disable-next-line' || !next) return [];
  const start = next.getStart(sourceFile);
  const { line } = sourceFile.getLineAndCharacterOfPosition(start);
  const lineStart = sourceFile.getPositionOfLineAndCharacter(line, 0);
  const lineEnd = sourceFile.getLineStarts()[line + 1] ?? sourceFile.text.length + 1;
  const scope = [{ start: lineStart, end: lineEnd }];
  const outermost = outermostFrom(next, start, sourceFile);
  let at = lineEnd;
  for (const body of bodiesIn(outermost)) {
    if (body.start > at) scope.push({ start: at, end: body.start });
    at = Math.max(at, body.end);
  }
  if (outermost.end > at) scope.push({ start: at, end: outermost.end });
  return scope;
}

/** The largest node that begins with a token: the statement, property or argument that the next line opens. */
function outermostFrom(token: ts.Node, start: number, sourceFile: ts.SourceFile): ts.Node {
  let node = token;
  while (node.parent && !ts.isSourceFile(node.parent) && node.parent.getStart(sourceFile) === start && !ts.isBlock(node.parent)) {
    node = node.parent;
  }
  return node;
}

/** Blocks and class bodies within a node: statements of their own, which the comment above does not speak of. Outermost only, in order. */
function bodiesIn(node: ts.Node): TextRange[] {
  const bodies: TextRange[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isBlock(child) || ts.isCaseBlock(child) || ts.isModuleBlock(child)) {
      bodies.push({ start: child.pos, end: child.end });
    } else if (ts.isClassLike(child)) {
      bodies.push({ start: child.members.pos, end: child.members.end });
    } else {
      ts.forEachChild(child, visit);
    }
  };
  visit(node);
  return bodies;
}
