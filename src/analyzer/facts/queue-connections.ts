/** What BullMQ makes its clients of: the `connection` of a queue, a worker and the like. */
import ts from 'typescript';
import { unwrap } from './ast.ts';
import { connectionOptions, type OptionValue } from './connection-options.ts';
import type { RegionFacts } from './file-facts.ts';
import { nodesIn } from './nodes.ts';

export interface QueueConnection {
  construction: ts.NewExpression;
  options: readonly OptionValue[];
}

const makers = new Set(['Queue', 'Worker', 'QueueEvents', 'FlowProducer', 'QueueScheduler', 'QueueGetters']);

export function queueConnections({ sourceFile, region }: RegionFacts, checker: ts.TypeChecker): QueueConnection[] {
  const names = sourceFile.text.includes('bullmq') ? importedMakers(sourceFile) : undefined;
  if (!names || names.size === 0) return [];
  return nodesIn(region).flatMap((node): QueueConnection[] => {
    if (!ts.isNewExpression(node)) return [];
    const callee = unwrap(node.expression);
    if (!ts.isIdentifier(callee) || !names.has(callee.text)) return [];
    const own = connectionOptions(node, checker, node.arguments ?? []).flatMap((one) => (one.path[0] === 'connection' ? [{ ...one, path: one.path.slice(1) }] : []));
    return own.length > 0 ? [{ construction: node, options: own }] : [];
  });
}

/** What the file calls them. */
function importedMakers(sourceFile: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of sourceFile.statements) {
    if (ts.isImportDeclaration(statement) && isBullmq(statement.moduleSpecifier)) {
      const bindings = statement.importClause?.namedBindings;
      if (bindings && ts.isNamedImports(bindings)) for (const { propertyName, name } of bindings.elements) if (makers.has((propertyName ?? name).text)) names.add(name.text);
    } else if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        const call = initializer && unwrap(initializer);
        if (!call || !ts.isCallExpression(call) || !call.arguments[0] || !isBullmq(call.arguments[0]) || !ts.isObjectBindingPattern(name)) continue;
        for (const element of name.elements) if (makers.has((element.propertyName ?? element.name).getText())) names.add(element.name.getText());
      }
    }
  }
  return names;
}

const isBullmq = (node: ts.Expression): boolean => ts.isStringLiteralLike(node) && node.text === 'bullmq';
