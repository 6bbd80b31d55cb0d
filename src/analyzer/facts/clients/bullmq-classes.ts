/** Which class of BullMQ's a construction makes, by the names that its file imports. Syntax alone. */
import ts from 'typescript';
import { unwrap } from '../code/ast.ts';
import { importsOf } from '../code/imported-from.ts';

const known = new WeakMap<ts.SourceFile, ReadonlyMap<string, string>>();

/** @returns the name that BullMQ exports it under, whatever the file calls it */
export function bullClassOf(construction: ts.NewExpression): string | undefined {
  const callee = unwrap(construction.expression);
  const root = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : callee;
  if (!ts.isIdentifier(root)) return undefined;
  const file = root.getSourceFile();
  if (importsOf(file).get(root.text) !== 'bullmq') return undefined;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : (renamedIn(file).get(root.text) ?? root.text);
}

export const importsBull = (file: ts.SourceFile): boolean => [...importsOf(file).values()].some((specifier) => specifier === 'bullmq' || specifier === '@nestjs/bullmq');

/** `import { Worker as MailWorker }`, `const { Worker: MailWorker } = require('bullmq')`: the file's name → the package's. */
function renamedIn(file: ts.SourceFile): ReadonlyMap<string, string> {
  let names = known.get(file);
  if (!names) {
    const found = new Map<string, string>();
    const add = (name: ts.Node, exported: ts.Node | undefined): void => {
      if (exported && ts.isIdentifier(exported) && ts.isIdentifier(name)) found.set(name.text, exported.text);
    };
    for (const statement of file.statements) {
      if (ts.isImportDeclaration(statement)) {
        const bindings = statement.importClause?.namedBindings;
        if (bindings && ts.isNamedImports(bindings)) for (const { name, propertyName } of bindings.elements) add(name, propertyName);
      } else if (ts.isVariableStatement(statement)) {
        for (const { name } of statement.declarationList.declarations) {
          if (ts.isObjectBindingPattern(name)) for (const element of name.elements) add(element.name, element.propertyName);
        }
      }
    }
    known.set(file, (names = found));
  }
  return names;
}
