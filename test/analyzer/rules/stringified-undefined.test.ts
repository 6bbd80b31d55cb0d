import { expect, it } from 'vitest';
import { clients, linesOf } from '../../support/analyze.ts';

/** The lines of `code` that end with `// !`. */
const expected = (code: string): string[] => code.split('\n').filter((line) => line.endsWith('// !')).map((line) => line.trim());

const typed = `${clients}
interface User { id: string; team?: string }
const region = process.env.REGION;
export async function f(user: User, users: Map<string, User>, any: any, name?: string) {
  await redis.get('team:' + user.team); // !
  await redis.get(String(user.team)); // !
  await redis.hget(\`names:\${users.get('a')?.id}\`, 'f'); // !
  await redis.del('a', \`b:\${name}\`); // !
  await client.mGet(['a', \`region:\${region}\`]); // !
  await redis.get(user.team + user.id);
  await redis.get(\`a:\${any.id}\`);
  await redis.get(\`a:\${user.team!.length}\`);
  await redis.get(\`a:\${user.team ?? 'none'}:\${process.env.STAGE ?? 'dev'}\`);
  await redis.set('a', \`\${user.team}\`);
  const key = \`team:\${user.team}\`;
  if (user.team) await redis.get(\`team:\${user.team}\`);
  await redis.get(key); // !
}
class Cache {
  read(key: string) { return redis.get(key); }
}
export const wrapped = (cache: Cache, user: User) => [
  cache.read(\`team:\${user.team}\`), // !
  cache.read(\`user:\${user.id}\`),
];
export const made = [
  createClient({ socket: { host: \`\${process.env.HOST}.local\` } }), // !
  new Redis({ keyPrefix: \`\${process.env.STAGE}:\` }), // !
  new Redis({ connectionName: \`\${process.env.NAME}\` }),
  new Redis(\`\${process.env.REDIS_URL}\`), // !
  new Redis(String(process.env['REQUIRED'])),
];
for (const required of ['REQUIRED', 'OTHER']) if (!process.env[required]) throw new Error(required);
`;

it('finds the part, wherever the text is made', async () => {
  expect(await linesOf('stringified-undefined', typed)).toEqual(expected(typed));
});

it('believes a project that declares its environment', async () => {
  const found = await linesOf('stringified-undefined', {
    'env.d.ts': 'declare namespace NodeJS { interface ProcessEnv { HOST: string; PORT?: string } }\n',
    'a.ts': `${clients}export const a = () => redis.get(\`h:\${process.env.HOST}\`);\nexport const b = () => redis.get(\`p:\${process.env.PORT}\`);\n`,
  });
  expect(found).toEqual(['export const b = () => redis.get(`p:${process.env.PORT}`);']);
});

const filled = `${clients}
interface Options { prefix?: string; ttl?: number; team?: string; cache?: { name?: string } }
const defaults = { prefix: 'q:', ttl: 5 };
class Filled {
  private config: Options;
  private readonly spread: Options;
  #own: Options;
  constructor(options: Options = {}, private given: Options = {}) {
    this.config = { prefix: options.prefix || 'q:', ttl: options.ttl, cache: { name: options.cache?.name } };
    this.spread = { ...defaults, ...options };
    this.#own = Object.assign({}, defaults, options);
  }
  keys(tag: string) {
    const { prefix, ttl } = this.config;
    return [
      redis.get(\`\${this.config.prefix}tags:\${tag}\`), redis.get(\`\${this.spread.prefix}a\`), redis.get(\`\${this.#own.prefix}a\`), redis.get(\`\${prefix}a\`),
      redis.get(\`a:\${ttl}\`), // !
      redis.get(\`a:\${this.config.cache?.name}\`), // !
      redis.get(\`a:\${this.spread.team}\`), // !
      redis.get(\`a:\${this.given.prefix}\`), // !
    ];
  }
  again = () => redis.get(\`b:\${this.given.prefix}\`);
}
const once: Options = { prefix: 'a:' };
let later: Options = { ttl: 5 };
export function configure(options: Options) {
  later = { ...later, ttl: options.ttl ?? 6 };
}
export const all = (user: Options) => [
  redis.get(\`\${once.prefix}a\`), redis.get(\`a:\${later.ttl}\`), redis.get(\`a:\${user.team!}\`),
  redis.get(\`a:\${later.team}\`), // !
  redis.get(\`b:\${later.team}\`),
  redis.get(\`a:\${user.team}\`), // !
  redis.get(\`b:\${user.team}\`), // !
  new Filled(),
];
`;

it('knows what a constructor fills in, and speaks once of one property of the object or the module', async () => {
  expect(await linesOf('stringified-undefined', filled)).toEqual(expected(filled));
});

const environment = `${clients}declare const beforeAll: (hook: () => unknown) => void;
declare const test: { before(hook: () => unknown): void };
redis.get(\`\${process.env.TOP}\`); // !
process.env.TOP = 'x-' + process.pid;
process.env.DEFAULT = process.env.DEFAULT || 'd';
process.env.COPY = process.env.OTHER;
process.env.SELF = process.env.SELF;
if (process.argv[2]) process.env.SOMETIMES = 'a';
const other = () => (process.env.ELSEWHERE = 'a');
beforeAll(async () => {
  process.env.HOOK = 'a';
});
test.before(() => {
  process.env['METHOD'] = 'a';
});
export function f() {
  redis.get(\`\${process.env.LATER}\`); // !
  process.env.LATER = process.env.OWN = 'a';
  redis.get(\`\${process.env.LATER}:\${process.env.OWN}\`);
  return [() => redis.get(\`\${process.env.OWN}\`), other];
}
export const all = () => [
  redis.get(\`\${process.env.TOP}:\${process.env.DEFAULT}:\${process.env.HOOK}:\${process.env.METHOD}\`),
  redis.get(\`\${process.env.COPY}\`), // !
  redis.get(\`\${process.env.SELF}\`), // !
  redis.get(\`\${process.env.SOMETIMES}\`), // !
  redis.get(\`\${process.env.ELSEWHERE}\`), // !
];
`;

it('knows which variables of the environment a file sets itself', async () => {
  expect(await linesOf('stringified-undefined', environment)).toEqual(expected(environment));
});
