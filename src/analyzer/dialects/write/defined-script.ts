/** How each client library declares a script that is sent by its hash, and calls it. */
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import type { Lines } from '../../fixes/text/lines.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { Style } from '../../fixes/text/style.ts';

export interface ScriptParts {
  /** The method that it becomes. */
  name: string;
  /** The text of the script, or the name of the constant that holds it. */
  script: string;
  keys: number;
  values: number;
}

/** ioredis: after the client and the script. @param types whether the client's type has to be told of the method */
export function defineCommandLines(client: string, { name, script, keys }: ScriptParts, style: Style, types: boolean): Lines {
  const [open, close] = style.bracketSpacing ? ['{ ', ' }'] : ['{', '}'];
  const define = `${client}.defineCommand(${quote(name, style)}, ${open}numberOfKeys: ${keys}, lua: ${script}${close});`;
  if (!types) return [define];
  return [
    define,
    '',
    `declare module ${quote('ioredis', style)} {`,
    ['interface RedisCommander<Context> {', [`${name}(...args: (string | Buffer | number)[]): import(${quote('ioredis', style)}).Result<unknown, Context>;`], '}'],
    '}',
  ];
}

/** node-redis: the member of the option `scripts`. @param define what defineScript is called in the file */
export function defineScriptLines({ name, script, keys, values }: ScriptParts, { major }: Pick<RedisCall, 'major'>, define: string, style: Style): Lines {
  const [keyNames, valueNames] = [numbered('key', keys), numbered('value', values)];
  const all = [...keyNames, ...valueNames];
  const typed = (names: readonly string[]): string => names.map((one) => (style.typescript ? `${one}: string` : one)).join(', ');
  const comma = style.trailingCommas ? ',' : '';
  const transform: Lines =
    major === 4
      ? [`transformArguments(${typed(all)}) {`, [`return [${all.join(', ')}];`], `}${comma}`]
      : [`parseCommand(parser${all.length > 0 ? `, ${typed(all)}` : ''}) {`, [...keyNames.map((one) => `parser.pushKey(${one});`), ...(valueNames.length > 0 ? [`parser.push(${valueNames.join(', ')});`] : [])], '},', `transformReply: undefined${comma}`];
  return [`${name}: ${define}({`, [`NUMBER_OF_KEYS: ${keys},`, `SCRIPT: ${script},`, ...transform], `})${comma}`];
}

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, index) => (count === 1 ? name : `${name}${index + 1}`));
