/** Clients that a container of dependencies hands out: the same token is the same client, made as its one provider says. */
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/analyzer/fixes/edits.ts';
import { linesOf, withProject } from '../support/analyze.ts';

const common = "import { Inject, Injectable, Module } from '@nestjs/common';\nimport { Redis } from 'ioredis';\n";
const jobs = (decorated: string, head = ''): string => `${common}${head}@Injectable()\nexport class Jobs {\n  constructor(${decorated}) {}\n  next() { return this.redis.brpop('j', 0); }\n}\n`;
const other = (decorated: string, head = ''): string => `${common}${head}@Injectable()\nexport class Other {\n  constructor(${decorated}) {}\n  get(k: string) { return this.redis.get(\`y:\${k}\`); }\n  list() { return this.redis.keys('product:*'); }\n}\n`;
const app = (provider: string, head = ''): string => `${common}import { Jobs } from './jobs';\nimport { Other } from './other';\n${head}@Module({ providers: [Jobs, Other, ${provider}] })\nexport class AppModule {}\n`;

/** One token in two classes of two files. */
const project = (decorated: string, provider: string, head = '', files: Record<string, string> = {}): Record<string, string> => ({
  'jobs.ts': jobs(decorated, head),
  'other.ts': other(decorated, head),
  'app.module.ts': app(provider, head),
  ...files,
});

const told = new Set(['blocking-on-shared-client', 'key-prefix-pattern', 'missing-error-listener']);

/** By rule, the lines that it reports. */
const found = (files: Record<string, string>): Promise<Record<string, string[]>> =>
  withProject(files, async (analyzer) => {
    const lines: Record<string, string[]> = {};
    for (const { rule, file, start } of (await analyzer.check()).findings) {
      const text = analyzer.text(file) ?? '';
      if (told.has(rule)) (lines[rule] ??= []).push(text.slice(text.lastIndexOf('\n', start) + 1).split('\n', 1)[0]?.trim() ?? '');
    }
    return lines;
  });

const made = "useFactory: () => new Redis({ keyPrefix: 'shop:' }).on('error', console.error)";
const blocking = "next() { return this.redis.brpop('j', 0); }";
const listing = "list() { return this.redis.keys('product:*'); }";
const tokens = { 'tokens.ts': "export const REDIS = Symbol('REDIS');\nexport const OTHER = Symbol('REDIS');\nexport const NAME = 'R';\nexport const TOKENS = { redis: Symbol('r') };\nexport enum Names { Cache = 'CACHE' }\n" };
const imported = "import { NAME, Names, OTHER, REDIS, TOKENS } from './tokens';\n";
const service = { 'service.ts': `${common}@Injectable()\nexport class RedisService extends Redis {\n  constructor() { super({ keyPrefix: 'shop:' }); }\n}\n` };

