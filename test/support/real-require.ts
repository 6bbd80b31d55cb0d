/**
 * At run time `require('ioredis')` is the class, with the named exports as its properties, and so is `import * as` compiled to CommonJS.
 * The declarations of ioredis 5 and later (and of iovalkey) show a module with a default export instead, of which the checker would make
 * nothing. For these forms of import, and no other, the real module is seen through a few lines that say what is there.
 */
import ts from 'typescript';
import type { RealClient } from './real-clients.ts';

const exported = ['Redis', 'Cluster', 'Command', 'ScanStream', 'Pipeline', 'ReplyError'];

/** A file that no disk has, in a folder from which the real module is found. */
export function requiredFile({ home }: RealClient): string {
  return `${home}/required.d.ts`;
}

/** Undefined for clients whose declarations say what `require` gives. */
export function requiredText({ dialect, major, versions }: RealClient): string | undefined {
  const [name] = versions.keys();
  if (dialect !== 'ioredis' || major === 4 || name === undefined) return undefined;
  const members = [...exported, ...(name === 'iovalkey' ? ['Valkey'] : [])].map((member) => `export import ${member} = real.${member};`);
  return `import * as real from '${name}';\ndeclare class required extends real.default {}\ndeclare namespace required { export { required as default }; ${members.join(' ')} }\nexport = required;\n`;
}

/** `require('ioredis')`, `import x = require('ioredis')`, `import * as x from 'ioredis'`. */
export function asksForTheModuleItself(literal: ts.StringLiteralLike): boolean {
  const { parent } = literal;
  if (ts.isCallExpression(parent)) return ts.isIdentifier(parent.expression) && parent.expression.text === 'require';
  if (ts.isExternalModuleReference(parent)) return true;
  const bindings = ts.isImportDeclaration(parent) ? parent.importClause?.namedBindings : undefined;
  return bindings !== undefined && ts.isNamespaceImport(bindings);
}
