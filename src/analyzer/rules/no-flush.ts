/** FLUSHALL and FLUSHDB in code that serves people: everything is gone, other applications' keys included. */
import ts from 'typescript';
import { enclosingFunction, isFunctionWithBody } from '../facts/code/ast.ts';
import { isBehindEnvironmentCheck } from '../facts/code/dev-guard.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { isTestOrScript } from '../test-files.ts';
import type { Rule } from './rule.ts';

const flushes: ReadonlySet<string> = new Set(['FLUSHALL', 'FLUSHDB']);

export const noFlush: Rule = {
  meta: {
    id: 'no-flush',
    summary: 'FLUSHALL or FLUSHDB in application code: every key is gone, those of others too.',
    severity: 'error',
    fix: 'none',
    category: 'security',
    confidence: 'name',
  },
  *check({ calls, sourceFile }, { root }) {
    // By its path alone: what a file imports may change without a thought of this.
    if (calls.length === 0 || isTestOrScript(sourceFile.fileName.slice(root.length + 1), '')) return;
    for (const call of calls) {
      if (!flushes.has(call.command) || isBehindEnvironmentCheck(call.node)) continue;
      const reach = call.command === 'FLUSHALL' ? 'every database of the server' : 'the whole database';
      yield {
        node: call.nameNode,
        ...(call.command === 'FLUSHDB' && (isSaid(call) || isChosen(call)) ? { severity: 'warning' as const } : {}),
        message: `${call.command} empties ${reach}, whoever the keys belong to, and cannot be undone; delete your own keys by their prefix (SCAN and UNLINK).`,
      };
    }
  },
};

/** A method that is called `flush` or `flushDb`: whoever calls it is told what it does. */
function isSaid({ node }: RedisCall): boolean {
  const fn = enclosingFunction(node);
  const named = ts.isMethodDeclaration(fn) ? fn : ts.isPropertyDeclaration(fn.parent) || ts.isPropertyAssignment(fn.parent) ? fn.parent : undefined;
  return named !== undefined && ts.isIdentifier(named.name) && /^flush(?:_?db)?$/i.test(named.name.text);
}

/** `if (this.noNamespaceAffectsAll) client.flushDb()`: somebody has chosen it by a setting that says so. */
function isChosen({ node }: RedisCall): boolean {
  for (let at: ts.Node = node; at.parent && !isFunctionWithBody(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.thenStatement === at && saysAll.test(parent.expression.getText())) return true;
  }
  return false;
}

const saysAll = /[a-z](?:All|Everything|Flush|Wipe|Whole|Entire)|\b(?:all|flush|wipe)[A-Z]/;
