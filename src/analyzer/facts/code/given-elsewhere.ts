/** A property that the same file gives a value: a constructor that fills in what is missing, defaults before a spread. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isAssignment, unwrap, walk } from './ast.ts';
import { symbolOfValue } from './fold.ts';
import { nodesOf } from '../calls/nodes.ts';
import { regionsOf } from '../calls/regions.ts';

const deepest = 3;

/** @param node `this.options.seconds`; whose property it is does not matter: in doubt it is given */
export function isGivenElsewhere(node: ts.PropertyAccessExpression, workspace: Workspace): boolean {
  const file = node.getSourceFile();
  const name = node.name.text;
  if (!new RegExp(`\\b${name}\\b\\s*(?:(?:\\?\\?|\\|\\|)?=[^=>]|[:,}])`).test(file.text)) return false;
  readsAll(file, workspace);
  let found = false;
  walk(file, (at) => {
    found ||= gives(at, name);
    return !found;
  });
  return found;
}

/**
 * Whether whatever the file puts into a field or variable fills in a property that its declared type leaves open:
 * `this.config = { prefix: options.prefix || 'q:' }`, `{ ...defaults, ...options }`. An option that is spread as `undefined` is not thought of.
 * @param owner `this.config`
 */
export function isFilledIn(owner: ts.Expression, name: string, workspace: Workspace, depth = 0): boolean {
  const { checker } = workspace;
  const node = unwrap(owner);
  const symbol = ts.isIdentifier(node) ? symbolOfValue(node, checker) : ts.isPropertyAccessExpression(node) ? checker.getSymbolAtLocation(node.name) : undefined;
  const declaration = symbol?.valueDeclaration;
  const file = node.getSourceFile();
  if (!symbol || !declaration || declaration.getSourceFile() !== file || depth > deepest) return false;
  if (!ts.isPropertyDeclaration(declaration) && !ts.isVariableDeclaration(declaration)) return false;
  readsAll(file, workspace);
  const values = declaration.initializer ? [declaration.initializer] : [];
  for (const at of nodesOf(file)) {
    if (!isAssignment(at)) continue;
    const target = unwrap(at.left);
    const assigned = ts.isPropertyAccessExpression(target) ? target.name : target;
    if ((ts.isIdentifier(assigned) || ts.isPrivateIdentifier(assigned)) && assigned.text === symbol.name && checker.getSymbolAtLocation(assigned) === symbol) values.push(at.right);
  }
  return values.length > 0 && values.every((value) => {
    const property = checker.getPropertyOfType(checker.getTypeAtLocation(value), name);
    if (!property) return false;
    return (!(property.flags & ts.SymbolFlags.Optional) && !allowsUndefined(checker.getTypeOfSymbolAtLocation(property, value))) || isFilledIn(value, name, workspace, depth + 1);
  });
}

const allowsUndefined = (type: ts.Type): boolean => (type.isUnion() ? type.types : [type]).some(({ flags }) => (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Unknown)) !== 0);

/** What is said of one region then hangs on all of its file. */
export function readsAll(file: ts.SourceFile, workspace: Workspace): void {
  for (const region of regionsOf(file)) workspace.callsIn(region);
}

function gives(node: ts.Node, name: string): boolean {
  if (isAssignment(node)) {
    const target = unwrap(node.left);
    return ts.isPropertyAccessExpression(target) && target.name.text === name && !(ts.isIdentifier(node.right) && node.right.text === 'undefined');
  }
  // `{ seconds: 60, ...options }`
  if (!ts.isObjectLiteralExpression(node)) return false;
  const at = node.properties.findIndex((property) => property.name !== undefined && !ts.isComputedPropertyName(property.name) && property.name.text === name);
  return at >= 0 && node.properties.slice(at).some(ts.isSpreadAssignment);
}
