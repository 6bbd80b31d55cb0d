/** A property that the same file gives a value: a constructor that fills in what is missing, defaults before a spread. */
import ts from 'typescript';
import type { Workspace } from '../workspace/workspace.ts';
import { isAssignment, unwrap, walk } from './ast.ts';
import { regionsOf } from './regions.ts';

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
