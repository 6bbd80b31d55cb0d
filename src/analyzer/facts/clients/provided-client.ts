/** The client that a container of dependencies hands to a parameter or property, and what its construction says of it. */
import type ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { walk, type FunctionWithBody } from '../code/ast.ts';
import { clientDeclaration, clientIdentity, clientKey } from './client-identity.ts';
import { parameterBehind } from './client-property.ts';
import { isConstructionCall } from '../calls/collect-calls.ts';
import { argumentsOfSuper, nothing, optionsIn, type ClientOptions, type Construction } from './construction.ts';
import { identityOf, returnedExpression } from '../code/fold.ts';
import { classToken, containers, injectedToken, tokenOf, usesContainer, type Token } from './injection-tokens.ts';
import type { Provider } from './provider.ts';
import { providersOf } from './providers.ts';
import type { Receiver } from '../calls/redis-call.ts';
import { deepest } from '../code/units.ts';

const providers = {};
const clients = {};

/** What may be handed to a parameter, property or variable; several where nobody knows which of them. Nothing of what no container fills in. */
export function providersFor(declaration: ts.Declaration, workspace: Workspace): readonly Provider[] {
  const file = declaration.getSourceFile();
  if (!usesContainer(file)) return [];
  return workspace.once(providers, clientKey(declaration), () => {
    workspace.callsIn(file);
    const parameter = parameterBehind(declaration);
    const token = injectedToken(declaration, workspace.checker) ?? (parameter && injectedToken(parameter, workspace.checker));
    return token ? settled(token, workspace, 0) : [];
  });
}

/** Where one token stands for another, what that stands for. */
function settled(token: Token, workspace: Workspace, steps: number): readonly Provider[] {
  return providersOf(token, workspace).flatMap((provider) => {
    if (provider.how !== 'existing' || steps >= deepest) return [provider];
    const other = tokenOf(provider.value, workspace.checker);
    return other ? settled(other, workspace, steps + 1) : [provider];
  });
}

/** What is handed to it, where that is known; `providersFor`. */
export function onlyProvider(declaration: ts.Declaration, workspace: Workspace): Provider | undefined {
  const [only, ...more] = providersFor(declaration, workspace);
  return more.length > 0 || only?.how === 'other' || only?.how === 'existing' ? undefined : only;
}

/** Further names of the client that goes by one which a container fills in: what tells the container, and the value, function or class that this speaks of. */
export function namesByProvider(declaration: ts.Declaration, workspace: Workspace): ts.Declaration[] {
  const provider = onlyProvider(declaration, workspace);
  return provider ? namesOfProvider(provider, workspace) : [];
}

function namesOfProvider(provider: Provider, workspace: Workspace): ts.Declaration[] {
  switch (provider.how) {
    case 'factory':
      return [provider.declaration, provider.fn];
    case 'class':
      return [provider.declaration, provider.class];
    case 'value': {
      const value = clientDeclaration(provider.value, workspace.checker);
      return value ? [provider.declaration, value] : [provider.declaration];
    }
    default:
      return [provider.declaration];
  }
}

/** Whether a container makes one object of a class, for all who ask for it. */
export function isMadeOnce(owner: ts.ClassLikeDeclaration, workspace: Workspace): boolean {
  if (!usesContainer(owner.getSourceFile())) return false;
  const [only, ...more] = providersOf(classToken(owner), workspace);
  return only?.how === 'class' && more.length === 0;
}

/** What tells a container of the client that a call is sent by; undefined where none does, or nobody knows which. */
export function providerOf({ node, declaredAt }: Pick<Receiver, 'node' | 'declaredAt'>, workspace: Workspace): Provider | undefined {
  if (!node) return undefined;
  // By the text: most clients are a module's own.
  if (!workspace.isMentionedIn(declaredAt.slice(0, declaredAt.lastIndexOf('#')), containers)) return undefined;
  const declaration = clientDeclaration(node, workspace.checker);
  return declaration && onlyProvider(declaration, workspace);
}

/** What is known of one client: its options, and where it is said that it is. */
export type KnownClient = Omit<ClientOptions, 'api'> & Pick<Receiver, 'declaredAt'>;

/** The client that a call is sent by; of one that a container hands out, as it is made. */
export function clientOf(receiver: KnownClient & Pick<Receiver, 'node'>, workspace: Workspace): KnownClient {
  if (receiver.hasPrefix || receiver.db !== undefined) return receiver;
  const provider = providerOf(receiver, workspace);
  return provider ? workspace.once(clients, clientKey(provider.declaration), () => clientOfProvider(provider, workspace)) : receiver;
}

function clientOfProvider(provider: Provider, workspace: Workspace): KnownClient {
  const { checker } = workspace;
  workspace.callsIn(provider.declaration.getSourceFile());
  switch (provider.how) {
    case 'module':
      return at(provider.declaration, optionsIn(provider.options, checker));
    case 'class':
      workspace.callsIn(provider.class);
      return at(provider.class, optionsIn(argumentsOfSuper(provider.class) ?? [], checker));
    case 'value':
      return clientOfValue(provider.value, workspace);
    case 'factory':
      return clientOfFactory(provider.fn, workspace) ?? at(provider.declaration, nothing);
    default:
      return at(provider.declaration, nothing);
  }
}

const at = (node: ts.Node, known: ClientOptions): KnownClient => ({ declaredAt: `${node.getSourceFile().fileName}#${node.pos}`, ...known });

function clientOfValue(value: ts.Expression, workspace: Workspace): KnownClient {
  const { checker } = workspace;
  const file = clientDeclaration(value, checker)?.getSourceFile();
  if (file) workspace.callsIn(file);
  return clientIdentity(value, checker, (node): node is Construction => isConstructionCall(node, checker));
}

/** Of all that a factory makes, where they agree. */
function clientOfFactory(fn: FunctionWithBody, workspace: Workspace): KnownClient | undefined {
  const { checker } = workspace;
  workspace.callsIn(fn);
  const made: Construction[] = [];
  walk(fn, (node) => {
    if (isConstructionCall(node, checker)) made.push(node);
    return undefined;
  });
  const [first, ...others] = made.map((one) => clientOfValue(one, workspace));
  if (first) return others.every((other) => isSame(first, other)) ? first : undefined;
  const returned = returnedExpression(fn);
  return returned && clientOfValue(returned, workspace);
}

const isSame = (one: KnownClient, other: KnownClient): boolean =>
  one.db === other.db && one.hasPrefix === other.hasPrefix && (one.prefix && identityOf(one.prefix)) === (other.prefix && identityOf(other.prefix));
