/** A flat object kept as JSON in a field of a hash: the hash could hold its values one by one. */
import ts from 'typescript';
import { isConst } from '../facts/code/fold.ts';
import { hashFields } from '../facts/values/hash-fields.ts';
import { jsonText } from '../facts/values/json-text.ts';
import { shapeOfValue } from '../facts/values/json-value.ts';
import { declarationOf } from '../facts/code/maybe-undefined.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

export const jsonHashField: Rule = {
  meta: {
    id: 'json-hash-field',
    summary: 'A flat object is kept as JSON in a field of a hash, which could hold its values one by one.',
    severity: 'hint',
    fix: 'none',
    category: 'memory',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const field = hashFields(call, undefined).find(({ value, shorthand }) => value && isFlatJson(shorthand ? behind(value, workspace) : value, workspace));
      if (!field) continue;
      const name = field.name === undefined ? 'This field' : `The field "${field.name}"`;
      yield {
        node: call.nameNode,
        message: `${name} holds a flat object as JSON, read, parsed and written whole for each value of it; fields of its own, or a hash of its own, give and change single ones.`,
      };
    }
  },
};

/** What the variable of `{ text }` is given. */
function behind(name: ts.Expression, { checker }: Workspace): ts.Expression {
  const declaration = declarationOf(name, checker);
  return declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer ? declaration.initializer : name;
}

function isFlatJson(value: ts.Expression, workspace: Workspace): boolean {
  const text = jsonText(value, workspace.checker);
  if (!text) return false;
  const parameter = text.parameter && ts.isIdentifier(text.parameter.name) ? text.parameter.name : undefined;
  const shape = shapeOfValue(text.value, workspace) ?? (parameter && shapeOfValue(parameter, workspace));
  return shape?.kind === 'flat';
}
