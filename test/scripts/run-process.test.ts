import { expect, it } from 'vitest';
import { runProcess } from '../../scripts/lib/run-process.ts';

const node = (script: string, limitMs = 20_000) => runProcess(process.execPath, ['-e', script], { cwd: process.cwd(), limitMs });

it('gives the exit code and both outputs', async () => {
  expect(await node('console.log("out"); console.error("err"); process.exit(3)')).toMatchObject({ code: 3, timedOut: false, stdout: 'out\n', output: expect.stringContaining('err') as unknown });
});

it('ends a program at the limit, and what it has started', async () => {
  const result = await node('const c = require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]); console.log(c.pid); setInterval(() => {}, 1000)', 1_000);
  expect(result).toMatchObject({ code: undefined, timedOut: true });
  const grandchild = Number(result.stdout);
  await expect.poll(() => isAlive(grandchild), { timeout: 5_000 }).toBe(false);
});

it('does not wait for a grandchild that keeps the output open', async () => {
  const started = Date.now();
  const result = await node('require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" }); setTimeout(() => process.exit(0), 100)');
  expect(result.code).toBe(0);
  expect(Date.now() - started).toBeLessThan(10_000);
});

it('turns a program that does not exist into a result', async () => {
  expect(await runProcess('/no/such/program', [], { cwd: process.cwd(), limitMs: 1_000 })).toMatchObject({ code: undefined, output: expect.stringContaining('ENOENT') as unknown });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
