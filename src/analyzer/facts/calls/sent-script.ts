/** The Lua text that an EVAL sends: the same each time, or another one for each value that goes into it. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, unwrap, walk } from '../code/ast.ts';
import { constantText, isConst, resolveAlias } from '../code/fold.ts';
import type { RedisCall } from './redis-call.ts';
import { regionOf } from './regions.ts';
import { unitOf } from '../code/units.ts';

export type SentScript =
  /** `of`: what goes into the text. */
  | { kind: 'dynamic'; of: readonly ts.Expression[] }
  | { kind: 'constant' };

/** Of the hash that EVALSHA sends instead. */
const shaBytes = 40;

/**
 * Undefined where the script is not known, is sent once, or only when the server has forgotten it; and of one that is not longer than its hash,
 * or than it is worth: the script of a lock.
 */
export function sentScript(call: RedisCall, workspace: Workspace): SentScript | undefined {
  const [script] = call.args.list;
  if ((call.command !== 'EVAL' && call.command !== 'EVAL_RO') || !script || ts.isSpreadElement(script) || !ts.isCallExpression(call.node)) return undefined;
  const { checker } = workspace;
  const parts = partsOf(script, checker);
  const own = parts?.filter((part) => isOfCall(part, checker));
  if (own && own.length > 0) return { kind: 'dynamic', of: own };
  const text = constantText(script, checker);
  if (!parts && text === undefined && !isOfModule(script, checker)) return undefined;
  if (text !== undefined && Buffer.byteLength(text) <= shaBytes) return undefined;
  const unit = unitOf(call.node);
  // Once, when the module is loaded.
  if (!unit) return undefined;
  const isKnownBySha = workspace.callsIn(unit).some(({ command }) => command === 'EVALSHA' || command === 'EVALSHA_RO' || command === 'SCRIPT LOAD');
  // One that converts what is of another type is sent once for each of those.
  if (isKnownBySha || /NOSCRIPT|WRONGTYPE|evalsha/i.test(regionOf(call.node).getText())) return undefined;
  return text !== undefined && isOfLock(text) ? undefined : { kind: 'constant' };
}

/** A lock let go, or held for longer, where it is still one's own: short, and known by heart to whoever reads it. */
const isOfLock = (text: string): boolean => isCompareAndDelete(text) || /call\(\s*["']get["']\s*,\s*KEYS\[1\]\s*\)\s*==\s*ARGV\[1\]\s*then\s*return\s+redis\.call\(\s*["']p?expire["']\s*,\s*KEYS\[1\]/i.test(text);

/** Whether a script deletes a key only where it holds a value, however that is written: how a lock is let go. */
export const isCompareAndDelete = (text: string): boolean => /call\(\s*["']get["']\s*,\s*KEYS\[1\]\s*\)\s*==\s*ARGV\[1\]\s*then\s*return\s+redis\.call\(\s*["'](?:del|unlink)["']\s*,\s*KEYS\[1\]\s*\)/i.test(text);

/** What a template or a concatenation puts between its texts; undefined for what is neither. A constant of the function or the module is followed. */
function partsOf(script: ts.Expression, checker: ts.TypeChecker, steps = 0): ts.Expression[] | undefined {
  const node = unwrap(script);
  if (ts.isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const operands = operandsOf(node);
    return operands.some((one) => ts.isStringLiteralLike(one) || ts.isTemplateExpression(one)) ? operands.flatMap((one) => (ts.isStringLiteralLike(one) ? [] : (partsOf(one, checker, steps) ?? [one]))) : undefined;
  }
  if (!ts.isIdentifier(node) || steps > 3) return undefined;
  const declaration = resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration;
  return declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer ? partsOf(declaration.initializer, checker, steps + 1) : undefined;
}

function operandsOf(node: ts.Expression): ts.Expression[] {
  const inner = unwrap(node);
  return ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.PlusToken ? [...operandsOf(inner.left), ...operandsOf(inner.right)] : [inner];
}

/** Another one from call to call: a parameter or a variable of a function is in it. What a module or an object has is the same for long. */
function isOfCall(part: ts.Expression, checker: ts.TypeChecker): boolean {
  let found = false;
  const look = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) && !(ts.isPropertyAssignment(node.parent) && node.parent.name === node)) {
      const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
      found ||= declaration !== undefined && !isChosen(part) && isLocal(declaration);
    }
    return !found && !isFunctionWithBody(node);
  };
  look(part);
  walk(part, look);
  return found && constantText(part, checker) === undefined;
}

/** `${ttl ? 'EX' : 'PX'}`: one of a few texts. */
function isChosen(part: ts.Expression): boolean {
  const node = unwrap(part);
  return ts.isConditionalExpression(node) && [node.whenTrue, node.whenFalse].every((one) => ts.isStringLiteralLike(unwrap(one)) || isChosen(one));
}

/** A constant or an import of the module, or a property of such: read from a file when it was loaded, for instance. */
function isOfModule(script: ts.Expression, checker: ts.TypeChecker): boolean {
  let root = unwrap(script);
  while (ts.isPropertyAccessExpression(root)) root = unwrap(root.expression);
  const symbol = ts.isIdentifier(root) ? checker.getSymbolAtLocation(root) : undefined;
  if (!symbol) return false;
  if (symbol.flags & ts.SymbolFlags.Alias) return true;
  const declaration = symbol.valueDeclaration;
  const variable = declaration && !ts.isParameter(declaration) ? ts.findAncestor(declaration, ts.isVariableDeclaration) : undefined;
  return variable !== undefined && isConst(variable) && !isLocal(variable);
}

function isLocal(declaration: ts.Declaration): boolean {
  if (ts.isParameter(declaration)) return true;
  if (!ts.isVariableDeclaration(declaration) && !ts.isBindingElement(declaration)) return false;
  for (let at: ts.Node = declaration; at.parent; at = at.parent) if (isFunctionWithBody(at)) return true;
  return false;
}
