/**
 * Binding: each node gets its parent, each scope its symbols, each place where it is in the flow. After an edit nearly all functions of a
 * file are the same nodes, and what binding has given to their insides depends on nothing outside: it is left there, and the rest is bound.
 */
import ts from 'typescript';
import { isFunctionWithBody, unwrap } from '../facts/code/ast.ts';
import { clientLibraries } from './client-packages.ts';
import { compilerInternals, compilerOptions } from './compiler.ts';

/** What the binder writes on a function. */
interface BoundFunction {
  body: ts.Block;
  flags: ts.NodeFlags;
  locals?: ts.SymbolTable;
  endFlowNode?: object;
  returnFlowNode?: object;
}

/** Of a tree, the bodies of those functions. */
const bodiesOf = new WeakMap<ts.SourceFile, ReadonlySet<ts.Block>>();

/**
 * A client library that a script declares (`declare module 'ioredis';`, a Flow library definition) is not what runs: an import of it leads to our
 * declarations all the same. An augmentation, which a module makes, is none of its locals.
 *
 * @param tree parsed, and not bound yet
 * @param before the tree that `ts.updateSourceFile` made it of, bound by this
 */
export function bindTree(tree: ts.SourceFile, before?: ts.SourceFile): void {
  const functions = functionsOf(tree);
  const bound = before && bodiesOf.get(before);
  const restore = functions.filter((fn) => bound?.has(fn.body) && isApart(fn)).map(emptied);
  try {
    compilerInternals.bindSourceFile(tree, compilerOptions);
  } finally {
    for (const each of restore) each();
  }
  unchain(tree);
  for (const library of clientLibraries) (tree as { locals?: ts.SymbolTable }).locals?.delete(`"${library}"` as ts.__String);
  bodiesOf.set(tree, new Set(functions.map(({ body }) => body)));
}

/**
 * The binder strings all scopes of a file together, for those who emit code. From within a body that stays, that would lead to the function that
 * came after it then, and so to its tree.
 */
function unchain(tree: ts.SourceFile): void {
  let at: Chained | undefined = tree;
  while (at) {
    const next: Chained | undefined = at.nextContainer;
    at.nextContainer = undefined;
    at = next;
  }
}

interface Chained extends ts.Node {
  nextContainer?: Chained | undefined;
}

/** The functions of a file that are no part of another, as far as they can be bound without their bodies. */
function functionsOf(tree: ts.SourceFile): BoundFunction[] {
  // In JavaScript an assignment within a function may declare what others see.
  if (!/\.[cm]?tsx?$/.test(tree.fileName)) return [];
  const found: ts.Node[] = [];
  for (const statement of tree.statements) {
    if (ts.isFunctionDeclaration(statement)) found.push(statement);
    else if (ts.isClassDeclaration(statement)) found.push(...statement.members);
    else if (ts.isVariableStatement(statement)) for (const { initializer } of statement.declarationList.declarations) if (initializer) found.push(unwrap(initializer));
  }
  return found.flatMap((node) => (isFunctionWithBody(node) && ts.isBlock(node.body) ? [node as unknown as BoundFunction] : []));
}

/** Whether no name of its body is one with a name of its head: `function f(a) { var a; }`. */
function isApart({ body, locals }: BoundFunction): boolean {
  return [...(locals?.values() ?? [])].every(({ declarations = [] }) => declarations.length < 2 || declarations.every((one) => isWithin(one, body)) || !declarations.some((one) => isWithin(one, body)));
}

/** Takes a function's body away. @returns puts it back, and with it what the binder knew of it */
function emptied(fn: BoundFunction): () => void {
  const { body, flags, locals, endFlowNode, returnFlowNode } = fn;
  // Of its own: the binder leaves in it what is around it.
  fn.body = ts.factory.createBlock([]);
  return () => {
    Object.assign(fn, { body, flags, endFlowNode, returnFlowNode });
    for (const [name, symbol] of locals ?? []) if (symbol.declarations?.every((one) => isWithin(one, body))) fn.locals?.set(name, symbol);
  };
}

function isWithin(node: ts.Node, body: ts.Block): boolean {
  let at = node;
  while (at.parent && at !== body) at = at.parent;
  return at === body;
}
