/** Keys, passwords and addresses of clients in which something that may be `undefined` is made a text, by the region of the finding. */
import ts from 'typescript';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { againAsBefore, anchorKey, regionKey, type Anchored } from './anchored-uses.ts';
import { unwrap } from '../code/ast.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import { place } from '../code/fold.ts';
import { declarationOf } from '../code/maybe-undefined.ts';
import { calleeName, passedFor } from '../code/passed-argument.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import type { Region } from '../calls/regions.ts';
import { undefinedPart } from './stringified.ts';
import { referenceText } from '../code/tested.ts';

export interface StringifiedUse extends Anchored {
  /** Where the finding stands: the command, the construction, or the call of a wrapper that passes the key on. */
  anchor: ts.Node;
  part: ts.Expression;
  /** `key`, or the option that is given. */
  what: string;
}

/** Options that are sent to the server or say where it is. */
const options = new Set(['url', 'host', 'password', 'username', 'keyPrefix']);
/** Options that hold such. */
const holders = new Set(['socket', 'redisOptions', 'defaults', 'rootNodes', 'sentinels']);

const again = againAsBefore<StringifiedUse>((before, now) => before.part === now.part && before.what === now.what);

/** By the region, and of what a file has but one of, by that. */
const uses = new Join<StringifiedUse>('stringified-uses', function* (calls, workspace) {
  for (const call of calls) {
    for (const made of usesOf(call, workspace)) {
      const use = again(made);
      yield [anchorKey(use), use];
      const one = sharedProperty(use, workspace);
      if (one !== undefined) yield [one, use];
    }
  }
});

/** A property of the object itself or of the module, such as `this.config.prefix`, is told of once in a file: where it is used first. */
export function stringifiedUsesIn(region: Region, workspace: Workspace): StringifiedUse[] {
  return workspace.under(uses, regionKey(region)).filter((use) => {
    const one = sharedProperty(use, workspace);
    return one === undefined || workspace.under(uses, one).every(({ anchor }) => anchor.getStart() >= use.anchor.getStart());
  });
}

function sharedProperty({ anchor, part }: StringifiedUse, { checker }: Workspace): string | undefined {
  if (!ts.isPropertyAccessExpression(part)) return undefined;
  let root: ts.Expression = part;
  while (ts.isPropertyAccessExpression(root)) root = unwrap(root.expression);
  const declared = ts.isIdentifier(root) ? declarationOf(root, checker) : undefined;
  if (root.kind !== ts.SyntaxKind.ThisKeyword && !(declared && ts.isVariableDeclaration(declared) && !ts.findAncestor(declared, ts.isFunctionLike))) return undefined;
  const property = checker.getSymbolAtLocation(part.name)?.valueDeclaration;
  return property && `${anchor.getSourceFile().fileName} ${place(property)} ${referenceText(part)}`;
}

/** Asks for the callers of wrappers that a file's commands are in: findings stand there. */
export function seekStringifiedUses(file: string, workspace: Workspace): void {
  workspace.partOf(uses, file);
}

function* usesOf(call: RedisCall, workspace: Workspace): Iterable<StringifiedUse> {
  if (call.command === '@construct') {
    for (const argument of call.node.arguments ?? []) yield* usesOfOption('url', argument, call, workspace);
    return;
  }
  if (call.command.startsWith('@')) return;
  for (const { node } of call.args.keys) {
    const part = undefinedPart(node, workspace);
    if (part) yield { anchor: call.nameNode, part, what: 'key' };
    for (const { argument, sites } of passedFor(node, workspace)) {
      const [passed, site] = [undefinedPart(argument, workspace), sites.at(-1)];
      if (passed && site) yield { anchor: calleeName(site), part: passed, what: 'key' };
    }
  }
}

function* usesOfOption(what: string, value: ts.Expression, call: RedisCall, workspace: Workspace): Iterable<StringifiedUse> {
  const node = unwrap(value);
  if (ts.isArrayLiteralExpression(node)) {
    for (const element of node.elements) yield* usesOfOption(what, element, call, workspace);
    return;
  }
  const literal = objectLiteral(value, workspace.checker);
  for (const property of literal?.properties ?? []) {
    const name = property.name && !ts.isComputedPropertyName(property.name) ? property.name.text : '';
    const given = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (given && (options.has(name) || holders.has(name))) yield* usesOfOption(name, given, call, workspace);
  }
  const part = literal ? undefined : undefinedPart(value, workspace);
  if (part) yield { anchor: call.nameNode, part, what };
}
