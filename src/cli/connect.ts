/** A server that a command line names, and what goes wrong with it as an exit code. */
import { readFileSync } from 'node:fs';
import type * as Live from '../keyspace/live.ts';
import type { ConnectionSpec, ServerConnection, TlsSpec } from '../server/index.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Named as redis-cli has them. */
export interface ConnectionOptions {
  cacert?: string;
  cert?: string;
  key?: string;
  sni?: string;
  insecure?: boolean;
}

/**
 * Connects read-only, does some work, and closes the connection.
 * @param url default: REDIS_URL of the environment, else the local server; a password that it lacks is taken from REDISCLI_AUTH, as redis-cli does,
 * so that it need not stand in a command line that others can see
 * Rejects with CliError: `usage` for an address that makes no sense or a file that cannot be read, `failure` for what the server or the network said.
 */
export async function withServer<T>(url: string | undefined, options: ConnectionOptions, { env }: Terminal, work: (connection: ServerConnection, live: typeof Live) => Promise<T>): Promise<T> {
  const live = await import('../keyspace/live.ts');
  try {
    const connection = await live.connect(specOf(live.parseRedisUrl(url ?? env['REDIS_URL'] ?? 'redis://localhost:6379'), options, env));
    try {
      return await work(connection, live);
    } finally {
      connection.close();
    }
  } catch (error) {
    if (!(error instanceof live.ServerError)) throw error;
    const hint = error.kind === 'auth-required' || error.kind === 'wrong-password' ? ` On the command line they stand in the address, redis://user:password@host, or the password in REDISCLI_AUTH${env['REDISCLI_AUTH'] ? ', which is set' : ''}.` : '';
    throw new CliError(error.message + hint, error.kind === 'invalid-spec' ? exitCodes.usage : exitCodes.failure);
  }
}

function specOf(spec: ConnectionSpec, { cacert, cert, key, sni, insecure }: ConnectionOptions, env: NodeJS.ProcessEnv): ConnectionSpec {
  const given: TlsSpec = {
    ...(cacert === undefined ? {} : { ca: readPem(cacert) }),
    ...(cert === undefined ? {} : { cert: readPem(cert) }),
    ...(key === undefined ? {} : { key: readPem(key) }),
    ...(sni === undefined ? {} : { servername: sni }),
    ...(insecure ? { rejectUnauthorized: false } : {}),
  };
  if (Object.keys(given).length > 0 && !spec.tls) throw new CliError('Certificates are of use over TLS alone: write the address with rediss://');
  const password = spec.password ?? env['REDISCLI_AUTH'];
  return { ...spec, ...(password ? { password } : {}), ...(spec.tls ? { tls: { ...spec.tls, ...given } } : {}) };
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