const projects: [string, Record<string, string>][] = [
  ['a text', project("@Inject('R') private redis: Redis", `{ provide: 'R', ${made} }`)],
  ['a symbol of another file', project('@Inject(REDIS) private readonly redis: Redis', `{ provide: REDIS, ${made} }, { provide: OTHER, useFactory: () => new Redis().on('error', console.error) }`, imported, tokens)],
  ['a constant and its text', project('@Inject(NAME) private redis: Redis', `{ provide: 'R', ${made} }`, imported, tokens)],
  ['a member of an object', project('@Inject(TOKENS.redis) private redis: Redis', `{ provide: TOKENS.redis, ${made} }`, imported, tokens)],
  ['a member of an enum', project('@Inject(Names.Cache) private redis: Redis', `{ provide: Names.Cache, ${made} }`, imported, tokens)],
  ['a symbol by its name', project("@Inject(Symbol.for('r')) private redis: Redis", `{ provide: Symbol.for('r'), ${made} }`)],
  ["the client's own class", project('private redis: Redis', `{ provide: Redis, ${made} }`)],
  ['a factory that is a method', project("@Inject('R') private redis: Redis", "{ provide: 'R', async useFactory() { const redis = new Redis({ keyPrefix: 'shop:' }); redis.on('error', console.error); await redis.ping(); return redis; } }")],
  ['a factory by its name', project("@Inject('R') private redis: Redis", "{ provide: 'R', useFactory: open }", "import { open } from './open';\n", { 'open.ts': "import { Redis } from 'ioredis';\nexport function open(): Redis {\n  return new Redis({ keyPrefix: 'shop:' }).on('error', console.error);\n}\n" })],
  ['a value', project("@Inject('R') private redis: Redis", "{ provide: 'R', useValue: shared }", "import { shared } from './shared';\n", { 'shared.ts': "import { Redis } from 'ioredis';\nexport const shared = new Redis({ keyPrefix: 'shop:' }).on('error', console.error);\n" })],
  ['another token', project("@Inject('R') private redis: Redis", `{ provide: 'R', useExisting: 'S' }, { provide: 'S', ${made} }`)],
  ['a provider that stands for itself', project("@Inject('R') private redis: Redis", 'redisProvider', "import { redisProvider } from './provider';\n", { 'provider.ts': `import { Redis } from 'ioredis';\nexport const redisProvider = { provide: 'R', ${made} };\n` })],
  ['a class that is a client', project('private redis: RedisService', 'RedisService', "import { RedisService } from './service';\n", service)],
  ['a class for another', project("@Inject('R') private redis: RedisService", "{ provide: 'R', useClass: RedisService }", "import { RedisService } from './service';\n", service)],
  ['a property', { ...project("@Inject('R') private redis: Redis", `{ provide: 'R', ${made} }`), 'jobs.ts': `${common}@Injectable()\nexport class Jobs {\n  @Inject('R') private readonly redis!: Redis;\n  ${blocking}\n}\n` }],
  ['a parameter that is put into a property', { ...project("@Inject('R') private redis: Redis", `{ provide: 'R', ${made} }`), 'jobs.ts': `${common}@Injectable()\nexport class Jobs {\n  private readonly redis: Redis;\n  constructor(@Inject('R') redis: Redis) { this.redis = redis; }\n  ${blocking}\n}\n` }],
  ['@nestjs-modules/ioredis', project('@InjectRedis() private redis: Redis', "RedisModule.forRoot({ type: 'single', url: 'redis://a', options: { keyPrefix: 'shop:' } })", "import { InjectRedis, RedisModule } from '@nestjs-modules/ioredis';\n")],
  ['@nestjs-modules/ioredis by name', project("@InjectRedis('b') private redis: Redis", "RedisModule.forRoot({ type: 'single' }), RedisModule.forRootAsync({ inject: [Config], useFactory: (config: Config) => ({ type: 'single', url: config.url, options: { keyPrefix: 'shop:' } }) }, 'b')", "import { InjectRedis, RedisModule } from '@nestjs-modules/ioredis';\nimport { Config } from './config';\n", { 'config.ts': 'export class Config { url = process.env.URL; }\n' })],
  ['@liaoliaots/nestjs-redis', project('@InjectRedis() private redis: Redis', "RedisModule.forRoot({ config: { host: 'a', keyPrefix: 'shop:' } })", "import { InjectRedis, RedisModule } from '@liaoliaots/nestjs-redis';\n")],
  ['@liaoliaots/nestjs-redis by namespace', project("@InjectRedis('b') private redis: Redis", "RedisModule.forRootAsync({ useFactory: () => { return { config: [{ host: 'a' }, { namespace: 'b', host: 'b', keyPrefix: 'shop:' }] }; } })", "import { InjectRedis, RedisModule } from '@liaoliaots/nestjs-redis';\n")],
];

it.each(projects)('by %s', async (_, files) => {
  // One client in two classes, with the prefix of its construction, and listened to there or made by a module that does.
  expect(await found(files)).toEqual({ 'blocking-on-shared-client': [blocking], 'key-prefix-pattern': [listing] });
});

