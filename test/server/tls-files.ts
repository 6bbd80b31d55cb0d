/** A certificate authority, a server's and a client's certificate for 127.0.0.1 and localhost, made with openssl for one test run. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startRedis } from '../../scripts/lib/redis-server.ts';

export interface TlsFiles {
  dir: string;
  path(name: 'ca.crt' | 'server.crt' | 'server.key' | 'client.crt' | 'client.key'): string;
  text(name: 'ca.crt' | 'client.crt' | 'client.key'): string;
  remove(): void;
}

export function makeTlsFiles(): TlsFiles {
  const dir = mkdtempSync(join(tmpdir(), 'keyscope-tls-'));
  const path = (name: string) => join(dir, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'ignore'] });
  writeFileSync(path('san.cnf'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', '/CN=keyscope test authority');
  for (const name of ['server', 'client']) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-out', `${name}.crt`, '-days', '2', '-extfile', 'san.cnf');
  }
  return { dir, path, text: (name) => readFileSync(path(name), 'utf8'), remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** The arguments that make redis-server listen with TLS. */
export function tlsArgs(files: TlsFiles, port: number, clients: 'yes' | 'no'): string[] {
  const certificate = ['--tls-cert-file', files.path('server.crt'), '--tls-key-file', files.path('server.key'), '--tls-ca-cert-file', files.path('ca.crt')];
  return ['--tls-port', String(port), ...certificate, '--tls-auth-clients', clients];
}

/** Why TLS cannot be tried on this machine; undefined where it can. Compiled from plain sources, Redis has none. */
export async function reasonWithoutTls(): Promise<string | undefined> {
  let files: TlsFiles;
  try {
    files = makeTlsFiles();
  } catch {
    return 'openssl is not on PATH';
  }
  try {
    await (await startRedis({ args: tlsArgs(files, await freePort(), 'no') })).stop();
    return undefined;
  } catch (error) {
    if (/tls/i.test(String(error))) return 'this redis-server was built without TLS';
    throw error;
  } finally {
    files.remove();
  }
}
