/**
 * The functions that keep an object as a document of RedisJSON, as each client library writes them: the write that replaces like SET,
 * and the read that also takes the JSON text of old.
 */
import type { Lines } from '../../fixes/text/lines.ts';
import { quote } from '../../fixes/text/quote.ts';
import { article, checkLines, clientAnnotation, execute, expire, expiryMember, head, parameters, typed, type ObjectStore, type TtlParameter } from './object-store.ts';

/** The functions that are needed, each a block of lines. */
export function documentFunctions(store: ObjectStore): Lines[] {
  const { dialect, style, write, read } = store;
  return [
    ...(dialect === 'node-redis' && style.typescript ? [clientInterface(store)] : []),
    ...(write ? [writeFunction(store, write)] : []),
    ...(read ? [readFunction(store)] : []),
  ];
}

function writeFunction(store: ObjectStore, ttl: TtlParameter): Lines {
  const { noun, names, dialect, style } = store;
  const path = quote('$', style);
  const set = dialect === 'ioredis' ? `multi.call(${quote('JSON.SET', style)}, key, ${path}, JSON.stringify(${noun}));` : `multi.json.set(key, ${path}, JSON.parse(JSON.stringify(${noun})));`;
  return [
    `/** Keeps ${article(noun)} as a document of RedisJSON, in the place of whatever the key held, as SET does. */`,
    `${head(store, names.write)}(${parameters(store, `${noun}${typed(store, ': object')}`, ttl)})${typed(store, `: Promise<${quote('OK', style)}>`)} {`,
    [...checkLines(store, ttl), 'const multi = client.multi();', 'multi.del(key);', set, ...expire(store, ttl), ...execute(store)],
    '}',
  ];
}

function readFunction(store: ObjectStore): Lines {
  const { noun, names, dialect, style } = store;
  const generic = typed(store, store.valueType === undefined ? '<T>' : `<T = ${store.valueType}>`);
  const get: Lines = dialect === 'ioredis'
    ? [`const json = await client.call(${quote('JSON.GET', style)}, key);`, 'return json === null ? null : JSON.parse(String(json));']
    : [`return (await client.json.get(key))${typed(store, ' as T | null')};`];
  const run = dialect === 'ioredis' ? 'client.eval(script, 1, key)' : 'client.eval(script, { keys: [key], arguments: [] })';
  return [
    `/** Reads ${article(noun)}, null where there is none. One that is still kept as text is made a document first, with its time to live. */`,
    `${head(store, names.read)}${generic}(client${clientAnnotation(store)}, key${typed(store, ': string')})${typed(store, ': Promise<T | null>')} {`,
    [
      'for (let attempt = 1; ; attempt++) {',
      [
        'try {',
        get,
        '} catch (error) {',
        ['// "WRONGTYPE …", or "Existing key has wrong Redis type".', 'if (attempt === 3 || !/WRONGTYPE|wrong Redis type/.test(String(error))) throw error;'],
        '}',
        'const script = `',
        [
          "if redis.call('TYPE', KEYS[1]).ok ~= 'string' then return 0 end",
          "local json = redis.call('GET', KEYS[1])",
          "local ttl = redis.call('PTTL', KEYS[1])",
          "redis.call('DEL', KEYS[1])",
          "local done = redis.pcall('JSON.SET', KEYS[1], '$', json)",
          "if done.err then redis.call('SET', KEYS[1], json) end",
          "if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end",
          'return done`;',
        ],
        `await ${run};`,
      ],
      '}',
    ],
    '}',
  ];
}

function clientInterface(store: ObjectStore): Lines {
  const { names, write, read, style } = store;
  const end = style.semicolons ? ';' : '';
  const queue: Lines = ['del(key: string): unknown;', 'json: { set(key: string, path: string, value: unknown): unknown };', ...expiryMember(write), 'exec(): Promise<unknown>;'];
  return [
    '/** What is needed of a client with RedisJSON, whatever other modules and options it was made with. */',
    `interface ${names.clientInterface} {`,
    [
      ...(read ? ['json: { get(key: string): Promise<unknown> };', 'eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;'] : []),
      ...(write ? ['multi(): {', queue, `}${end}`] : []),
    ],
    '}',
  ];
}
