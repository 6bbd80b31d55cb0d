/** Imports that nothing uses any more once a fix has taken code out. */
import ts from 'typescript';
import { walk } from '../../facts/code/ast.ts';
import type { TextEdit } from '../../rules/rule.ts';
import { removeStatement, replaceRange, statementEnd } from './edits.ts';

interface Imported {
  name: ts.Identifier;
  /** The whole import, with how many names it brings. */
  statement: ts.Statement;
  element: ts.ImportSpecifier | ts.BindingElement | undefined;
}

/**
 * @param isGone whether a mention is in what is taken out
 * @param added edits that bring a name into an import that is there: it then takes the place of the unused ones
 * @returns the edits that take the imports out, with those of `added`; imports that were unused before stay
 */
export function removeUnusedImports(sourceFile: ts.SourceFile, isGone: (mention: ts.Identifier) => boolean, added: readonly TextEdit[], checker: ts.TypeChecker): TextEdit[] {
  const imported = importedNames(sourceFile);
  const unused = imported.filter(({ name }) => isUnused(name, isGone, checker));
  let own = [...added];
  const edits: TextEdit[] = [];
  for (const statement of new Set(unused.map((one) => one.statement))) {
    const gone = unused.filter((one) => one.statement === statement);
    const all = imported.filter((one) => one.statement === statement);
    if (gone.length < all.length) {
      edits.push(...gone.flatMap(({ element, name }) => (element ? withoutElement(element) : withoutDefault(name))));
      continue;
    }
    const removal = removeStatement(statement);
    const inPlace = own.filter((edit) => edit.sourceFile === sourceFile && edit.start >= removal.start && edit.start <= removal.end);
    own = own.filter((edit) => !inPlace.includes(edit));
    const [first, last] = [gone[0]?.element, gone.at(-1)?.element];
    const text = inPlace.map((edit) => edit.text).join('');
    if (inPlace.length === 0) edits.push(removal);
    // One more name in the list that goes, or a whole import after it.
    else if (first && last && text.startsWith(', ')) edits.push(replaceRange(sourceFile, first.getStart(sourceFile), last.end, text.slice(2)));
    else edits.push(replaceRange(sourceFile, statement.getStart(sourceFile), statementEnd(statement), text.trim()));
  }
  return [...edits, ...own];
}

function importedNames(sourceFile: ts.SourceFile): Imported[] {
  return sourceFile.statements.flatMap((statement): Imported[] => {
    if (ts.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      const bindings = clause?.namedBindings;
      const own: Imported[] = clause?.name ? [{ name: clause.name, statement, element: undefined }] : [];
      if (bindings && ts.isNamespaceImport(bindings)) own.push({ name: bindings.name, statement, element: undefined });
      if (bindings && ts.isNamedImports(bindings)) own.push(...bindings.elements.map((element) => ({ name: element.name, statement, element })));
      return own;
    }
    if (!ts.isVariableStatement(statement)) return [];
    const [declaration, ...more] = statement.declarationList.declarations;
    const call = declaration?.initializer;
    if (!declaration || more.length > 0 || !call || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression) || call.expression.text !== 'require') return [];
    if (ts.isIdentifier(declaration.name)) return [{ name: declaration.name, statement, element: undefined }];
    if (!ts.isObjectBindingPattern(declaration.name)) return [];
    return declaration.name.elements.flatMap((element) => (ts.isIdentifier(element.name) ? [{ name: element.name, statement, element }] : []));
  });
}

/** Mentioned only in what is taken out, and there at least once. */
function isUnused(name: ts.Identifier, isGone: (mention: ts.Identifier) => boolean, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  let gone = 0;
  let left = 0;
  walk(name.getSourceFile(), (node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name) return undefined;
    const own = ts.isShorthandPropertyAssignment(node.parent) ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : ts.isExportSpecifier(node.parent) ? checker.getExportSpecifierLocalTargetSymbol(node.parent) : checker.getSymbolAtLocation(node);
    if (own !== symbol) return undefined;
    if (isGone(node)) gone++;
    else left++;
    return undefined;
  });
  return gone > 0 && left === 0;
}

/** With the comma that goes with it. */
function withoutElement(element: ts.ImportSpecifier | ts.BindingElement): TextEdit[] {
  const sourceFile = element.getSourceFile();
  const list = element.parent.elements as readonly ts.Node[];
  const index = list.indexOf(element);
  const next = list[index + 1];
  const before = list[index - 1];
  if (next) return [replaceRange(sourceFile, element.getStart(sourceFile), next.getStart(sourceFile), '')];
  return [replaceRange(sourceFile, before?.end ?? element.getStart(sourceFile), element.end, '')];
}

/** `import Redis, { Cluster } from …` → `import { Cluster } from …` */
function withoutDefault(name: ts.Identifier): TextEdit[] {
  const clause = name.parent;
  if (!ts.isImportClause(clause) || clause.name !== name || !clause.namedBindings) return [];
  return [replaceRange(name.getSourceFile(), name.getStart(), clause.namedBindings.getStart(), '')];
}
