/** One key pattern, commands for values of two types. */
import { isWrite } from '../../../redis/commands.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isAfter, isOfOneFunction } from './key-lifetime.ts';
import { isSameKind } from './key-reach.ts';
import { keyTypeOf, type KeyType } from './key-type.ts';
import { usesOfSameKeys, type KeyUse } from './key-uses.ts';
import { unitOf } from '../code/units.ts';

export interface TypeConflict {
  type: KeyType;
  /** The type that most commands take the pattern for: of two that as many do, the one that is written, then the first. */
  usual: KeyType;
  /** A command for that type, a write where there is one. */
  other: KeyUse;
}

/** A pattern with so many types is a name for anything. */
const mostTypes = 3;

/** Undefined too for a use of the usual type. */
export function typeConflict(use: KeyUse, workspace: Workspace): TypeConflict | undefined {
  const type = typeOf(use);
  if (type === undefined || !beginsWithText(use)) return undefined;
  const typed = usesOfSameKeys(use, workspace).filter((one) => typeOf(one) !== undefined && one.pattern === use.pattern);
  if (typed.every((one) => typeOf(one) === type)) return undefined;
  const alike = typed.filter((one) => isSameKind(one.key, use.key, workspace.checker) && !isExcused(one, workspace));
  if (!alike.some(({ call, anchor }) => call === use.call && anchor === use.anchor)) return undefined;
  const types = new Map<KeyType | undefined, KeyUse[]>();
  for (const one of alike) types.set(typeOf(one), [...(types.get(typeOf(one)) ?? []), one]);
  const [usual] = [...types].sort(([, ones], [, others]) => others.length - ones.length || Number(others.some(writes)) - Number(ones.some(writes)));
  if (!usual?.[0] || usual[0] === type || types.size > mostTypes) return undefined;
  const [other] = [...usual[1].filter(writes), ...usual[1]];
  return other && { type, usual: usual[0], other };
}

const typeOf = ({ call, listed }: KeyUse): KeyType | undefined => (listed ? undefined : keyTypeOf(call.command));

const writes = ({ call }: KeyUse): boolean => isWrite(call.command);

/** `*:meta` may be anybody's. */
function beginsWithText({ parts: { parts: [first] } }: KeyUse): boolean {
  return first !== undefined && 'literal' in first && /[\p{L}\p{N}]/u.test(first.literal);
}

/** Comes after the key was removed or renamed, or where the code asks for the type, or deals with the error. */
function isExcused(use: KeyUse, workspace: Workspace): boolean {
  const { node } = use.call;
  const unit = unitOf(node);
  if (unit && /\bWRONGTYPE\b/.test(unit.getText())) return true;
  return usesOfSameKeys(use, workspace).some((one) => /^(?:DEL|UNLINK|RENAME|RENAMENX|GETDEL|TYPE)$/.test(one.call.command) && one.call !== use.call && isOfOneFunction(one, use) && (one.call.command === 'TYPE' || isAfter(use, one)));
}
