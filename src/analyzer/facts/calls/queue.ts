/** A pipeline or MULTI: where it is made, what is called on it, and whether it is one transaction. Syntax alone. */
import ts from 'typescript';
import { methodOf, unwrap, walk, wrapped } from '../code/ast.ts';
import type { RedisCall } from './redis-call.ts';

export interface Queue {
  /** `redis.pipeline()`, `client.multi()`. */
  made: ts.CallExpression;
  /** The variable that it is put into, with the calls of its chain: `const batch = redis.pipeline().del(key)`. */
  declaration: (ts.VariableDeclaration & { name: ts.Identifier }) | undefined;
  /** The calls on it, in the order of the text, the one that makes it left out. */
  links: readonly ts.CallExpression[];
}

const makers = new Set(['pipeline', 'multi', 'batch', 'MULTI']);

/** The queue that a call on one stands in; undefined where it is made elsewhere. */
export function queueOf(link: ts.Expression): Queue | undefined {
  const { start, made: own } = chainOf(link);
  const started = ts.isIdentifier(start) ? declarationOf(start) : undefined;
  const declaration = started?.initializer && chainOf(started.initializer).made ? started : own && heldBy(own);
  const made = declaration?.initializer && chainOf(declaration.initializer).made;
  if (!declaration || !made) return own && { made: own, declaration: undefined, links: linksFrom(own) };
  const links = linksFrom(made);
  walk(scopeOf(declaration), (node) => {
    if (ts.isIdentifier(node) && node.text === declaration.name.text && node !== declaration.name && declarationOf(node) === declaration) links.push(...linksFrom(node));
    return undefined;
  });
  return { made, declaration, links };
}

/** Whether a queued command is run together with all others, or none is: MULTI, and not sent as a mere pipeline. One made elsewhere is what its type says. */
export function isAtomic({ node, receiver }: Pick<RedisCall, 'node' | 'receiver'>): boolean {
  if (receiver.kind !== 'multi' && receiver.kind !== 'pipeline') return false;
  const queue = queueOf(node);
  return queue ? isTransaction(queue) : receiver.kind === 'multi';
}

export function isTransaction({ made, links }: Queue): boolean {
  if (/^multi$/i.test(methodOf(made)?.name ?? '')) return !links.some(isSentAsPipeline);
  // MULTI … EXEC within the pipeline.
  return links.some((link) => methodOf(link)?.name === 'multi') || queuedLists(made).some(([name]) => name !== undefined && ts.isStringLiteralLike(name) && /^multi$/i.test(name.text));
}

/** The commands that ioredis's `pipeline([['del', key], …])` is given. */
function queuedLists(made: ts.CallExpression): (readonly ts.Expression[])[] {
  const [first] = made.arguments;
  const list = first && unwrap(first);
  if (!list || !ts.isArrayLiteralExpression(list)) return [];
  return list.elements.flatMap((element) => {
    const inner = unwrap(element);
    return ts.isArrayLiteralExpression(inner) ? [inner.elements] : [];
  });
}

/** node-redis: `execAsPipeline()`, `exec(true)`. */
export function isSentAsPipeline(link: ts.CallExpression): boolean {
  const name = methodOf(link)?.name ?? '';
  return /^execAsPipeline/.test(name) || (name === 'exec' && link.arguments[0]?.kind === ts.SyntaxKind.TrueKeyword);
}

const isMaker = (call: ts.CallExpression): boolean => makers.has(methodOf(call)?.name ?? '');

/** What a chain of calls begins with, and the call in it that makes the queue. */
function chainOf(link: ts.Expression): { start: ts.Expression; made: ts.CallExpression | undefined } {
  let start = unwrap(link);
  let made: ts.CallExpression | undefined;
  for (;;) {
    const method = ts.isCallExpression(start) ? methodOf(start) : undefined;
    if (!method && !ts.isAwaitExpression(start)) return { start, made };
    // `batch.multi()` of a pipeline queues MULTI: the first one in the chain makes the queue.
    if (ts.isCallExpression(start) && isMaker(start)) made = start;
    start = unwrap(method ? method.target : (start as ts.AwaitExpression).expression);
  }
}

function linksFrom(start: ts.Expression): ts.CallExpression[] {
  const links: ts.CallExpression[] = [];
  for (let at = wrapped(start); ; ) {
    const { parent } = at;
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== at || !ts.isCallExpression(parent.parent) || parent.parent.expression !== parent) return links;
    links.push(parent.parent);
    at = wrapped(parent.parent);
  }
}

/** The variable into which the chain that begins with a call is put. */
function heldBy(made: ts.CallExpression): Queue['declaration'] {
  const end = wrapped(linksFrom(made).at(-1) ?? made);
  return ts.isVariableDeclaration(end.parent) && ts.isIdentifier(end.parent.name) ? (end.parent as Queue['declaration']) : undefined;
}

/** By name, in the nearest block that declares it. */
function declarationOf(name: ts.Identifier): Queue['declaration'] {
  for (let at: ts.Node = name; at.parent; at = at.parent) {
    const list = ts.isBlock(at.parent) || ts.isSourceFile(at.parent) || ts.isCaseOrDefaultClause(at.parent) ? at.parent.statements : [];
    for (const statement of list) {
      if (!ts.isVariableStatement(statement)) continue;
      const found = statement.declarationList.declarations.find((declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name.text);
      if (found) return found as Queue['declaration'];
    }
    if (ts.isFunctionLike(at.parent) && at.parent.parameters.some((parameter) => ts.isIdentifier(parameter.name) && parameter.name.text === name.text)) return undefined;
  }
  return undefined;
}

function scopeOf(declaration: ts.Node): ts.Node {
  let at = declaration;
  while (!ts.isBlock(at) && !ts.isSourceFile(at) && !ts.isCaseOrDefaultClause(at)) at = at.parent;
  return at;
}
