import { describe, expect, it } from 'vitest';
import { linesOf, withProject } from '../../support/analyze.ts';

const made = "import Redis, { Cluster } from 'ioredis';\nimport { createClient } from 'redis';\nconst isProduction = process.env.NODE_ENV === 'production';\n";
const reports = (code: string): Promise<string[]> => linesOf('hardcoded-credentials', made + code);

describe('reports', () => {
  it.each([
    ['a password in a constant', "const secret = 'n0t-a-real-one';\nexport const r = new Redis({ host: 'cache.example.com', password: secret });"],
    ['a host out of the environment', "export const r = new Redis({ host: process.env.REDIS_HOST, password: 'n0t-a-real-one' });"],
    ['a cluster', "export const r = new Cluster([{ host: '10.0.0.1', port: 7000 }], { redisOptions: { password: 'n0t-a-real-one' } });"],
    ['a subclass', "class AppRedis extends Redis {\n  constructor() {\n    super('redis://:n0t-a-real-one@cache.example.com');\n  }\n}\nexport const r = new AppRedis();"],
    ['a helper that gives the options', "const options = () => ({ host: 'cache.example.com', password: 'n0t-a-real-one' });\nexport const r = new Redis(options());"],
    ['a URL whose host goes on in a variable', 'export const r = (host: string) => createClient({ url: `redis://:n0t-a-real-one@${host}:6379` });'],
  ])('%s', async (_, code) => {
    expect(await reports(code)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['no host at all', "export const r = new Redis({ password: 'devpass' });"],
    ['a container beside it', "export const r = [new Redis({ host: 'redis', password: 'devpass' }), new Redis('redis://:devpass@host.docker.internal')];"],
    ['one for development', "export const r = new Redis({ host: process.env.REDIS_HOST, password: process.env.REDIS_PASSWORD ?? 'devpass' });"],
    ['one that is taken back', "const base = { host: 'cache.example.com', password: 'n0t-a-real-one' };\nexport const r = new Redis({ ...base, password: process.env.REDIS_PASSWORD });"],
    ['a placeholder', "export const r = [new Redis('redis://:your-password@cache.example.com'), new Redis('redis://user:${PASSWORD}@cache.example.com')];"],
    ['a socket of this machine', "export const r = new Redis({ path: '/run/redis.sock', password: 'devpass' });"],
    ['options of another package', "declare class Pool {\n  constructor(options: object);\n}\nexport const r = new Pool({ host: 'db.example.com', password: 'n0t-a-real-one' });"],
  ])('%s', async (_, code) => {
    expect(await reports(code)).toEqual([]);
  });
});

it('offers no fix where a string is wanted, or the text stands elsewhere', async () => {
  const code = "interface Own {\n  host: string;\n  password: string;\n}\nconst own = <T extends Own>(options: T): Own => options;\nconst secret = 'n0t-a-real-one';\nexport const a = new Redis(own({ host: 'cache.example.com', password: 'n0t-a-real-one' }));\nexport const b = new Redis({ host: 'cache.example.com', password: secret });\n";
  await withProject({ 'a.ts': made + code }, async (analyzer) => {
    const { findings } = await analyzer.check();
    expect(findings.filter(({ rule }) => rule === 'hardcoded-credentials').flatMap((finding) => analyzer.fixes(finding))).toEqual([]);
  });
});
