/** Lists of unknown size: a batch for each part of the list, so that neither the command nor its replies grow without bound. */
import ts from 'typescript';
import { methodOf, unwrap } from '../../facts/code/ast.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { jumpsOf } from '../text/jumps.ts';
import { sourceText, type Lines } from '../text/lines.ts';
import { isRepeatable } from '../text/purity.ts';
import { Context, type List } from './context.ts';
import { effectsOf } from './effects.ts';
import { listText, type Header } from './header.ts';
import { collectedStream, listNames } from './loops.ts';

/** Items per batch: a round trip is shared by so many that it counts no more, and one command holds the server well under a millisecond. */
export const chunkSize = 500;

/** Over a list whose length the code does not say; not where the loop may end early, which would end a chunk alone. */
export function mayBeChunked({ node, list, binding, isStream }: Header, { checker }: Workspace): boolean {
  if (!list || !binding || !ts.isForOfStatement(node) || (node.awaitModifier && !isStream)) return false;
  if (ts.isArrayLiteralExpression(unwrap(list)) || checker.isTupleType(checker.getTypeAtLocation(list)) || isPart(list, checker)) return false;
  if (jumpsOf(node.statement).some((jump) => ts.isBreakStatement(jump) || jump.label)) return false;
  // A list that grows while it is walked is not there yet when it is cut.
  const { reads } = effectsOf([list], { checker, commands: new Set() });
  const { mutates } = effectsOf([node.statement], { checker, commands: new Set() });
  return ![...reads].some((root) => mutates.has(root));
}

/** A slice, or what walks one: cut already. */
function isPart(list: ts.Expression, checker: ts.TypeChecker): boolean {
  const node = unwrap(list);
  const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
  if (method) return method.name === 'slice' || method.name === 'splice' || (/^(?:entries|keys|values)$/.test(method.name) && isPart(method.target, checker));
  const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && ts.isCallExpression(declaration.initializer) && isPart(declaration.initializer, checker);
}

/** @param emit the batch for one chunk, which is never empty */
export function chunked(header: Header, workspace: Workspace, emit: (context: Context, chunk: List) => Lines | undefined): Lines | undefined {
  const { list, binding, isArray } = header;
  if (!list || !binding) return undefined;
  const context = new Context(header.statement, workspace);
  const before: Lines[number][] = [];
  let whole = listText(list);
  const stream = collectedStream(header, context);
  if (header.isStream && !stream) return undefined;
  if (stream) {
    before.push(...stream.lines);
    whole = stream.list.text;
  } else if (!isArray || !isRepeatable(list)) {
    const name = context.fresh(...listNames(binding));
    before.push(`const ${name} = ${isArray ? sourceText(list) : `[...${sourceText(list)}]`};`);
    whole = name;
  }
  const start = context.fresh('start', 'offset');
  const chunk = context.fresh('chunk', 'part');
  const lines = emit(context, { text: chunk, isArray: true, nonEmpty: true });
  if (!lines) return undefined;
  const head = `for (let ${start} = 0; ${start} < ${whole}.length; ${start} += ${chunkSize}) {`;
  return [...before, head, [`const ${chunk} = ${whole}.slice(${start}, ${start} + ${chunkSize});`, ...lines], '}'];
}
