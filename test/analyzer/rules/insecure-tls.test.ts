import { describe, expect, it } from 'vitest';
import { linesOf } from '../../support/analyze.ts';

const made = "import Redis, { Cluster } from 'ioredis';\nimport { createClient, createCluster } from 'redis';\nimport { Worker as Runner } from 'bullmq';\nconst host = process.env.REDIS_HOST;\nconst useTls = process.env.REDIS_TLS === '1';\nconst isProduction = process.env.NODE_ENV === 'production';\n";
const reports = (code: string): Promise<string[]> => linesOf('insecure-tls', made + code);

describe('reports', () => {
  it.each([
    ['wherever TLS is used at all', 'export const r = new Redis({ host, tls: useTls ? { rejectUnauthorized: false } : undefined });'],
    ['the same by spread', 'export const r = new Redis({ host, ...(useTls && { tls: { rejectUnauthorized: false } }) });'],
    ['a parameter that is false by default', 'export const r = (rejectUnauthorized = false) => new Redis({ host, tls: { rejectUnauthorized } });'],
    ['an option that is false by default', 'export const r = ({ verify = false }) => new Redis({ host, tls: { rejectUnauthorized: verify } });'],
    ['a method that accepts all', 'export const r = new Redis({ host, tls: { checkServerIdentity() {\n  return undefined;\n} } });'],
    ['the defaults of a cluster', 'export const r = createCluster({ rootNodes: [], defaults: { socket: { tls: true, rejectUnauthorized: false } } });'],
    ['options beside a URL', "export const r = new Redis(process.env.REDIS_URL ?? '', { tls: { rejectUnauthorized: false } });"],
    ['what is off in production', "export const r = new Redis({ host, tls: process.env.NODE_ENV === 'production' ? { rejectUnauthorized: false } : false as never });"],
    ['what is off in production alone', 'export const r = new Redis({ host, tls: isProduction ? { rejectUnauthorized: false } : {} });'],
    ['what is on in development alone', "export const r = new Redis({ host, tls: process.env.NODE_ENV !== 'development' ? { rejectUnauthorized: false } : { servername: 'a' } });"],
    ['a branch for production', 'export function r() {\n  if (isProduction) return new Redis({ host, tls: { rejectUnauthorized: false } });\n  return new Redis({ host });\n}'],
    ['a URL that asks for it', "export const r = new Redis({ host, tls: /^rediss:/.test(process.env.URL ?? '') ? { rejectUnauthorized: false } : undefined });"],
    ['what is set later', 'const options: { host?: string; tls?: object } = { host };\nif (useTls) options.tls = { rejectUnauthorized: false };\nexport const r = new Redis(options);'],
    ['what is assigned into it', 'let options: { host?: string; tls?: object } = { host };\nObject.assign(options, { tls: useTls ? { rejectUnauthorized: false } : undefined });\nexport const r = new Redis(options);'],
    ['a worker by another name', 'export const r = new Runner("mails", async () => undefined, { connection: { host, tls: { rejectUnauthorized: false } } });'],
  ])('%s', async (_, code) => {
    expect(await reports(code)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['what is off in development alone', 'export const r = new Redis({ host, tls: isProduction ? {} : { rejectUnauthorized: false } });'],
    ['what hangs on where it runs', 'export const r = new Redis({ host, ...(!isProduction && { tls: { rejectUnauthorized: false } }) });'],
    ['a branch for development', 'export function r() {\n  if (!isProduction) return new Redis({ host, tls: { rejectUnauthorized: false } });\n  return new Redis({ host });\n}'],
    ['what is set later for development', 'const options: { tls?: object } = {};\nif (!isProduction) options.tls = { rejectUnauthorized: false };\nexport const r = new Redis(options);'],
    ['what another branch verifies', "export const r = new Redis({ host, tls: useTls ? { rejectUnauthorized: false } : { ca: 'a' } });"],
    ['what is put right later', 'const options: { tls?: object } = { tls: { rejectUnauthorized: false } };\noptions.tls = {};\nexport const r = new Redis(options);'],
    ['a parameter that is true by default, or has no default', 'export const r = (rejectUnauthorized = true, other: boolean) => [new Redis({ host, tls: { rejectUnauthorized } }), new Redis({ host, tls: { rejectUnauthorized: other } })];'],
    ['this machine', "export const r = createClient({ socket: { host: 'localhost', tls: true, rejectUnauthorized: false } });"],
    ['a check that may refuse', "export const r = new Cluster([], { redisOptions: { tls: { checkServerIdentity: (name) => (name === 'a' ? undefined : new Error(name)) } } });"],
    ['an own certificate authority', 'export const r = (ca: string) => new Redis({ host, tls: { ca } });'],
    ['a queue of another package', "declare class Queue {\n  constructor(name: string, options: object);\n}\nexport const r = new Queue('a', { connection: { tls: { rejectUnauthorized: false } } });"],
  ])('%s', async (_, code) => {
    expect(await reports(code)).toEqual([]);
  });
});
