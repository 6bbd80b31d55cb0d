/**
 * The functions that keep a flat object as a hash, as each client library writes them: the object's fields as text, the write that
 * replaces like SET, the change of some fields, and the read that also takes the JSON of old.
 */
import type { FlatShape } from '../../facts/values/json-shape.ts';
import type { DialectName } from '../../facts/calls/redis-call.ts';
import type { Lines } from '../../fixes/text/lines.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { Style } from '../../fixes/text/style.ts';
import { article, checkLines, clientAnnotation, execute, expire, expiryMember, head, parameters, replaceTtl, typed, type ObjectStore, type TtlParameter } from './object-store.ts';

export interface HashStore extends ObjectStore {
  shape: FlatShape;
}

/** `hset(key, fields)`: the method's name in the dialect. */
export const hashSetMethod = (dialect: DialectName): string => (dialect === 'ioredis' ? 'hset' : 'hSet');

/** Whether an object of this shape may have no field that a hash can hold. */
export function mayBeEmpty({ fields }: FlatShape): boolean {
  return ![...fields.values()].some((field) => !field.absent && !field.null);
}

/** The functions that are needed, each a block of lines; in the order in which they are read. */
export function hashFunctions(store: HashStore): Lines[] {
  const blocks: Lines[] = [];
  if (store.dialect === 'node-redis' && store.style.typescript && (store.write || store.update || store.read)) blocks.push(clientInterface(store));
  blocks.push(toHashFunction(store));
  if (store.write) blocks.push(writeFunction(store, store.write));
  if (store.update) blocks.push(updateFunction(store, store.update));
  if (store.read) blocks.push(readFunction(store));
  return blocks;
}

function toHashFunction(store: HashStore): Lines {
  const { noun, names } = store;
  return [
    `/** The fields of ${article(noun)} as its hash holds them: as text, without those that are null or undefined. */`,
    `${head(store, names.toHash, false)}(${noun}${typed(store, ': object')})${typed(store, ': Record<string, string>')} {`,
    [
      `const fields${typed(store, ': Record<string, string>')} = {};`,
      `for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(${noun})) ?? {})) {`,
      [`if (value !== null) fields[name] = typeof value === ${quote('string', store.style)} ? value : JSON.stringify(value);`],
      '}',
      'return fields;',
    ],
    '}',
  ];
}

function writeFunction(store: HashStore, ttl: TtlParameter): Lines {
  const { noun, names, dialect } = store;
  const set = `${hashSetMethod(dialect)}(key`;
  const fill: Lines = mayBeEmpty(store.shape)
    ? [
        `const fields = ${names.toHash}(${noun});`,
        '// A hash has at least one field.',
        `if (Object.keys(fields).length === 0) multi.set(key, ${quote('{}', store.style)});`,
        `else multi.${set}, fields);`,
      ]
    : [`multi.${set}, ${names.toHash}(${noun}));`];
  return [
    `/** Keeps ${article(noun)} as a hash, in the place of whatever the key held, as SET does. */`,
    `${head(store, names.write)}(${parameters(store, `${noun}${typed(store, ': object')}`, ttl)})${typed(store, `: Promise<${quote('OK', store.style)}>`)} {`,
    [...checkLines(store, ttl), 'const multi = client.multi();', 'multi.del(key);', ...fill, ...expire(store, ttl), ...execute(store)],
    '}',
  ];
}

/** The fields that are not changed are written too where they are not there: the key may have expired since it was read, and SET writes the whole object. */
function updateFunction(store: HashStore, ttl: TtlParameter): Lines {
  const { noun, names, dialect, style } = store;
  const form = ttl.kept === 'always' ? ' and leaves its time to live' : ttl.given === 'never' ? ', which then never expires, as after SET' : ', and its time to live as SET does';
  const setMissing = dialect === 'ioredis' ? 'hsetnx' : 'hSetNX';
  const doc = `/** Changes some fields of ${article(noun)}${form}${ttl.given === 'sometimes' ? ': without one it never expires' : ''}. Where it is gone since it was read, it is written whole. */`;
  const changed = `changed${typed(store, ': readonly string[]')}`;
  return [
    doc,
    `${head(store, names.update)}(${parameters(store, `${noun}${typed(store, ': object')}, ${changed}`, ttl)})${typed(store, `: Promise<${quote('OK', style)}>`)} {`,
    [
      ...checkLines(store, ttl),
      'const multi = client.multi();',
      `for (const [name, value] of Object.entries(${names.toHash}(${noun}))) {`,
      [`if (changed.includes(name)) multi.${hashSetMethod(dialect)}(key, { [name]: value });`, `else multi.${setMissing}(key, name, value);`],
      '}',
      ...replaceTtl(store, ttl),
      ...execute(store),
    ],
    '}',
  ];
}

