/**
 * What the containers of a workspace are told to hand out, by token, and where they are asked for it. One token that is provided twice is
 * not one thing.
 */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, wrapped, type FunctionWithBody } from '../code/ast.ts';
import { writtenInjections, writtenProviders, type Injection } from './container-files.ts';
import { resolveAlias, symbolOfValue } from '../code/fold.ts';
import { injectedToken, propertyNamed, tokenOf, type Token } from './injection-tokens.ts';
import { moduleClients } from './module-clients.ts';
import { isShared, providerOf, type Provider } from './provider.ts';
import { unitOf } from '../code/units.ts';

/** One provider, and what it is asked for by. */
export interface Provision {
  token: Token;
  provider: Provider;
  /** Whether a list of providers is seen that has it. */
  isListed: boolean;
}

interface Providers {
  all: readonly Provision[];
  byToken: ReadonlyMap<string, readonly Provider[]>;
  /** Of lists of providers. */
  listed: ReadonlyMap<string, readonly ts.Identifier[]>;
}

const providers = {};
const injections = {};

const table = (workspace: Workspace): Providers => workspace.once(providers, '', () => allProviders(workspace));

/** All that the workspace provides under a token, tests apart; one that several lists name stands as often. */
export function providersOf(token: Token, workspace: Workspace): readonly Provider[] {
  const { checker } = workspace;
  const { byToken, listed } = table(workspace);
  const given = byToken.get(token.key) ?? [];
  const declared = token.class;
  if (!declared) return given;
  // A list may name a class by itself.
  const named = (listed.get(declared.name?.text ?? '') ?? []).filter((name) => resolveAlias(symbolOfValue(name, checker), checker)?.valueDeclaration === declared);
  return [...given, ...named.map((): Provider => (isShared(declared) ? { how: 'class', declaration: declared, class: declared } : { how: 'other', declaration: declared }))];
}

/** What a function, or an object literal, gives a container. */
export function provisionsBy(node: FunctionWithBody | ts.ObjectLiteralExpression, workspace: Workspace): readonly Provision[] {
  return table(workspace).all.filter(({ provider }) => provider.declaration === node || (provider.how === 'factory' && provider.fn === node));
}

/** The parameters and properties that a token is injected into, tests apart. */
export function injectionsOf(token: Token, workspace: Workspace): readonly Injection[] {
  const { checker } = workspace;
  const all = workspace.once(injections, '', () => writtenInjections(workspace));
  return all.filter((declaration) => injectedToken(declaration, checker)?.key === token.key);
}

function allProviders(workspace: Workspace): Providers {
  const { checker } = workspace;
  const all: Provision[] = [];
  const byToken = new Map<string, Provider[]>();
  const listed = new Map<string, ts.Identifier[]>();
  const put = (token: Token | undefined, provider: Provider, times: number): void => {
    if (!token) return;
    all.push({ token, provider, isListed: times > 0 });
    const list = byToken.get(token.key) ?? [];
    byToken.set(token.key, list);
    for (let time = 0; time < Math.max(1, times); time++) list.push(provider);
  };
  const files = writtenProviders(workspace);
  for (const { lists } of files) for (const name of lists) listed.set(name.text, [...(listed.get(name.text) ?? []), name]);
  for (const { literals, modules } of files) {
    for (const literal of literals) {
      const token = propertyNamed(literal, 'provide');
      put(token && tokenOf(token, checker), providerOf(literal, checker), timesGiven(literal, listed, workspace));
    }
    for (const call of modules) for (const [token, provider] of moduleClients(call, checker)) put(token, provider, 1);
  }
  return { all, byToken, listed };
}

/** How many modules are seen to provide what is written once: those whose lists name it, and each call of a function that makes such a module. */
function timesGiven(literal: ts.ObjectLiteralExpression, listed: Providers['listed'], workspace: Workspace): number {
  const { checker } = workspace;
  const unit = unitOf(literal);
  let outer = wrapped(literal);
  while (ts.isArrayLiteralExpression(outer.parent)) outer = wrapped(outer.parent);
  const holder = outer.parent;
  const names = ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? (listed.get(holder.name.text) ?? []) : [];
  const isInList = ts.isPropertyAssignment(holder) && holder.name.getText() === 'providers';
  const lists = names.filter((name) => resolveAlias(symbolOfValue(name, checker), checker)?.valueDeclaration === holder).length;
  return Math.max(isInList ? 1 : lists, unit && isFunctionWithBody(unit) ? workspace.callers(unit).length : 0);
}
