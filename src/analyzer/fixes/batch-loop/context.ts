/** What all emitters of one plan share: the style, the names given away, the replies and what they are called. */
import ts from 'typescript';
import { replyType } from '../../dialects/write/batch.ts';
import { methodOf, some } from '../../facts/code/ast.ts';
import { regionOf } from '../../facts/calls/regions.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { freshName } from '../text/names.ts';
import { styleOf, type Style } from '../text/style.ts';
import { replyName, type Candidate } from './candidates.ts';
import { widthOf } from './code.ts';
import { symbolOfUse } from './effects.ts';
import { plural, replyNoun } from './names.ts';
import { isSent, type Split } from './split.ts';

/** A list that commands are sent for: an expression that can be evaluated again. */
export interface List {
  text: string;
  isArray: boolean;
  /** Known to hold something: no guard is needed. */
  nonEmpty: boolean;
}

export class Context {
  readonly workspace: Workspace;
  readonly sourceFile: ts.SourceFile;
  readonly style: Style;
  readonly width: number;
  readonly #at: ts.Node;
  readonly #taken = new Set<string>();

  constructor(at: ts.Node, workspace: Workspace) {
    this.workspace = workspace;
    this.sourceFile = at.getSourceFile();
    this.style = styleOf(this.sourceFile);
    this.width = widthOf(this.sourceFile);
    this.#at = at;
  }

  /** A new name, given away once. */
  fresh(...wanted: string[]): string {
    const name = freshName(this.#at, wanted, { checker: this.workspace.checker, taken: this.#taken });
    this.#taken.add(name);
    return name;
  }

  /** On one line where it fits there, else broken after `head` and before `tail` as formatters do. */
  wrap(head: string, inner: string, tail: string): (string | string[])[] {
    const one = `${head}${inner}${tail}`;
    return this.#fits(one) ? [one] : [head, [inner + (this.style.trailingCommas ? ',' : '')], tail];
  }

  /** As `wrap`, for what is broken after its `=` alone. */
  assign(head: string, value: string): (string | string[])[] {
    const one = `${head} ${value}`;
    return this.#fits(one) ? [one] : [head, [value]];
  }

  /** As `wrap`, with an element a line. @param depth levels below the loop's own */
  wrapList(head: string, elements: readonly string[], tail: string, depth: number): (string | string[])[] {
    const one = `${head}${elements.join(', ')}${tail}`;
    if (this.#fits(one, depth)) return [one];
    return [head, elements.map((element, index) => element + (index < elements.length - 1 || this.style.trailingCommas ? ',' : '')), tail];
  }

  #fits(line: string, depth = 0): boolean {
    const { character } = this.sourceFile.getLineAndCharacterOfPosition(this.#at.getStart());
    return !line.includes('\n') && character + visible(line) + depth * this.style.indent.length <= this.width;
  }

  /** The type of a candidate's reply as code, empty where none is to be told; undefined where it cannot be. */
  replyType({ awaited, call }: Candidate): string | undefined {
    if (!this.style.typescript) return '';
    const text = replyType(call) ?? typeTextOf(awaited, this.workspace.checker);
    return this.style.quote === '"' ? text?.replaceAll("'", '"') : text;
  }
}

/** Without the marks that text taken from the source carries. */
const visible = (text: string): number => text.replaceAll(/[\uFFFE\uFFFF]/g, '').length;

/** A reply of the batch, and what it is called where it is used. */
export interface Reply {
  candidate: Candidate;
  name: string;
  used: boolean;
  /** `const <name> = await …;` is the whole statement: it goes away where the reply is named otherwise. */
  declared: boolean;
}

export function repliesOf(split: Split, context: Context): Reply[] {
  return split.batch.map((candidate): Reply => {
    const declared = replyName(candidate, context.workspace.checker);
    if (declared && split.post.some(({ statement }) => statement === declared.statement)) {
      return { candidate, name: declared.name.text, used: isRead(declared.name, context.workspace.checker), declared: true };
    }
    const used = !split.post.some(({ statement }) => statement === candidate.awaited.parent && isSent(statement, split.batch));
    return { candidate, name: used ? context.fresh(replyNoun(candidate, context.workspace.checker)) : '', used, declared: false };
  });
}

/** What a list of the replies is called: after the one reply, where it holds nothing else. */
export function listName(replies: readonly Reply[], context: Context, alone = true): string {
  const [only, ...more] = replies.filter(({ used }) => used);
  const many = alone && only && more.length === 0 ? plural(only.name) : undefined;
  return context.fresh(...(many === undefined ? [] : [many]), 'replies', 'results');
}

function isRead(name: ts.Identifier, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  return some(regionOf(name), (node) => node !== name && ts.isIdentifier(node) && node.text === name.text && symbolOfUse(node, checker) === symbol);
}

/** Type names that mean the same everywhere. */
const globals = new Set(['string', 'number', 'boolean', 'bigint', 'null', 'undefined', 'unknown', 'readonly', 'x', 'Record', 'Array', 'Map', 'Set', 'Buffer', 'Date', 'true', 'false']);

/** The type of an awaited reply as code; undefined where it names what the file may not know, or hangs on the arguments. */
function typeTextOf(node: ts.Expression, checker: ts.TypeChecker): string | undefined {
  const type = checker.getTypeAtLocation(node);
  const text = checker
    .typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType)
    .replaceAll('{ [x: string]: string; }', 'Record<string, string>');
  if (text === 'any' || text === 'unknown') return '';
  const kinds = (type.isUnion() ? type.types : [type]).filter((part) => !(part.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)));
  if (kinds.length > 1 && !kinds.every((part) => part.flags & ts.TypeFlags.Literal)) return undefined;
  const names = text.replaceAll(/'[^']*'/g, '').replaceAll(/\b\w+: /g, '').match(/[A-Za-z_$][\w$]*/g) ?? [];
  return names.every((name) => globals.has(name)) ? text : undefined;
}

/** Whether a client has a method by its type, which may be a part of the library's (`Pick<Redis, 'get'>`). */
export function hasMethod(call: ts.CallExpression, name: string, checker: ts.TypeChecker): boolean {
  const target = methodOf(call)?.target;
  if (!target) return false;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(target));
  if (type.flags & ts.TypeFlags.Any) return true;
  return (type.isUnion() ? type.types : [type]).every((part) => checker.getPropertyOfType(checker.getApparentType(part), name) !== undefined);
}
