/** From the name of a client's method to the command it sends: by the command table's names alone, the longest that the name begins with. */
import { commandNames } from '../../src/redis/commands.ts';
import type { Dialect } from './real-clients.ts';

/** What a method's name may have behind the command's. */
const tails = /^(?:BUFFER|(?:COUNT)?WITH(?:SCORES?|VALUES|LABELS|MATCHLEN)?|COUNT|JUSTID)?$/;

/** Named as commands are, but the client does something of its own. */
const ofTheClient = new Set(['EXEC', 'EXECBUFFER']);

/** Members of the packages that send nothing and are of no interest to a rule: `calls` does not list them. */
const unlisted: Readonly<Record<Dialect, ReadonlySet<string>>> = {
  ioredis: new Set(['createBuiltinCommand', 'getBuiltinCommands', 'getMaxListeners', 'setMaxListeners', 'listeners']),
  'node-redis': new Set(['createPool', 'use']),
};

const squash = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
const bySquashed = new Map([...commandNames()].reverse().map((command) => [squash(command), command]));

const met = new Set<string>();

export function isListed(dialect: Dialect, method: string): boolean {
  if (!unlisted[dialect].has(method)) return true;
  met.add(method);
  return false;
}

/** Which of the unlisted members no call has named so far: they need not be in the list. */
export function unlistedInVain(dialect: Dialect): string[] {
  return [...unlisted[dialect]].filter((method) => !met.has(method));
}

/** @param firstText of the first argument where it is constant: the `GET` of `config('GET', …)` */
export function commandOf(method: string, firstText: string | undefined): string {
  const name = squash(method);
  if (ofTheClient.has(name)) return `@${method}`;
  for (let length = name.length; length > 0; length--) {
    const command = bySquashed.get(name.slice(0, length));
    if (command === undefined || !tails.test(name.slice(length))) continue;
    return (firstText === undefined ? undefined : bySquashed.get(squash(command + firstText))?.replace(/^\S+$/, '')) || command;
  }
  return `@${method}`;
}
