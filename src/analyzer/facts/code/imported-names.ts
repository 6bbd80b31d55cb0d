/** The names that a file's import statements bind. */
import ts from 'typescript';

const known = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

export function importedNames(file: ts.SourceFile): ReadonlySet<string> {
  let names = known.get(file);
  if (!names) known.set(file, (names = new Set(file.statements.flatMap(namesOf))));
  return names;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isImportEqualsDeclaration(statement)) return [statement.name.text];
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  if (!clause) return [];
  const { name, namedBindings: bindings } = clause;
  const bound = !bindings ? [] : ts.isNamespaceImport(bindings) ? [bindings.name.text] : bindings.elements.map((element) => element.name.text);
  return name ? [name.text, ...bound] : bound;
}
