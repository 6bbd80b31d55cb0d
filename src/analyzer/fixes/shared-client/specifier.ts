/** How a file imports the shared client: by the path alias that its project uses, else by a relative path with the extension that its imports have. */
import { posix } from 'node:path';
import type ts from 'typescript';
import { packageFolder, type Layout } from '../../workspace/layout.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isCommonJs } from '../text/imports.ts';

type Extension = 'ts' | 'js' | 'none';

interface Import {
  importer: string;
  specifier: string;
  target: string;
}

/** @param target absolute path; the file need not exist yet */
export function specifierOf(sourceFile: ts.SourceFile, target: string, workspace: Workspace): string {
  const { layout } = workspace;
  const file = sourceFile.fileName;
  const own = importsOf(file, layout);
  const present = own.find((one) => one.target === target);
  if (present) return present.specifier;
  const project = packageFolder(file, workspace.root, layout);
  const others = [...workspace.fileNames()].filter((other) => other !== file && packageFolder(other, workspace.root, layout) === project).flatMap((other) => importsOf(other, layout));
  // The file's own custom, else that of the project; within a folder only where that is done within a folder too.
  const isNear = (importer: string, imported: string): boolean => !posix.relative(posix.dirname(importer), imported).startsWith('../');
  const alike = (list: Import[]): Import[] => list.filter((one) => isNear(one.importer, one.target) === isNear(file, target));
  const examples = [alike(own), alike(others)].find((list) => list.length > 0) ?? [];
  const aliased = examples.filter((one) => !isRelative(one) && packageFolder(one.target, workspace.root, layout) === project);
  if (aliased.length * 2 > examples.length) {
    const alias = aliased.map((one) => byAlias(one, target)).find((text) => text !== undefined);
    if (alias !== undefined) return alias;
  }
  const relative = [own, others].map((list) => list.filter(isRelative)).find((list) => list.length > 0);
  return relativeTo(file, target, relative ? mostFrequent(relative.map(({ specifier }) => extensionIn(specifier))) : customOf(sourceFile, project, layout));
}

function importsOf(importer: string, layout: Layout): Import[] {
  return [...layout.imports(importer)].map(([specifier, target]) => ({ importer, specifier, target }));
}

const isRelative = ({ specifier }: Import): boolean => /^\.\.?(?:\/|$)/.test(specifier);

/** `@/lib/users` for /app/src/lib/users.ts says that `@/` is /app/src/: what both end with, apart from the extension, is the same path. */
function byAlias({ specifier, target: known }: Import, target: string): string | undefined {
  const written = specifier.replace(/\.[cm]?[jt]sx?$/, '');
  let from = written.split('/');
  let to = withoutExtension(known).split('/');
  if (to.at(-1) === 'index' && from.at(-1) !== 'index') to = to.slice(0, -1);
  while (from.length > 1 && from.at(-1) === to.at(-1)) {
    from = from.slice(0, -1);
    to = to.slice(0, -1);
  }
  // A package's own name, or an alias for one file, says nothing about its neighbours.
  if (from.length === written.split('/').length) return undefined;
  const folder = `${to.join('/')}/`;
  return target.startsWith(folder) ? `${from.join('/')}/${withExtension(target.slice(folder.length), extensionIn(specifier))}` : undefined;
}

function relativeTo(file: string, target: string, extension: Extension): string {
  const path = posix.relative(posix.dirname(file), target);
  return withExtension(path.startsWith('.') ? path : `./${path}`, extension);
}

const withoutExtension = (path: string): string => path.replace(/\.[cm]?[jt]sx?$/, '');

function withExtension(path: string, extension: Extension): string {
  const [written, kind] = /\.([cm]?)[jt]sx?$/.exec(path) ?? [];
  if (written === undefined || extension === 'ts') return path;
  const bare = withoutExtension(path);
  // Of .mts and .cts the extension is never left out.
  return extension === 'js' || kind ? `${bare}.${kind ?? ''}js` : bare.replace(/\/index$/, '');
}

function extensionIn(specifier: string): Extension {
  if (/\.[cm]?tsx?$/.test(specifier)) return 'ts';
  return /\.[cm]?jsx?$/.test(specifier) ? 'js' : 'none';
}

function mostFrequent(list: readonly Extension[]): Extension {
  const times = (one: Extension): number => list.filter((other) => other === one).length;
  return [...list].sort((a, b) => times(b) - times(a))[0] ?? 'none';
}

/** Where no import of the project shows it: Node's ES modules name the extension, compilers and bundlers let it be left out. */
function customOf(sourceFile: ts.SourceFile, project: string, layout: Layout): Extension {
  if (/\.m[jt]s$/.test(sourceFile.fileName)) return 'js';
  if (isCommonJs(sourceFile)) return 'none';
  const isModule = layout.json(`${project}/package.json`)?.['type'] === 'module';
  if (/\.jsx?$/.test(sourceFile.fileName)) return isModule ? 'js' : 'none';
  const options = compilerOptions(`${project}/tsconfig.json`, layout);
  if (options?.['allowImportingTsExtensions'] === true || options?.['rewriteRelativeImportExtensions'] === true) return 'ts';
  const isNodes = options === undefined || /^node(?:16|18|20|next)$/i.test(String(options['moduleResolution'] ?? options['module']));
  return isModule && isNodes ? 'js' : 'none';
}

/** With those of what it extends by a relative path; undefined where there is no such file. */
function compilerOptions(config: string, layout: Layout, steps = 0): Record<string, unknown> | undefined {
  const json = layout.json(config);
  if (!json) return undefined;
  const bases = steps < 5 ? [json['extends'] ?? []].flat().filter((name): name is string => typeof name === 'string' && name.startsWith('.')) : [];
  const inherited = bases.map((name) => compilerOptions(posix.join(posix.dirname(config), name.endsWith('.json') ? name : `${name}.json`), layout, steps + 1));
  return Object.assign({}, ...inherited, json['compilerOptions']) as Record<string, unknown>;
}
