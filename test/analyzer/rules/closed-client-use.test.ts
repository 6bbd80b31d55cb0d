import { describe, expect, it } from 'vitest';
import { clients, linesOf } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('closed-client-use', clients + body);

describe('reports', () => {
  it.each([
    ['the first command after it alone', "export async function f() {\n  await redis.quit();\n  await redis.get('a');\n  await redis.get('b');\n}", "await redis.get('a');"],
    ['one after a closing that asks whether it is open', "export async function f() {\n  if (client.isOpen) await client.destroy();\n  await client.get('a');\n}", "await client.get('a');"],
    ['a pipeline', "export async function f() {\n  redis.disconnect();\n  await redis.pipeline().get('a').exec();\n}", "await redis.pipeline().get('a').exec();"],
    ['a client that a helper is given and closes', "async function close(r: Redis) {\n  await r.quit();\n}\nexport async function f() {\n  await close(redis);\n  await redis.get('a');\n}", "await redis.get('a');"],
    ['a method that closes the field', "export class C {\n  private readonly r = new Redis();\n  async close() {\n    await this.r.quit();\n  }\n  async f() {\n    await this.close();\n    return this.r.get('a');\n  }\n}", "return this.r.get('a');"],
    ['what a helper sends that is given the client', "async function record(r: Redis) {\n  await r.set('a', 1);\n}\nexport async function f() {\n  await redis.quit();\n  await record(redis);\n}", 'await record(redis);'],
    ['a closing and a command three calls deep', "async function quit(r: Redis) {\n  await r.quit();\n}\nconst end = async (r: Redis) => {\n  await quit(r);\n};\nconst stop = async (r: Redis) => {\n  await end(r);\n};\nconst write = (r: Redis) => r.set('a', 1);\nconst save = (r: Redis) => write(r);\nconst keep = (r: Redis) => save(r);\nexport async function f() {\n  await stop(redis);\n  await keep(redis);\n}", 'await keep(redis);'],
    ['a method that sends on the field', "export class C {\n  private readonly r = new Redis();\n  private put = () => this.r.set('a', 1);\n  async f() {\n    await this.r.quit();\n    return this.put();\n  }\n}", 'return this.put();'],
    ['QUIT after closing', "import type { RedisClientType } from 'redis';\nexport class C {\n  constructor(private readonly c: RedisClientType) {}\n  onModuleDestroy() {\n    this.c.disconnect();\n    this.c.quit();\n  }\n}", 'this.c.quit();'],
    ['QUIT after QUIT', 'export async function f() {\n  await client.quit();\n  await client.quit();\n}', 'await client.quit();'],
    ['code at the top of a module that waits', "await redis.quit();\nawait redis.get('a');", "await redis.get('a');"],
  ])('%s', async (_, body, line) => {
    expect(await reports(body)).toEqual([line]);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['what a helper sends to another client', "const other = new Redis();\nasync function record(r: Redis) {\n  await r.set('a', 1);\n}\nexport async function f() {\n  await redis.quit();\n  await record(other);\n}"],
    ['what a helper sends if something else says so', "let open = true;\nasync function record() {\n  if (!open) return;\n  await redis.set('a', 1);\n}\nexport async function f() {\n  await redis.quit();\n  await record();\n}"],
    ['what a helper tries', "async function record() {\n  try {\n    await redis.set('a', 1);\n  } catch {\n    open();\n  }\n}\ndeclare function open(): void;\nexport async function f() {\n  await redis.quit();\n  await record();\n}"],
    ['the same method of another object', "export class C {\n  private readonly r = new Redis();\n  async put() {\n    await this.r.set('a', 1);\n  }\n  async f(other: C) {\n    await this.r.quit();\n    await other.put();\n  }\n}"],
    ['a helper that runs later', "const record = () => redis.set('a', 1);\nexport async function f() {\n  await redis.quit();\n  setTimeout(() => void record(), 10);\n}"],
    ['a closing in a callback', "export async function f() {\n  process.once('SIGTERM', () => redis.quit());\n  await redis.get('a');\n}"],
    ['a helper that closes it later', "function onExit() {\n  process.once('exit', () => redis.disconnect());\n}\nexport async function f() {\n  onExit();\n  await redis.get('a');\n}"],
    ['a closing on one branch', "export async function f(last: boolean) {\n  if (last) await redis.quit();\n  else await redis.get('a');\n  last && redis.disconnect();\n  return redis.get('b');\n}"],
    ['a closing where it failed', "export async function f() {\n  try {\n    await redis.get('a');\n  } catch {\n    redis.disconnect();\n  }\n  return redis.get('b');\n}"],
    ['a loop that closes and begins again', "export async function f() {\n  for (const r of [new Redis(), new Redis()]) {\n    await r.get('a');\n    await r.quit();\n  }\n  return redis.get('b');\n}"],
    ['a new client in the same variable', "export async function f() {\n  let r = new Redis();\n  await r.quit();\n  r = new Redis();\n  return r.get('a');\n}"],
    ['a helper in between that makes one', "let r = new Redis();\nfunction renew() {\n  r = new Redis();\n}\nexport async function f() {\n  await r.quit();\n  renew();\n  return r.get('a');\n}"],
    ['ioredis connecting again', "export async function f() {\n  redis.disconnect(true);\n  return redis.get('a');\n}"],
    ['what is expected to fail', "declare const expect: (value: unknown) => { rejects: { toThrow(): Promise<void> } };\nexport async function f() {\n  await redis.quit();\n  await expect(redis.get('a')).rejects.toThrow();\n}"],
    ['the field of another object', "class C {\n  readonly r = new Redis();\n}\nexport async function move(from: C, to: C) {\n  await from.r.quit();\n  await to.r.get('a');\n}"],
    ['an early end', "export async function f() {\n  await redis.quit();\n  process.exit(0);\n  await redis.get('a');\n}"],
    ['QUIT on ioredis, which says OK until the connection has ended', 'export function f() {\n  redis.disconnect();\n  redis.quit();\n}'],
    ['QUIT that may fail', 'export async function f() {\n  await client.disconnect();\n  await client.quit().catch(() => {});\n  try {\n    await client.quit();\n  } catch {}\n}'],
    ['QUIT of a client that is open', 'export async function f() {\n  await client.disconnect();\n  if (client.isOpen) await client.quit();\n  client.isReady && (await client.quit());\n}'],
    ['closing at once what does not quit', 'export async function f() {\n  try {\n    await client.quit();\n  } catch {\n    await client.disconnect();\n  }\n  client.destroy();\n}'],
    ['other things that close', "import { open } from 'node:fs/promises';\nexport async function f() {\n  const file = await open('a');\n  await file.close();\n  return redis.get('a');\n}"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});