describe('stays apart', () => {
  it.each<[string, Record<string, string>]>([
    ['where two modules provide the token', project("@Inject('R') private redis: Redis", `{ provide: 'R', ${made} }`, '', { 'b.module.ts': `${common}@Module({ providers: [{ provide: 'R', ${made} }] })\nexport class B {}\n` })],
    ['where two modules list the provider', project("@Inject('R') private redis: Redis", 'redisProvider', "import { redisProvider } from './provider';\n", { 'provider.ts': `import { Redis } from 'ioredis';\nexport const redisProvider = { provide: 'R', ${made} };\n`, 'b.module.ts': `${common}import { redisProvider } from './provider';\n@Module({ providers: [redisProvider] })\nexport class B {}\n` })],
    ['where nobody provides it', { 'jobs.ts': jobs("@Inject('R') private redis: Redis"), 'other.ts': other("@Inject('R') private redis: Redis") }],
    ['where each request has one', project("@Inject('R') private redis: Redis", `{ provide: 'R', scope: Scope.REQUEST, ${made} }`)],
    ['by symbols of one text', { ...project('@Inject(REDIS) private redis: Redis', `{ provide: REDIS, ${made} }`, imported, tokens), 'other.ts': other('@Inject(OTHER) private redis: Redis', imported) }],
    ['by names of a module', { ...project("@InjectRedis('a') private redis: Redis", "RedisModule.forRoot({}, 'a'), RedisModule.forRoot({}, 'b')", "import { InjectRedis, RedisModule } from '@nestjs-modules/ioredis';\n"), 'other.ts': other("@InjectRedis('b') private redis: Redis", "import { InjectRedis } from '@nestjs-modules/ioredis';\n") }],
  ])('%s', async (_, files) => {
    expect(await found(files)).toEqual({});
  });

  it('but for what a test provides', async () => {
    const files = project("@Inject('R') private redis: Redis", `{ provide: 'R', ${made} }`, '', { 'jobs.spec.ts': `${common}import { Test } from '@nestjs/testing';\nTest.createTestingModule({ providers: [{ provide: 'R', useValue: new Redis() }] });\n` });
    expect(await linesOf('blocking-on-shared-client', files)).toEqual([blocking]);
  });
});

describe('who listens', () => {
  const factory = "{ provide: 'R', useFactory: () => new Redis() }";
  const reports = (files: Record<string, string> = {}, provider = factory): Promise<string[]> => linesOf('missing-error-listener', { ...project("@Inject('R') private redis: Redis", provider), ...files });
  const listener = (body: string): string => `${common}@Injectable()\nexport class Listener {\n  constructor(@Inject('R') private readonly redis: Redis) {\n    ${body}\n  }\n}\n`;

  it('nobody', async () => {
    expect(await reports()).toHaveLength(1);
    expect(await reports({}, "{ provide: 'R', useValue: new Redis() }")).toHaveLength(1);
    expect(await reports({}, "{ provide: 'R', useFactory: async () => { const made = new Redis(); await made.ping(); return made; } }")).toEqual([expect.stringContaining('useFactory')]);
    expect(await reports({ 'listener.ts': listener("this.redis.on('connect', console.log);") })).toHaveLength(1);
  });

  it.each([
    ['a class that it is injected into', listener("this.redis.on('error', console.error);")],
    ['one that is given the parameter', listener("redis.on('error', console.error);")],
    ['a function that such a class gives it to', `${listener('watch(this.redis);')}function watch(client: Redis) {\n  client.on('error', console.error);\n}\n`],
    ['nobody knows who', `${listener('foreign(this.redis);')}declare function foreign(client: Redis): void;\n`],
    ['the factory of another provider', `${common}@Module({ providers: [{ provide: 'W', inject: ['R'], useFactory: (redis: Redis) => { redis.on('error', console.error); return 1; } }] })\nexport class W {}\n`],
    ['what asks the container', "import { NestFactory } from '@nestjs/core';\nimport { Redis } from 'ioredis';\nimport { AppModule } from './app.module';\nconst app = await NestFactory.create(AppModule);\nconst redis: Redis = app.get('R');\nredis.on('error', console.error);\n"],
  ])('%s', async (_, text) => {
    expect(await reports({ 'listener.ts': text })).toEqual([]);
  });

  it('one of two that go by the token', async () => {
    expect(await reports({ 'listener.ts': listener("this.redis.on('error', console.error);"), 'b.ts': `${common}@Module({ providers: [${factory}] })\nexport class B {}\n` })).toEqual([]);
  });
});

it('the fix of KEYS adds the prefix', async () => {
  const files = { ...project("@Inject('R') private redis: Redis", `{ provide: 'R', ${made} }`), 'other.ts': `${common}@Injectable()\nexport class Other {\n  constructor(@Inject('R') private redis: Redis) {}\n  async list() {\n    const names = await this.redis.keys('product:*');\n    return names.length > 3 ? names : [];\n  }\n}\n` };
  await withProject(files, async (analyzer) => {
    const { findings } = await analyzer.check();
    const found = findings.find(({ rule }) => rule === 'no-keys');
    const [fix] = found ? analyzer.fixes(found) : [];
    expect(applyEdits(analyzer.text(found?.file ?? '') ?? '', fix?.edits ?? [])).toContain("'shop:product:*'");
  });
});

