import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { service, TestProject } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

let project: TestProject;
beforeEach(() => (project = new TestProject(service)));
afterEach(() => project.remove());

describe('fix', () => {
  const visits = (): string => readFileSync(path.join(project.root, 'src/visits.ts'), 'utf8');
  const fixed = "import { redis } from './redis';\n\nexport async function visitors(day: string): Promise<number> {\n  return await redis.scard(`visitors:${day}`);\n}\n";

  it('prints a diff that git can apply, and writes nothing', async () => {
    const { out, err, code } = await project.run(['fix', '--dry-run']);
    expect(out).toContain('--- a/src/visits.ts\n+++ b/src/visits.ts\n');
    expect(err).toBe('Would fix 1 problem in 1 file; nothing was written.\n');
    expect(code).toBe(1);
    expect(visits()).toBe(service['src/visits.ts']);
    execFileSync('git', ['apply', '-'], { cwd: project.root, input: out });
    expect(visits().replace(/\(await redis\.scard\((.*)\)\)/, 'await redis.scard($1)')).toBe(fixed);
  });

  it('applies the safe fixes alone, and again has nothing to do', async () => {
    const { out, code } = await project.run(['fix']);
    expect(out).toContain('fixed  src/visits.ts  range-for-count\n1 problem fixed in 1 file, 2 left.\n');
    expect(code).toBe(1);
    expect(visits()).toContain('redis.scard(`visitors:${day}`)');
    expect(readFileSync(path.join(project.root, 'src/sessions.ts'), 'utf8')).toBe(service['src/sessions.ts']);
    expect((await project.run(['fix'])).out).toBe('Nothing to fix safely: 2 problems are left. keyscope check shows the suggestions.\n');
  });

  it('applies suggestions of a rule that is named', async () => {
    const { out } = await project.run(['fix', '--suggest', '--rule', 'no-keys', 'src']);
    expect(out).toContain('fixed  src/sessions.ts  no-keys\n');
    const after = readFileSync(path.join(project.root, 'src/sessions.ts'), 'utf8');
    expect(after).toContain('redis.scanStream(');
    expect(after).not.toContain('redis.keys(');
    expect(visits()).toBe(service['src/visits.ts']);
  });

  it('keeps a byte order mark, and refuses a file that is not UTF-8', async () => {
    project.write({ 'src/visits.ts': `\ufeff${service['src/visits.ts'] ?? ''}` });
    expect((await project.run(['fix'])).code).toBe(1);
    expect(visits().startsWith('\ufeffimport')).toBe(true);
    expect(visits()).toContain('scard');
    writeFileSync(path.join(project.root, 'src/visits.ts'), Buffer.concat([Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]), Buffer.from(service['src/visits.ts'] ?? '')]));
    const { code, err } = await project.run(['fix']);
    expect([code, err]).toEqual([3, 'keyscope: src/visits.ts was changed while it was being fixed, or is not UTF-8; nothing was written.\n']);
  });

  it('leaves files alone that do not parse, and says so', async () => {
    const broken = `${service['src/visits.ts'] ?? ''}export function (\n`;
    project.write({ 'src/visits.ts': broken });
    const { err, out } = await project.run(['fix']);
    expect(err).toBe('src/visits.ts has syntax errors, so its fixes were left out.\n');
    expect(out).toBe('Nothing to fix.\n');
    expect(readFileSync(path.join(project.root, 'src/visits.ts'), 'utf8')).toBe(broken);
  });

  it('removes a comment that suppresses nothing', async () => {
    project.write({ 'src/redis.ts': `// keyscope-disable no-keys -- gone\n${service['src/redis.ts'] ?? ''}` });
    await project.run(['fix']);
    expect(readFileSync(path.join(project.root, 'src/redis.ts'), 'utf8')).toBe(service['src/redis.ts']);
  });

  it('reports what is left for machines', async () => {
    const { out, err } = await project.run(['fix', '--format', 'json', 'src']);
    expect((JSON.parse(out) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule)).toEqual(['no-keys']);
    expect(err).toContain('1 problem fixed');
  });

});
