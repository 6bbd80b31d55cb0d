/** What files write for a container of dependencies: providers, modules that make clients, lists, and what may be filled in. Syntax alone. */
import { posix } from 'node:path';
import ts from 'typescript';
import { isTest } from '../../test-files.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { methodOf, unwrap, walk } from '../code/ast.ts';
import { clientModules } from './client-modules.ts';
import { isImportedFrom } from '../code/imported-from.ts';
import { propertyNamed } from './injection-tokens.ts';

/** What files are told apart by before they are parsed. */
const providing = ['provide', 'providers', 'forRoot', 'forRootAsync'];
const asking = ['Inject', 'InjectRedis', 'InjectCluster', 'inject'];

/** What the files say that provide something, tests apart. */
export const writtenProviders = (workspace: Workspace): Written[] => filesWith(providing, workspace).map(writtenIn);

/** All that a container may fill in in the files that ask for something, tests apart. */
export const writtenInjections = (workspace: Workspace): Injection[] => filesWith(asking, workspace).flatMap((file) => injectionsIn(file));

function filesWith(wanted: readonly string[], workspace: Workspace): ts.SourceFile[] {
  return workspace.filesMentioning(wanted).flatMap((file) => {
    const { sourceFile } = workspace.factsOf(file) ?? {};
    if (!sourceFile || isTest(posix.relative(workspace.root, file), sourceFile.text)) return [];
    // An edit anywhere in it may add one.
    workspace.callsIn(sourceFile);
    return [sourceFile];
  });
}

export interface Written {
  literals: readonly ts.ObjectLiteralExpression[];
  /** Of modules that make clients. */
  modules: readonly ts.CallExpression[];
  lists: readonly ts.Identifier[];
}

const written = new WeakMap<ts.SourceFile, Written>();

function writtenIn(file: ts.SourceFile): Written {
  let known = written.get(file);
  if (!known) {
    const literals: ts.ObjectLiteralExpression[] = [];
    const modules: ts.CallExpression[] = [];
    const lists: ts.Identifier[] = [];
    walk(file, (node) => {
      if (ts.isObjectLiteralExpression(node)) {
        const list = propertyNamed(node, 'providers');
        if (list) lists.push(...namesIn(list));
        if (propertyNamed(node, 'provide')) literals.push(node);
      } else if (ts.isCallExpression(node)) {
        const method = methodOf(node);
        const owner = method && unwrap(method.target);
        if (owner && ts.isIdentifier(owner) && /^forRoot(?:Async)?$/.test(method.name) && isImportedFrom(owner, clientModules)) modules.push(node);
      }
      return undefined;
    });
    written.set(file, (known = { literals, modules, lists }));
  }
  return known;
}

/** Of a list of providers, or of what it is made of. */
function namesIn(list: ts.Expression): ts.Identifier[] {
  const node = unwrap(list);
  if (ts.isIdentifier(node)) return [node];
  if (!ts.isArrayLiteralExpression(node)) return [];
  return node.elements.flatMap((element) => namesIn(ts.isSpreadElement(element) ? element.expression : element));
}

export type Injection = ts.ParameterDeclaration | ts.PropertyDeclaration;

const injected = new WeakMap<ts.SourceFile, readonly Injection[]>();

function injectionsIn(file: ts.SourceFile): readonly Injection[] {
  let known = injected.get(file);
  if (!known) {
    const found: Injection[] = [];
    walk(file, (node) => {
      if (ts.isParameter(node) || ts.isPropertyDeclaration(node)) found.push(node);
      return undefined;
    });
    injected.set(file, (known = found));
  }
  return known;
}
