/** A hash holds texts: an object, a list, `null` or `undefined` as a value is stored as something else, or refused. */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import { hashFields, type HashField } from '../facts/values/hash-fields.ts';
import { isRefused, valueKinds, type ValueKind } from '../facts/values/hash-value.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { planStringifiedFields } from '../fixes/stringify-hash-fields.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

export const hsetNestedValue: Rule = {
  meta: {
    id: 'hset-nested-value',
    summary: 'A hash field is given an object, a list, null or undefined: stored as another text, or refused.',
    severity: 'error',
    fix: 'suggest',
    category: 'correctness',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const wrong = wrongFields(call, workspace);
      const [first] = wrong;
      if (!first) continue;
      yield {
        node: call.nameNode,
        ...(wrong.every((field) => isOnlyInferred(field, workspace)) ? { severity: 'information' as const } : {}),
        message: messageOf(call, first),
        fixes: () => planStringifiedFields(wrongFields(call, workspace), workspace.checker),
      };
    }
  },
};

export interface WrongField extends HashField {
  kinds: ReadonlySet<ValueKind>;
  /** Of the kinds, one that cannot be stored; the worst first. */
  refused: ValueKind;
}

const worst: readonly ValueKind[] = ['object', 'array', 'undefined', 'null', 'date', 'boolean', 'bigint'];

function wrongFields(call: RedisCall, { checker }: Workspace): WrongField[] {
  return hashFields(call, checker).flatMap((field) => {
    const kinds = valueKinds(field, checker);
    const refused = worst.find((kind) => kinds.has(kind) && isRefused(kind, call));
    return refused ? [{ ...field, kinds, refused }] : [];
  });
}

/** Something, or nothing by the outcome of a function which says nowhere that it may have none: a last line that perhaps never returns. */
function isOnlyInferred({ value, kinds }: WrongField, { checker }: Workspace): boolean {
  const call = value && unwrap(value);
  if (!call || !ts.isCallExpression(call) || ![...kinds].every((kind) => kind === 'scalar' || kind === 'undefined' || kind === 'null') || kinds.size < 2) return false;
  const declaration = checker.getResolvedSignature(call)?.declaration;
  return declaration !== undefined && ts.isFunctionLike(declaration) && declaration.type === undefined && !ts.isJSDocSignature(declaration) && ts.getJSDocReturnType(declaration) === undefined;
}

const names: Readonly<Partial<Record<ValueKind, string>>> = { object: 'an object', array: 'an array', null: 'null', undefined: 'undefined', date: 'a Date', boolean: 'a boolean', bigint: 'a bigint' };
const remedies: Readonly<Partial<Record<ValueKind, string>>> = {
  object: 'store it with JSON.stringify, or its fields as fields of the hash',
  array: 'store it with JSON.stringify, or in a list or set of its own',
  null: 'leave the field out, or remove it with HDEL',
  undefined: 'leave the field out, or give it a default',
  date: 'store its toISOString() or getTime()',
  boolean: 'store it with String()',
  bigint: 'store it with String()',
};

function messageOf(call: RedisCall, { name, refused, kinds }: WrongField): string {
  const field = name === undefined ? 'A field of this hash' : `The field "${name}"`;
  return `${field} ${kinds.size > 1 ? 'may be' : 'is'} ${names[refused] ?? refused}, ${outcome(call, refused)}; ${remedies[refused] ?? ''}.`;
}

function outcome({ dialect }: RedisCall, kind: ValueKind): string {
  if (dialect === 'node-redis') return 'which node-redis refuses with an error';
  if (kind === 'object') return 'which is stored as "[object Object]"';
  return kind === 'array' ? 'which is stored with its elements joined by commas, or taken for more fields' : 'which is stored as an empty text';
}
