/** How each client library reads a key and deletes it in one MULTI, and takes the reply of the read out of what EXEC gives. */
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import type { Lines } from '../../fixes/text/lines.ts';

/** In TypeScript, where the type of a reply in MULTI is not told. */
const types: Readonly<Record<string, string>> = { GET: 'string | null', SMEMBERS: 'string[]', LRANGE: 'string[]', ZRANGE: 'string[]', HGETALL: 'Record<string, string>' };

export interface ReadAndDelete {
  client: string;
  /** Calls without their client: `smembers(key)`, `del(key)`. */
  read: string;
  del: string;
  /** The declaration that the reply goes into: `const members`. */
  declaration: { keyword: string; name: string };
  /** Free names. */
  names: { replies: string; error: string };
  typescript: boolean;
}

export function readAndDelete({ command, dialect }: RedisCall, { client, read, del, declaration: { keyword, name }, names, typescript }: ReadAndDelete): Lines | undefined {
  const type = types[command];
  if (type === undefined) return undefined;
  const chain = `await ${client}.multi().${read}.${del}.exec()`;
  if (dialect === 'node-redis') return [typescript ? `${keyword} [${name}] = (${chain}) as unknown as [${type}, number];` : `${keyword} [${name}] = ${chain};`];
  return [
    `const ${names.replies} = ${chain};`,
    `for (const [${names.error}] of ${names.replies} ?? []) {`,
    [`if (${names.error}) throw ${names.error};`],
    '}',
    `${keyword} ${name} = ${names.replies}?.[0]?.[1]${typescript ? ` as ${type}` : ''};`,
  ];
}
