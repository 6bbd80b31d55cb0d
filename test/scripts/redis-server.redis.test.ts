import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answersPing, startRedis } from '../../scripts/lib/redis-server.ts';

const bootstrap = resolve(import.meta.dirname, '../../scripts/bootstrap.mjs');
const holder = resolve(import.meta.dirname, '../support/hold-redis.ts');

describe('startRedis', () => {
  it('starts a server in a folder of its own, and takes both away', async () => {
    const redis = await startRedis();
    expect(await answersPing(redis.port)).toBe(true);
    expect(existsSync(redis.dir)).toBe(true);
    await redis.stop();
    await redis.stop();
    expect(await answersPing(redis.port)).toBe(false);
    expect(existsSync(redis.dir)).toBe(false);
  });

  it('kills it, and starts another one on the same port', async () => {
    const first = await startRedis();
    await first.kill();
    expect(await answersPing(first.port)).toBe(false);
    const second = await startRedis({ port: first.port, args: ['--requirepass', 'secret'] });
    expect(second.port).toBe(first.port);
    await first.stop();
    expect(await answersPing(second.port)).toBe(true);
    await second.stop();
  });

  it('does not mistake the server that holds the port for its own', async () => {
    const redis = await startRedis();
    await expect(startRedis({ port: redis.port })).rejects.toThrow(/did not start on port \d+:[^]*in use/);
    await redis.stop();
  });

  it("says in the server's words what is wrong with its arguments", async () => {
    await expect(startRedis({ args: ['--no-such-directive', 'x'] })).rejects.toThrow('no-such-directive');
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('leaves nothing behind when its parent ends by %s', async (signal) => {
    const parent = spawn(process.execPath, [bootstrap, holder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((done) => parent.stdout.once('data', (data: Buffer) => done(data.toString())));
    const { port, dir } = JSON.parse(line) as { port: number; dir: string };
    expect(await answersPing(port)).toBe(true);
    parent.kill(signal);
    await expect.poll(async () => [await answersPing(port), existsSync(dir)], { timeout: 5_000 }).toEqual([false, false]);
  });
});
