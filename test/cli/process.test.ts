/** What only a process of its own shows: pipes, colours, exit codes, the bin as it is started. */
import { execFile, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cliArguments, repository } from './built-cli.ts';
import { service, TestProject } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const command = cliArguments();

let project: TestProject;
beforeAll(() => {
  project = new TestProject(service);
  // More than a pipe holds (64 KB), so that a reader that leaves early is noticed.
  const calls = Array.from({ length: 400 }, (_, i) => `export const all${i} = () => redis.keys('user:${i}:*');`);
  project.write({ 'src/many.ts': `import { redis } from './redis';\n${calls.join('\n')}\n` });
});
afterAll(() => project.remove());

/** NODE_OPTIONS etc. of the test runner are not the person's. */
const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], KEYSCOPE_CACHE: process.env['KEYSCOPE_CACHE'] };

function keyscope(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...command, ...args], { cwd: repository, env: { ...env, ...more }, maxBuffer: 1 << 26 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

describe('keyscope as a process', () => {
  it('writes a large report into a pipe whole, without colours, progress or escapes', async () => {
    const { code, out, err } = await keyscope(['check', '--cwd', project.root]);
    expect(code).toBe(1);
    expect(out.length).toBeGreaterThan(100_000);
    expect(out.trimEnd()).toMatch(/Redis calls, \d+\.\d s$/);
    // eslint-disable-next-line no-control-regex
    expect(out + err).not.toMatch(/[\x1b\r]/);
    expect(err).toBe('');
  });

  it('heeds FORCE_COLOR, and NO_COLOR above it', async () => {
    const args = ['check', '--cwd', project.root, 'src/visits.ts'];
    expect((await keyscope(args, { FORCE_COLOR: '1' })).out).toContain('\u001b[');
    expect((await keyscope(args, { FORCE_COLOR: '1', NO_COLOR: '1' })).out).not.toContain('\u001b[');
  });

  it('ends quietly when its reader leaves', async () => {
    const child = spawn(process.execPath, [...command, 'check', '--format', 'json', '--cwd', project.root], { cwd: repository, env });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise((resolve) => child.once('exit', resolve));
    expect(err).toBe('');
  });

  it('ends with 2 for a mistake of the person', async () => {
    const { code, out, err } = await keyscope(['check', '--cwd', project.root, '--rule', 'no-kees']);
    expect([code, out, err]).toEqual([2, '', 'keyscope: There is no rule "no-kees". Did you mean "no-keys"?\n']);
  });

  it('ends with 3 when it cannot write', async () => {
    const { code, err } = await keyscope(['check', '--cwd', project.root, '--baseline', '/proc/nowhere/b.json', '--write-baseline']);
    expect([code, err.startsWith('keyscope: The baseline cannot be written: ')]).toEqual([3, true]);
  });
});
