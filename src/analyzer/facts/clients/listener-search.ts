/** Follows a client through its file, and through functions in others, to whoever listens for its errors: by every name it goes by, in and out of what holds it. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isAssignment, isFunctionWithBody, methodOf, unwrap, walk, wrapped } from '../code/ast.ts';
import { each, isCollection, single, storing, unrevealing } from './client-collections.ts';
import { clientDeclaration } from './client-identity.ts';
import { place } from '../code/fold.ts';
import { isExports, isGivenAway, isHandedOut, isOpen } from './handed-out.ts';
import { isHarmless, isMethodOf, isOfHarmless } from './harmless-takers.ts';
import { adders, isListenedTo, mayBeError } from './listened-clients.ts';
import { nodesOf } from '../calls/nodes.ts';
import { executorOf, isExecutor } from '../code/promise-executor.ts';
import { injectionsOf, provisionsBy, type Provision } from './providers.ts';
import { referencesTo } from '../code/references.ts';
import { deepest, isInlineCallback } from '../code/units.ts';

/** `unknown`: the client goes where nobody can follow it. */
export type Verdict = 'listens' | 'lacks' | 'unknown';

/** How the client is reached from a value that holds it: `pub` of `{ pub: client }`, `*` of a list, a map, or an object whose names are not known. Empty for the client itself. */
type Path = readonly string[];

/** Another view of the same client, whose listeners are the client's. */
const views = ['withTypeMapping', 'withCommandOptions'];
/** Give the client itself back. */
const chained = new Set([...adders, ...views, 'off', 'removeListener', 'setMaxListeners', 'connect']);
/** What a variable that is, or promises, a client is followed for; the rest asks something of the client. */
const followed = new Set([...adders, ...views, 'then', 'catch', 'finally']);

