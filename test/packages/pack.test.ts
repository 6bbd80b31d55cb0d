/** What `npm publish` would ship, installed elsewhere as a person does, works there by itself. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliArguments, repository } from '../cli/built-cli.ts';
import { service } from '../cli/project.ts';
import { JsonRpcClient } from '../lsp/json-rpc-client.ts';

let folder: string;
const npm = (args: readonly string[], cwd: string): string => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(() => {
  if (cliArguments().includes('tsx')) execFileSync(process.execPath, ['scripts/bootstrap.mjs', 'scripts/build.ts'], { cwd: repository, stdio: 'pipe' });
  folder = mkdtempSync(path.join(tmpdir(), 'keyscope-pack-'));
  npm(['pack', '--silent', '--pack-destination', folder], repository);
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'none';
  for (const [name, text] of Object.entries(service)) {
    mkdirSync(path.dirname(path.join(folder, 'app', name)), { recursive: true });
    writeFileSync(path.join(folder, 'app', name), name === 'package.json' ? '{ "name": "app", "private": true }' : text);
  }
  // Nothing but the archive: the package has no dependencies.
  npm(['install', '--offline', '--no-audit', '--no-fund', `../${archive}`], path.join(folder, 'app'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package, installed', () => {
  it('brings nothing but itself, and no source or tests', () => {
    expect(readdirSync(path.join(folder, 'app/node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['keyscope']);
    const shipped = readdirSync(path.join(folder, 'app/node_modules/keyscope'));
    expect(shipped).toEqual(expect.arrayContaining(['dist', 'docs', 'keyscope.schema.json', 'package.json']));
    expect(shipped.filter((name) => ['src', 'test', 'scripts', 'examples', 'bench'].includes(name))).toEqual([]);
  });

  it('gives a working npx keyscope check', () => {
    let code: unknown = 0;
    let out: string;
    try {
      out = execFileSync('npx', ['--no-install', 'keyscope', 'check', '--format', 'json', 'src'], { cwd: path.join(folder, 'app'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      ({ status: code, stdout: out } = error as { status: number; stdout: string });
    }
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as { findings: { rule: string; file: string }[] };
    expect(findings.map(({ file, rule }) => `${file} ${rule}`)).toEqual(['src/sessions.ts no-keys', 'src/visits.ts range-for-count']);
  });

  it('fixes, and serves an editor', async () => {
    const app = path.join(folder, 'app');
    const bin = path.join(app, 'node_modules/.bin/keyscope');
    expect(execFileSync(bin, ['fix', '--fail-on', 'never'], { cwd: app, encoding: 'utf8' })).toContain('fixed  src/visits.ts  range-for-count');
    const client = new JsonRpcClient(bin, ['lsp', '--stdio'], app);
    await client.request('initialize', { processId: null, rootUri: pathToFileURL(app).href, capabilities: {} });
    client.notify('initialized', {});
    await client.waitFor(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri.endsWith('/src/sessions.ts') && params.diagnostics.length === 1);
    expect(await client.stop()).toBe(0);
  });
});