it('a property of a service that there is one of', async () => {
  const files = {
    'service.ts': `${common}@Injectable()\nexport class RedisService {\n  readonly client = new Redis().on('error', console.error);\n}\n`,
    'jobs.ts': `${common}import { RedisService } from './service';\n@Injectable()\nexport class Jobs {\n  constructor(private readonly service: RedisService) {}\n  next() { return this.service.client.brpop('j', 0); }\n}\n`,
    'other.ts': `${common}import { RedisService } from './service';\n@Injectable()\nexport class Other {\n  constructor(private readonly service: RedisService) {}\n  get(k: string) { return this.service.client.get(k); }\n}\n`,
    'app.module.ts': `${common}import { RedisService } from './service';\n@Module({ providers: [RedisService] })\nexport class AppModule {}\n`,
  };
  expect(await linesOf('blocking-on-shared-client', files)).toEqual(["next() { return this.service.client.brpop('j', 0); }"]);
  expect(await linesOf('blocking-on-shared-client', { ...files, 'b.ts': files['app.module.ts'].replace('AppModule', 'B') })).toEqual([]);
});

it('one client has one name in the list of calls', async () => {
  await withProject(project("@Inject('R') private redis: Redis", "{ provide: 'R', useFactory: () => new Redis({ keyPrefix: 'shop:', db: 2 }) }"), async (analyzer) => {
    const { calls } = await analyzer.calls();
    expect(new Set(calls.map(({ client, db, prefix }) => `${client} ${db} ${prefix}`)).size).toBe(1);
    expect(calls.map(({ prefix }) => prefix)).toEqual(['shop:', 'shop:', 'shop:', 'shop:']);
  });
});

it('a subscription on a connection that speaks RESP3, as the factory says, is told as information', async () => {
  const files = (options: string): Record<string, string> => ({
    'app.module.ts': `import { Module } from '@nestjs/common';\nimport { createClient } from 'redis';\n@Module({ providers: [{ provide: 'R', useFactory: () => createClient(${options}) }] })\nexport class AppModule {}\n`,
    'a.ts': "import { Inject, Injectable } from '@nestjs/common';\nimport type { RedisClientType } from 'redis';\n@Injectable()\nexport class A {\n  constructor(@Inject('R') private readonly client: RedisClientType) {}\n  listen() { return this.client.subscribe('news', console.log); }\n}\n",
    'b.ts': "import { Inject, Injectable } from '@nestjs/common';\nimport type { RedisClientType } from 'redis';\n@Injectable()\nexport class B {\n  constructor(@Inject('R') private readonly client: RedisClientType) {}\n  get(k: string) { return this.client.get(k); }\n}\n",
  });
  const severities = (text: Record<string, string>): Promise<string[]> =>
    withProject(text, async (analyzer) => (await analyzer.check()).findings.flatMap(({ rule, severity }) => (rule === 'subscribe-on-shared-client' ? [severity] : [])));
  expect(await severities(files(''))).toEqual(['error']);
  expect(await severities(files('{ RESP: 3 }'))).toEqual(['information']);
});

it('a wrapper that only hands on its arguments says nothing of who uses it', async () => {
  const wrapper = `${common}@Injectable()\nexport class Cache {\n  constructor(@Inject('R') private readonly redis: Redis) {}\n  pop(key: string, timeout: number) { return this.redis.brpop(key, timeout); }\n  get(key: string) { return this.redis.get(key); }\n}\n`;
  expect(await linesOf('blocking-on-shared-client', { 'cache.ts': wrapper, 'app.module.ts': `${common}@Module({ providers: [{ provide: 'R', ${made} }] })\nexport class AppModule {}\n` })).toEqual([]);
});

it('keys of two injected clients with prefixes of their own are not the same', async () => {
  const of = (name: string, token: string, body: string): string => `${common}@Injectable()\nexport class ${name} {\n  constructor(@Inject('${token}') private readonly redis: Redis) {}\n  ${body}\n}\n`;
  const files = (other: string): Record<string, string> => ({
    'app.module.ts': `${common}@Module({ providers: [{ provide: 'A', useFactory: () => new Redis({ keyPrefix: 'a:' }) }, { provide: 'B', useFactory: () => new Redis({ keyPrefix: '${other}' }) }] })\nexport class AppModule {}\n`,
    'a.ts': of('A', 'A', 'add(id: string) { return this.redis.sadd(`user:${id}:tags`, id); }'),
    'b.ts': of('B', 'B', 'push(id: string) { return this.redis.lpush(`user:${id}:tags`, id); }'),
  });
  expect(await linesOf('wrong-type-conflict', files('a:'))).not.toEqual([]);
  expect(await linesOf('wrong-type-conflict', files('b:'))).toEqual([]);
});