export class ListenerSearch {
  readonly #workspace: Workspace;
  readonly #seen = new Set<string>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** @param value the client, or what holds it @param steps how many functions lie behind */
  of(value: ts.Expression, path: Path, steps: number): Verdict {
    let end = wrapped(value);
    for (;;) {
      const { parent } = end;
      if (ts.isAwaitExpression(parent)) {
        end = wrapped(parent);
        continue;
      }
      if (!(ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) || parent.expression !== end) break;
      const call = callOf(parent);
      const name = nameOf(parent);
      if (name === 'then' && call) return this.#ofThen(call, path, steps);
      if ((name === 'catch' || name === 'finally') && call) {
        end = wrapped(call);
        continue;
      }
      if (path.length > 0) return this.#ofMember(parent, path, steps);
      if (!call) return name !== undefined && adders.has(name) ? 'unknown' : 'lacks';
      // `client[command](…)`
      if (name === undefined) return isNamedError(call) ? 'unknown' : 'lacks';
      if (adders.has(name) && mayBeError(call.arguments[0], this.#workspace.checker)) return 'listens';
      if (!chained.has(name)) return 'lacks';
      end = wrapped(call);
    }
    return this.#ofUse(end, path, steps);
  }

  /** What is done with a member of what holds the client. */
  #ofMember(access: ts.PropertyAccessExpression | ts.ElementAccessExpression, path: Path, steps: number): Verdict {
    const [step, ...rest] = path;
    if (isTarget(access)) return 'lacks';
    const name = nameOf(access);
    const call = callOf(access);
    if (step !== '*') return name === undefined || name === step ? this.of(access, rest, steps) : 'lacks';
    if (name === 'length' || name === 'size') return 'lacks';
    if (!name || !call) return this.of(access, rest, steps);
    if (unrevealing.has(name)) return 'lacks';
    const callback = each.has(name) ? call.arguments[0] && unwrap(call.arguments[0]) : undefined;
    if (callback) return either(this.#ofParameter(callback, 0, rest, steps), () => (name === 'filter' ? this.of(call, path, steps) : name === 'find' ? this.of(call, rest, steps) : 'lacks'));
    return single.has(name) ? this.of(call, rest, steps) : name === 'values' ? this.of(call, path, steps) : 'unknown';
  }

  /** Of the outermost expression whose value is the client, or holds it. */
  #ofUse(end: ts.Expression, path: Path, steps: number): Verdict {
    const { parent } = end;
    const again = (next: ts.Expression): Verdict => this.of(next, path, steps);
    if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent) || ts.isDeleteExpression(parent)) return 'lacks';
    if (ts.isVariableDeclaration(parent)) return this.#ofBinding(parent, parent.name, path, steps);
    if (ts.isForOfStatement(parent) && parent.expression === end) {
      const [element] = ts.isVariableDeclarationList(parent.initializer) ? parent.initializer.declarations : [];
      return element && path[0] === '*' ? this.#ofBinding(element, element.name, path.slice(1), steps) : 'unknown';
    }
    if (ts.isPropertyDeclaration(parent)) return this.#ofName(parent, parent.name, path, steps);
    if (ts.isExportAssignment(parent)) return path.length > 0 ? 'unknown' : isListenedTo(parent, this.#workspace) ? 'listens' : 'lacks';
    if (isAssignment(parent)) return parent.left === end ? 'lacks' : either(this.#ofTarget(unwrap(parent.left), path, steps), () => (isDropped(parent) ? 'lacks' : again(parent)));
    if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) return this.#ofProperty(parent, path, steps);
    if (ts.isArrayLiteralExpression(parent)) return ts.isNewExpression(wrapped(parent).parent) && isOfHarmless(parent, this.#workspace) ? 'lacks' : this.of(parent, ['*', ...path], steps);
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === end)) return this.#ofReturned(parent, path, steps);
    if (ts.isConditionalExpression(parent)) return parent.condition === end ? 'lacks' : again(parent);
    if (ts.isBinaryExpression(parent)) return isComparison(parent.operatorToken.kind) || (parent.left === end && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) ? 'lacks' : again(parent);
    if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isPrefixUnaryExpression(parent) || ts.isTypeOfExpression(parent)) return 'lacks';
    if (ts.isExportSpecifier(parent)) return path.length > 0 ? 'unknown' : 'lacks';
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return this.#ofArgument(end, parent, path, steps);
    return 'unknown';
  }

  /** `{ pub: client }` */
  #ofProperty(property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment, path: Path, steps: number): Verdict {
    const literal = property.parent;
    const provisions = property.name.getText() === 'useValue' ? provisionsBy(literal, this.#workspace) : [];
    if (provisions.length > 0) return worst(provisions.map((one) => this.#ofProvision(one, path, steps)));
    if (isOfHarmless(literal, this.#workspace)) return 'lacks';
    if (isHandedOut(literal)) return path.length > 0 ? 'unknown' : ts.isPropertyAssignment(property) ? this.#ofName(property, property.name, path, steps) : 'lacks';
    if (path.length === 0 && isListenedTo(property, this.#workspace)) return 'listens';
    const name = ts.isComputedPropertyName(property.name) ? '*' : property.name.text;
    return worst([this.of(literal, [name, ...path], steps), ...usesByThis(literal, name).map((use) => this.of(use, path, steps))]);
  }

  /** `const client = …`, `const { pub } = …`, `[pub, sub] = …` */
  #ofBinding(declaration: ts.Declaration, name: ts.BindingName, path: Path, steps: number): Verdict {
    if (ts.isIdentifier(name)) return this.#ofName(declaration, name, path, steps);
    const [step, ...rest] = path;
    if (step === undefined) return 'unknown';
    const verdicts = name.elements.map((element): Verdict => {
      if (ts.isOmittedExpression(element)) return 'lacks';
      if (element.dotDotDotToken) return 'unknown';
      const property = element.propertyName ?? element.name;
      if (ts.isObjectBindingPattern(name) && step !== '*' && ts.isIdentifier(property) && property.text !== step) return 'lacks';
      return this.#ofBinding(element, element.name, rest, steps);
    });
    return worst(verdicts);
  }

  /** What is said of a variable or property: by those who listen to it anywhere, and by what else its own file does with it. */
  #ofName(declaration: ts.Declaration, name: ts.Node, path: Path, steps: number): Verdict {
    if (path.length === 0 && isListenedTo(declaration, this.#workspace)) return 'listens';
    if (path.length > 0 && isOpen(declaration)) return 'unknown';
    if (!this.#isFirst(declaration, path)) return 'lacks';
    // An edit anywhere in the file may add a mention.
    this.#workspace.callsIn(declaration.getSourceFile());
    return worst(this.#mentionsOf(declaration, name, path).map((mention) => this.of(mention, path, steps)));
  }

  #mentionsOf(declaration: ts.Declaration, name: ts.Node, path: Path): ts.Expression[] {
    const { checker } = this.#workspace;
    const isWanted = (node: ts.Expression): boolean => path.length > 0 || !isAsked(wrapped(node));
    const isVariable = (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isBindingElement(declaration)) && ts.isIdentifier(declaration.name);
    const references = isVariable ? referencesTo(declaration.name, checker, isWanted) : [];
    if (!(ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) || (isVariable && !(ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, declaration.parent)))) return references;
    const accesses = [...nodesOf(declaration.getSourceFile())].filter((node): node is ts.PropertyAccessExpression =>
      ts.isPropertyAccessExpression(node) && node.name.text === name.text && isWanted(node) && clientDeclaration(node, checker) === declaration);
    return [...references, ...accesses];
  }

  /** `client = …`, `this.clients.pub = …`, `pool[name] = …` */
  #ofTarget(target: ts.Expression, path: Path, steps: number): Verdict {
    const declaration = clientDeclaration(target, this.#workspace.checker);
    const name = ts.isPropertyAccessExpression(target) ? target.name : target;
    if (declaration && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) {
      return declaration.getSourceFile().isDeclarationFile || (path.length > 0 && isExports(target)) ? 'unknown' : this.#ofName(declaration, name, path, steps);
    }
    if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return 'unknown';
    return this.#ofHolder(target.expression, [nameOf(target) ?? '*', ...path], steps);
  }

  /** Of an object or collection that the client is put into: one that its own file makes. */
  #ofHolder(holder: ts.Expression, path: Path, steps: number): Verdict {
    const node = unwrap(holder);
    if (!(ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) || isExports(node)) return 'unknown';
    const declaration = clientDeclaration(node, this.#workspace.checker);
    if (!declaration || declaration.getSourceFile() !== node.getSourceFile()) return 'unknown';
    if (!isCollection(declaration)) return 'unknown';
    return this.#ofName(declaration, ts.isPropertyAccessExpression(node) ? node.name : node, path, steps);
  }

  /** `connecting.then((client) => …)` */
  #ofThen(call: ts.CallExpression, path: Path, steps: number): Verdict {
    const [callback] = call.arguments;
    return callback ? this.#ofParameter(unwrap(callback), 0, path, steps) : 'unknown';
  }

  /** A callback that is written where it is given, or one of its own file by name. */
  #ofParameter(callback: ts.Expression, index: number, path: Path, steps: number): Verdict {
    if (!isFunctionWithBody(callback)) return 'unknown';
    const parameter = callback.parameters[index];
    return parameter ? this.#ofBinding(parameter, parameter.name, path, steps) : 'lacks';
  }

  #ofReturned(at: ts.Node, path: Path, steps: number): Verdict {
    const fn = ts.findAncestor(at, isFunctionWithBody);
    if (!fn) return 'unknown';
    if (isInlineCallback(fn)) {
      const { parent } = wrapped(fn as ts.Expression);
      if (isExecutor(fn)) return 'lacks';
      return ts.isCallExpression(parent) && /^(?:then|catch|finally)$/.test(methodOf(parent)?.name ?? '') ? this.of(parent, path, steps) : 'unknown';
    }
    if (steps >= deepest) return 'unknown';
    if (!this.#isFirst(fn, path)) return 'lacks';
    if (path.length === 0 && isListenedTo(fn, this.#workspace)) return 'listens';
    const sites = this.#workspace.callers(fn);
    const provisions = provisionsBy(fn, this.#workspace);
    if (sites.length + provisions.length === 0 || (provisions.length === 0 && isGivenAway(fn, this.#workspace))) return 'unknown';
    return worst([...provisions.map((one) => this.#ofProvision(one, path, steps)), ...sites.map((site) => this.of(site, path, steps + 1))]);
  }

  /** What those do with it whom a container hands it to. */
  #ofProvision({ token, provider: { declaration }, isListed }: Provision, path: Path, steps: number): Verdict {
    if (path.length > 0 || steps >= deepest) return 'unknown';
    if (isListenedTo(declaration, this.#workspace)) return 'listens';
    if (!this.#isFirst(declaration, path)) return 'lacks';
    const injections = injectionsOf(token, this.#workspace);
    return injections.length === 0 && !isListed ? 'unknown' : worst(injections.map((one) => this.#ofName(one, one.name, path, steps + 1)));
  }

  #ofArgument(argument: ts.Expression, call: ts.CallExpression | ts.NewExpression, path: Path, steps: number): Verdict {
    const index = call.arguments?.indexOf(argument) ?? -1;
    if (index < 0) return 'unknown';
    const unit = this.#workspace.called(call);
    if (!unit) return ts.isCallExpression(call) ? this.#ofForeign(argument, call, index, path, steps) : isHarmless(unwrap(call.expression)) ? 'lacks' : 'unknown';
    // One that is only declared may do anything with it.
    const fn = ts.isClassLike(unit) ? unit.members.find((member): member is ts.ConstructorDeclaration => ts.isConstructorDeclaration(member) && member.body !== undefined) : unit;
    const parameter = fn?.parameters[index];
    if (!parameter || parameter.dotDotDotToken) return 'unknown';
    if (path.length === 0 && isListenedTo(parameter, this.#workspace)) return 'listens';
    if (steps >= deepest) return 'unknown';
    if (ts.isClassLike(unit) || !ts.isIdentifier(parameter.name)) return this.#ofBinding(parameter, parameter.name, path, steps + 1);
    // What a function gives back may be the client.
    this.#workspace.callsIn(parameter.getSourceFile());
    const isFirst = this.#isFirst(parameter, path);
    const uses = referencesTo(parameter.name, this.#workspace.checker, (use) => path.length > 0 || !isAsked(use));
    return worst(uses.map((use) => {
      if (ts.isReturnStatement(use.parent) || (ts.isArrowFunction(use.parent) && use.parent.body === use)) return this.of(call, path, steps);
      return isFirst ? this.of(use, path, steps + 1) : 'lacks';
    }));
  }

  /** Given to what is no function of the workspace: the language's own are known, and some of packages. */
  #ofForeign(argument: ts.Expression, call: ts.CallExpression, index: number, path: Path, steps: number): Verdict {
    const callee = unwrap(call.expression);
    const method = methodOf(call);
    if (ts.isIdentifier(callee)) {
      const executor = executorOf(callee, this.#workspace.checker);
      if (executor) return index === 0 && executor.parameters[0]?.name.getText() === callee.text ? this.of(executor.promise, path, steps) : 'lacks';
    }
    if (method && /^(?:bind|call|apply)$/.test(method.name) && index === 0 && isMethodOf(method.target, argument, this.#workspace.checker)) return 'lacks';
    const owner = method && ts.isIdentifier(unwrap(method.target)) ? method.target.getText() : '';
    const [step, ...rest] = path;
    if (owner === 'Promise' && method) {
      if (method.name === 'resolve') return this.of(call, path, steps);
      return step !== '*' ? 'unknown' : this.of(call, method.name === 'all' ? path : method.name === 'allSettled' ? ['*', 'value', ...rest] : rest, steps);
    }
    if (owner === 'Object' && method) {
      if (method.name === 'keys') return 'lacks';
      return method.name === 'values' && step !== undefined ? this.of(call, ['*', ...rest], steps) : method.name === 'freeze' ? this.of(call, path, steps) : 'unknown';
    }
    if (method && storing[method.name] === index && this.#isStored(method.target)) return this.#ofHolder(method.target, ['*', ...path], steps);
    return isHarmless(callee) ? 'lacks' : 'unknown';
  }

  #isStored(target: ts.Expression): boolean {
    const declaration = clientDeclaration(unwrap(target), this.#workspace.checker);
    return declaration !== undefined && isCollection(declaration);
  }

  #isFirst(node: ts.Node, path: Path): boolean {
    const key = [place(node), ...path].join(' ');
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }
}

const worst = (verdicts: readonly Verdict[]): Verdict => verdicts.find((one) => one === 'listens') ?? verdicts.find((one) => one === 'unknown') ?? 'lacks';

const either = (verdict: Verdict, other: () => Verdict): Verdict => (verdict === 'listens' ? verdict : worst([verdict, other()]));

/** `this.pub` in the methods beside it. */
function usesByThis(literal: ts.ObjectLiteralExpression, name: string): ts.Expression[] {
  const uses: ts.Expression[] = [];
  walk(literal, (node) => {
    if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword && node.name.text === name) uses.push(node);
    return !ts.isClassLike(node);
  });
  return uses;
}

/** The name in `a.b` and `a['b']`; undefined for `a[b]`. */
function nameOf(access: ts.PropertyAccessExpression | ts.ElementAccessExpression): string | undefined {
  if (ts.isPropertyAccessExpression(access)) return access.name.text;
  return ts.isStringLiteralLike(access.argumentExpression) ? access.argumentExpression.text : undefined;
}

function callOf(access: ts.Expression): ts.CallExpression | undefined {
  const outer = wrapped(access);
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer ? outer.parent : undefined;
}

function isTarget(access: ts.Expression): boolean {
  const outer = wrapped(access);
  return (isAssignment(outer.parent) && outer.parent.left === outer) || ts.isDeleteExpression(outer.parent);
}

function isNamedError(call: ts.CallExpression): boolean {
  const [event] = call.arguments;
  return event !== undefined && ts.isStringLiteralLike(unwrap(event)) && (unwrap(event) as ts.StringLiteralLike).text === 'error';
}

/** `client.get(…)`, `client.status`: asks something of the client, and does not listen. */
const isAsked = (node: ts.Expression): boolean => ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node && !followed.has(node.parent.name.text);

const isDropped = (node: ts.Expression): boolean => ts.isExpressionStatement(wrapped(node).parent) || ts.isVoidExpression(wrapped(node).parent);

function isComparison(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken || kind === ts.SyntaxKind.InstanceOfKeyword || kind === ts.SyntaxKind.InKeyword;
}
