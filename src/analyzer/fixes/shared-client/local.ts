/** Where the client goes once it is made. */
import ts from 'typescript';
import { contains, enclosingFunction, enclosingStatement, isAssignment, unwrap, wrapped } from '../../facts/code/ast.ts';
import { referencesTo } from '../../facts/code/references.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { Refusal } from './refusal.ts';

export type Variable = ts.VariableDeclaration & { name: ts.Identifier };

export type Local = {
  /** `await createClient(…).on('error', …).connect()`: all of it. */
  value: ts.Expression;
} & (
  /** `const client = …`; `write` is undefined, or `client = …;` after a `let client;`. */
  | { kind: 'variable'; variable: Variable; write: ts.ExpressionStatement | undefined; mentions: ts.Identifier[] }
  /** `private client = …;`, or `this.client = …;` in the constructor. */
  | { kind: 'field'; member: ts.PropertyDeclaration | undefined; write: ts.ExpressionStatement | undefined; mentions: ts.Expression[] }
  | { kind: 'returned' }
  /** A command is called on it. */
  | { kind: 'spot' }
);

export function localOf(construction: ts.Expression, workspace: Workspace): Local | Refusal {
  const value = connectedValue(construction);
  const { parent } = value;
  if (ts.isVariableDeclaration(parent)) return ofVariable(parent, undefined, value, workspace);
  if (isAssignment(parent) && parent.right === value && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isExpressionStatement(parent.parent)) {
    const target = unwrap(parent.left);
    const declaration = ts.isIdentifier(target) ? workspace.checker.getSymbolAtLocation(target)?.valueDeclaration : undefined;
    if (declaration && ts.isVariableDeclaration(declaration)) return ofVariable(declaration, parent.parent, value, workspace);
    if (ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword && ts.isConstructorDeclaration(enclosingFunction(value))) {
      return ofField(target.name, parent.parent, value, workspace);
    }
  }
  if (ts.isPropertyDeclaration(parent) && parent.initializer === value) return ofField(parent.name, undefined, value, workspace);
  if (isReturned(value)) return { kind: 'returned', value };
  if (ts.isPropertyAccessExpression(parent) && isCommand(parent)) return { kind: 'spot', value };
  return new Refusal('the client is kept, or handed on, where it is made', value);
}

/** `await createClient(…).on('error', …).connect()`: all of it. */
export function connectedValue(construction: ts.Expression): ts.Expression {
  let value = wrapped(construction);
  for (;;) {
    const { parent } = value;
    if (ts.isAwaitExpression(parent)) value = wrapped(parent);
    else if (ts.isPropertyAccessExpression(parent) && parent.expression === value && ts.isCallExpression(parent.parent) && parent.parent.expression === parent && isOfConnecting(parent.parent, parent.name.text)) value = wrapped(parent.parent);
    else return value;
  }
}

function isOfConnecting(call: ts.CallExpression, method: string): boolean {
  const event = call.arguments[0];
  return method === 'connect' || (/^(?:on|once)$/.test(method) && event !== undefined && ts.isStringLiteralLike(event) && event.text === 'error');
}

function ofVariable(declaration: ts.VariableDeclaration, write: ts.ExpressionStatement | undefined, value: ts.Expression, { checker }: Workspace): Local | Refusal {
  const isPlain = ts.isIdentifier(declaration.name) && ts.isVariableDeclarationList(declaration.parent) && ts.isVariableStatement(declaration.parent.parent);
  if (!isPlain) return new Refusal('it is made in the head of a loop or taken apart', declaration);
  const variable = declaration as Variable;
  const mentions = referencesTo(variable.name, checker);
  if (!write) return { kind: 'variable', value, variable, write, mentions };
  const initial = variable.initializer && unwrap(variable.initializer);
  const isEmpty = !initial || initial.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(initial) && initial.text === 'undefined');
  if (!isEmpty || enclosingFunction(variable) !== enclosingFunction(write)) return new Refusal(`\`${variable.name.text}\` is given more than one value`, write);
  return { kind: 'variable', value, variable, write, mentions: mentions.filter((mention) => !contains(write, mention) || contains(value, mention)) };
}

function ofField(name: ts.PropertyName | ts.MemberName, write: ts.ExpressionStatement | undefined, value: ts.Expression, workspace: Workspace): Local | Refusal {
  const symbol = workspace.checker.getSymbolAtLocation(name);
  const mentions = symbol && fieldMentions(name.getText(), symbol, write, workspace);
  if (!mentions) return new Refusal(`\`${name.getText()}\` is used outside of its class`, name);
  const member = symbol.declarations?.find(ts.isPropertyDeclaration);
  if (write && (member?.initializer || enclosingStatement(write).parent.parent !== enclosingFunction(write))) return new Refusal(`\`${name.getText()}\` is given more than one value`, write);
  return { kind: 'field', value, member, write, mentions };
}

/** Mentions of a field but for that write, all of them in its class; undefined where it may be seen from outside. */
function fieldMentions(name: string, symbol: ts.Symbol, write: ts.Node | undefined, workspace: Workspace): ts.Expression[] | undefined {
  const mentions: ts.Expression[] = [];
  let inside = true;
  for (const { sourceFile } of workspace.allFacts()) {
    if (!sourceFile.text.includes(name)) continue;
    const look = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node) && node.name.text === name && workspace.checker.getSymbolAtLocation(node.name) === symbol) {
        inside &&= node.expression.kind === ts.SyntaxKind.ThisKeyword;
        if (!write || !contains(write, node)) mentions.push(node);
      }
      ts.forEachChild(node, look);
    };
    look(sourceFile);
  }
  return inside ? mentions : undefined;
}

export function isReturned(value: ts.Expression): boolean {
  return ts.isReturnStatement(value.parent) || (ts.isArrowFunction(value.parent) && value.parent.body === value);
}

function isCommand(access: ts.PropertyAccessExpression): boolean {
  return ts.isCallExpression(access.parent) && access.parent.expression === access && !/^(?:quit|disconnect|close|destroy|end|on|once|duplicate|subscribe|psubscribe|ssubscribe|monitor|select)$/i.test(access.name.text);
}
