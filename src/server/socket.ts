/** The socket under a link: TCP, TLS or a unix socket, opened for ioredis, and watched for what ioredis does not tell. */
import { AbstractConnector } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionSpec } from './connection-spec.ts';
import { explainConnect, noTls, wantsClientCertificate } from './server-error.ts';
import type { ServerError } from './server-error.ts';

/** An error reply starts with it. */
const MINUS = 0x2d;

/** What is known of the last attempt to connect. */
export class SocketWatch {
  #tcp = false;
  #tls = false;
  /** An error that the server sent unasked: too many clients, protected mode. ioredis drops it. */
  #greeting = '';

  observe(socket: Socket): void {
    this.#tcp = false;
    this.#tls = false;
    this.#greeting = '';
    socket.once('connect', () => {
      this.#tcp = true;
      socket.once('data', (chunk: Buffer) => {
        if (chunk[0] === MINUS) this.#greeting = chunk.toString('latin1', 1, 200);
      });
    });
    socket.once('secureConnect', () => {
      this.#tls = true;
    });
  }

  /** Why the attempt failed, `error` being what ioredis says. */
  explain(error: unknown, where: string, tls: boolean): ServerError {
    const explained = explainConnect(error, where, tls);
    if (tls && explained.kind === 'timeout' && this.#tcp && !this.#tls) return noTls(where);
    // In TLS 1.3 the client has finished its handshake when the server finds the certificate missing.
    if (explained.kind === 'tls-unexpected' && this.#tls && this.#greeting === '') return wantsClientCertificate(where);
    const hungUp = explained.kind === 'tls-required' || explained.kind === 'tls-unexpected' || explained.kind === 'protocol';
    return hungUp && this.#greeting !== '' ? explainConnect(new Error(this.#greeting), where, false) : explained;
  }
}

/** A connector class, as ioredis wants it, for one connection. */
export function connectorFor(spec: ConnectionSpec, watch: SocketWatch): NonNullable<RedisOptions['Connector']> {
  return class extends AbstractConnector {
    constructor() {
      super(0);
    }

    override async connect(): Promise<Socket> {
      const address = spec.path === undefined ? { host: spec.host ?? '127.0.0.1', port: spec.port ?? 6379 } : { path: spec.path };
      const socket = spec.tls === undefined ? createConnection(address) : connectTls({ ...address, ...tlsOptions(spec) });
      socket.once('error', (error: Error) => {
        this.firstError = error;
      });
      watch.observe(socket);
      this.stream = socket;
      return socket;
    }

    /** At once: nothing that is still under way would be used any more. */
    override disconnect(): void {
      this.stream?.destroy();
    }
  };
}

function tlsOptions(spec: ConnectionSpec): object {
  const { ca, cert, key, passphrase, servername, rejectUnauthorized } = spec.tls ?? {};
  const options = { ca, cert, key, passphrase, servername: servername ?? serverName(spec.host), rejectUnauthorized };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** SNI takes names only, no addresses. */
function serverName(host: string | undefined): string | undefined {
  return host === undefined || /^[\d.]+$|:/.test(host) ? undefined : host;
}
