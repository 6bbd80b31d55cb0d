/** Lists that hold nothing twice: what one turn reads and writes is then no other turn's. */
import ts from 'typescript';
import { methodOf, unwrap } from '../../facts/code/ast.ts';
import { isConst, place, resolveAlias } from '../../facts/code/fold.ts';
import type { KeyArgument, RedisCall } from '../../facts/calls/redis-call.ts';
import { referencesTo } from '../../facts/code/references.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Header } from './header.ts';

/** Commands whose replies hold each name once. */
const uniqueReplies = new Set(['KEYS', 'SMEMBERS', 'SINTER', 'SUNION', 'SDIFF', 'HKEYS']);

/** Whether two commands of a loop have the same key in one turn, and a key of their own in each. */
export function shareKeyOfTurn(one: RedisCall, other: RedisCall, header: Header, workspace: Workspace): boolean {
  const item = uniqueItem(header, workspace);
  if (item === undefined) return false;
  const ours = one.args.keys[0];
  const keys = [...one.args.keys, ...other.args.keys];
  return ours !== undefined && other.args.keys.length > 0 && keys.every(({ identity }) => identity === ours.identity) && isOneToOne(ours, item, header);
}

/** Whether a key tells the item it was made of. */
function isOneToOne({ pattern }: KeyArgument, item: ts.Node, header: Header): boolean {
  const hole = place(item);
  const holes = pattern.parts.flatMap((part) => ('hole' in part ? [part.hole] : []));
  const isFixed = (name: string): boolean => {
    const at = /^[^?{].*#(\d+)$/.exec(name)?.[1];
    return at !== undefined && (Number(at) < header.node.pos || Number(at) >= header.node.end);
  };
  return holes.filter((name) => name === hole).length === 1 && holes.every((name) => name === hole || isFixed(name));
}

/** The declaration of the variable that no two turns have alike. */
function uniqueItem({ node, binding, list }: Header, workspace: Workspace): ts.Node | undefined {
  if (!binding) return undefined;
  if (ts.isForInStatement(node)) return binding.parent;
  const of = list && uniqueness(list, workspace, 0);
  if (of === 'items') return ts.isIdentifier(binding) ? binding.parent : undefined;
  const first = of === 'entries' && ts.isArrayBindingPattern(binding) ? binding.elements[0] : undefined;
  return first && ts.isBindingElement(first) && ts.isIdentifier(first.name) ? first : undefined;
}

function uniqueness(list: ts.Expression, workspace: Workspace, depth: number): 'items' | 'entries' | undefined {
  const { checker } = workspace;
  const node = unwrap(list);
  const name = checker.getTypeAtLocation(node).symbol?.name;
  if (name === 'Set' || name === 'ReadonlySet') return 'items';
  if (name === 'Map' || name === 'ReadonlyMap') return 'entries';
  if (ts.isAwaitExpression(node)) {
    const calls = workspace.factsOf(node.getSourceFile().fileName)?.calls;
    const command = calls?.find((call) => call.node === unwrap(node.expression))?.command;
    return command !== undefined && uniqueReplies.has(command) ? 'items' : undefined;
  }
  if (ts.isArrayLiteralExpression(node)) {
    const [only, ...more] = node.elements;
    return only && more.length === 0 && ts.isSpreadElement(only) ? uniqueness(only.expression, workspace, depth) : undefined;
  }
  if (ts.isCallExpression(node)) {
    const method = methodOf(node);
    const [first] = node.arguments;
    if (method?.target.getText() === 'Object') return method.name === 'keys' ? 'items' : method.name === 'entries' ? 'entries' : undefined;
    if (method?.target.getText() === 'Array') return method.name === 'from' && first && node.arguments.length === 1 ? uniqueness(first, workspace, depth) : undefined;
    const owner = method && checker.getTypeAtLocation(method.target).symbol?.name;
    return owner === 'Map' && method?.name === 'keys' ? 'items' : owner === 'Map' && method?.name === 'entries' ? 'entries' : undefined;
  }
  if (!ts.isIdentifier(node) || depth > 2) return undefined;
  const declaration = resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration;
  if (declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name) && referencesTo(declaration.name, checker).some(isFilled)) return undefined;
  return declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer ? uniqueness(declaration.initializer, workspace, depth + 1) : undefined;
}

/** `list.push(…)`: what is added may be there already. */
function isFilled({ parent }: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(parent) && /^(?:push|unshift|splice|fill|concat)$/.test(parent.name.text);
}
