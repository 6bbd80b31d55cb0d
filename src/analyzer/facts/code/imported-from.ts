/** From which package a name of a file comes. Syntax alone. */
import ts from 'typescript';
import { unwrap } from './ast.ts';

const known = new WeakMap<ts.SourceFile, ReadonlyMap<string, string>>();

/** Whether a name is bound by an import (or a `require`) of one of some packages. */
export function isImportedFrom(name: ts.Identifier, packages: readonly string[]): boolean {
  const specifier = specifierOf(name);
  return specifier !== undefined && packages.includes(specifier);
}

/** The specifier that a name of a file is imported from; undefined where it is the file's own. */
export function specifierOf(name: ts.Identifier): string | undefined {
  return importsOf(name.getSourceFile()).get(name.text);
}

/** Names that a file's own statements bind → specifiers. */
export function importsOf(file: ts.SourceFile): ReadonlyMap<string, string> {
  let names = known.get(file);
  if (!names) {
    const found = new Map<string, string>();
    for (const statement of file.statements) {
      if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
        const { text } = statement.moduleSpecifier;
        const clause = statement.importClause;
        if (clause?.name) found.set(clause.name.text, text);
        const bindings = clause?.namedBindings;
        if (bindings && ts.isNamespaceImport(bindings)) found.set(bindings.name.text, text);
        else for (const element of bindings?.elements ?? []) found.set(element.name.text, text);
      } else if (ts.isVariableStatement(statement)) {
        for (const { name, initializer } of statement.declarationList.declarations) {
          const specifier = initializer && requiredBy(unwrap(initializer));
          if (specifier !== undefined) for (const bound of boundBy(name)) found.set(bound, specifier);
        }
      }
    }
    known.set(file, (names = found));
  }
  return names;
}

/** `require('x')`, and what is taken off it: `require('x').default`, `require('x')(session)`. */
function requiredBy(node: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return requiredBy(unwrap(node.expression));
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  if (ts.isIdentifier(node.expression) && node.expression.text === 'require') return first && ts.isStringLiteralLike(first) ? first.text : undefined;
  return requiredBy(unwrap(node.expression));
}

function boundBy(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundBy(element.name)));
}
