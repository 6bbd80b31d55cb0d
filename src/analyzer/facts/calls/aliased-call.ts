/** Commands that are not called as methods of a client: taken out of it, bound to it, promisified. */
import ts from 'typescript';
import { mayBeCommand, readCommand } from '../../dialects/read-command.ts';
import { methodOf, unwrap } from '../code/ast.ts';
import { isConst, resolveAlias } from '../code/fold.ts';
import { clientOfAny, typedReceiver, typeOfUse } from './receiver-of.ts';
import type { FoundCommand } from './found-command.ts';

/** @returns the command that such a call sends; undefined for every other call */
export function aliasedCall(node: ts.CallExpression, checker: ts.TypeChecker): FoundCommand | undefined {
  const { hasAliases, hasDestructured } = hintsOf(node.getSourceFile());
  return (hasDestructured ? destructuredCall(node, checker) : undefined) ?? (hasAliases ? boundCall(node, checker) : undefined);
}

interface Hints {
  text: string;
  /** Methods that are promisified or bound. */
  hasAliases: boolean;
  /** `const { get } = …` */
  hasDestructured: boolean;
}

const hints = new WeakMap<ts.SourceFile, Hints>();

/** Whether a file may call commands otherwise than as methods; read off its text once, not for each region. */
function hintsOf(file: ts.SourceFile): Hints {
  const { text } = file;
  let known = hints.get(file);
  if (known?.text !== text) hints.set(file, (known = { text, hasAliases: /\bpromisify\b|\.bind\(/.test(text), hasDestructured: /\}\s*=[^=>]/.test(text) }));
  return known;
}

/** `const { get } = client`: a call of `get` is a GET. */
function destructuredCall(node: ts.CallExpression, checker: ts.TypeChecker): FoundCommand | undefined {
  const callee = unwrap(node.expression);
  if (!ts.isIdentifier(callee)) return undefined;
  const element = mayBeCommand(callee.text) ? checker.getSymbolAtLocation(callee)?.valueDeclaration : undefined;
  if (!element || !ts.isBindingElement(element) || !ts.isObjectBindingPattern(element.parent)) return undefined;
  const holder = element.parent.parent;
  const owner = ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
  const method = element.propertyName ?? element.name;
  if (!owner || !ts.isIdentifier(method)) return undefined;
  return methodCalled(owner, method.text, callee, checker);
}

/** `const getAsync = promisify(client.get).bind(client)`, `const get = client.get.bind(client)`: a call of it is a GET. */
function boundCall(node: ts.CallExpression, checker: ts.TypeChecker): FoundCommand | undefined {
  const callee = unwrap(node.expression);
  if (!ts.isIdentifier(callee)) return undefined;
  const declaration = resolveAlias(checker.getSymbolAtLocation(callee), checker)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer || !isConst(declaration)) return undefined;
  let made = unwrap(declaration.initializer);
  const bind = ts.isCallExpression(made) ? methodOf(made) : undefined;
  const isBound = bind?.name === 'bind';
  if (isBound) made = unwrap(bind.target);
  if (ts.isCallExpression(made)) {
    const name = methodOf(made)?.name ?? (ts.isIdentifier(made.expression) ? made.expression.text : undefined);
    const wrappedMethod = name === 'promisify' ? made.arguments[0] : undefined;
    if (!wrappedMethod) return undefined;
    made = unwrap(wrappedMethod);
  } else if (!isBound) return undefined;
  return ts.isPropertyAccessExpression(made) ? methodCalled(made.expression, made.name.text, callee, checker) : undefined;
}

/** @param owner whose method it is @param callee what is called */
function methodCalled(owner: ts.Expression, method: string, callee: ts.Identifier, checker: ts.TypeChecker): FoundCommand | undefined {
  const type = typeOfUse(owner, checker);
  const typed = typedReceiver(type, method, checker);
  const receiver = typed ?? clientOfAny(owner, type, checker);
  const spelling = receiver && readCommand(receiver.dialect, method, () => undefined);
  if (!receiver || !spelling) return undefined;
  return { spelling, receiver, confidence: typed ? 'type' : 'flow', target: owner, nameNode: callee, raw: false };
}