function readFunction(store: HashStore): Lines {
  const { noun, names, dialect, style } = store;
  const io = dialect === 'ioredis';
  const result = typed(store, ' as T');
  const nulls = nullFields(store);
  const empty = nulls === '' ? 'JSON.parse(json)' : `{ ${nulls}, ...JSON.parse(json) }`;
  const run = io ? 'client.eval(script, 1, key, json, ...fields.flat())' : 'client.eval(script, { keys: [key], arguments: [json, ...fields.flat()] })';
  const generic = typed(store, store.valueType === undefined ? '<T>' : `<T = ${store.valueType}>`);
  return [
    `/** Reads ${article(noun)}, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */`,
    `${head(store, names.read)}${generic}(client${clientAnnotation(store)}, key${typed(store, ': string')})${typed(store, ': Promise<T | null>')} {`,
    [
      'for (let attempt = 1; ; attempt++) {',
      [
        'try {',
        [`const hash = await client.${io ? 'hgetall' : 'hGetAll'}(key);`, 'if (Object.keys(hash).length === 0) return null;', ...converted(store, nulls, result)],
        '} catch (error) {',
        [`if (attempt === 3 || !String(error).includes(${quote('WRONGTYPE', style)})) throw error;`],
        '}',
        '// MGET gives null where it is a hash by now.',
        `const [json] = await client.${io ? 'mget(key)' : 'mGet([key])'};`,
        'if (!json) continue;',
        `const fields = Object.entries(${names.toHash}(JSON.parse(json)));`,
        `if (fields.length === 0) return ${empty};`,
        'const script = `',
        [
          "if redis.call('TYPE', KEYS[1]).ok ~= 'string' or redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end",
          "local ttl = redis.call('PTTL', KEYS[1])",
          "redis.call('DEL', KEYS[1])",
          "for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end",
          "if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end",
          'return 1`;',
        ],
        `await ${run};`,
      ],
      '}',
    ],
    '}',
  ];
}

/** Fields that are always there but may be null, which a hash does not hold. */
function nullFields({ shape, style }: HashStore): string {
  return [...shape.fields].filter(([, field]) => field.null && !field.absent).map(([name]) => `${propertyName(name, style)}: null`).join(', ');
}

/** From text back to the types that the fields have. */
function converted(store: HashStore, nulls: string, result: string): Lines {
  const { noun, shape, style } = store;
  const object = nulls === '' ? '{ ...hash }' : `{ ${nulls}, ...hash }`;
  const of = (kind: string): string[] => [...shape.fields].filter(([, field]) => field.kind === kind).map(([name]) => quote(name, style));
  const [numbers, booleans] = [of('number'), of('boolean')];
  const truth = quote('true', style);
  const rest = shape.rest?.kind ?? 'text';
  if (numbers.length === 0 && booleans.length === 0 && rest === 'text') return [`return ${object}${result};`];
  const value = typed(store, ': Record<string, unknown>');
  if (rest !== 'text') {
    const each = rest === 'number' ? 'Number(text)' : `text === ${truth}`;
    return [`const ${noun}${value} = ${object};`, `for (const [name, text] of Object.entries(hash)) ${noun}[name] = ${each};`, `return ${noun}${result};`];
  }
  return [
    `const ${noun}${value} = ${object};`,
    ...(numbers.length > 0 ? [`for (const name of [${numbers.join(', ')}]) if (name in hash) ${noun}[name] = Number(hash[name]);`] : []),
    ...(booleans.length > 0 ? [`for (const name of [${booleans.join(', ')}]) if (name in hash) ${noun}[name] = hash[name] === ${truth};`] : []),
    `return ${noun}${result};`,
  ];
}

function clientInterface(store: HashStore): Lines {
  const { names, style } = store;
  const [expiring] = [store.write, store.update].filter((ttl) => ttl && ttl.given !== 'never');
  const text = style.semicolons ? ';' : '';
  const queue = [
    'del(key: string): unknown;',
    'hSet(key: string, fields: Record<string, string>): unknown;',
    ...(store.write && mayBeEmpty(store.shape) ? ['set(key: string, value: string): unknown;'] : []),
    ...expiryMember(expiring),
    ...(store.update ? ['hSetNX(key: string, field: string, value: string): unknown;'] : []),
    ...(store.update && store.update.given !== 'always' && store.update.kept !== 'always' ? ['persist(key: string): unknown;'] : []),
    'exec(): Promise<unknown>;',
  ];
  return [
    '/** What is needed of a client, whatever modules and options it was made with. */',
    `interface ${names.clientInterface} {`,
    [
      ...(store.read ? [
        'hGetAll(key: string): Promise<Record<string, string>>;',
        'mGet(keys: string[]): Promise<(string | null)[]>;',
        'eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;',
      ] : []),
      ...(store.write || store.update ? ['multi(): {', queue, `}${text}`] : []),
    ],
    '}',
  ];
}

const propertyName = (name: string, style: Style): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name, style));
