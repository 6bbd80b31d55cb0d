/**
 * A proxy before a Redis that counts round trips: how often a client, having read an answer, sends again.
 * Commands sent together (a pipeline, or several in one tick) are one round trip however they fall into packets:
 * answers are held back a little, so that all that is sent without waiting for them has arrived before.
 */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { RequestReader } from './request-reader.ts';

/** What clients send to set a connection up, which is no part of a program's own work. */
const handshake = new Set(['HELLO', 'AUTH', 'SELECT', 'CLIENT', 'INFO', 'READONLY', 'COMMAND', 'QUIT', 'PING']);
/** Longer than it takes to write a burst, shorter than anybody minds. */
const holdMs = 3;

export interface RoundTripProxy {
  port: number;
  /** `redis://127.0.0.1:<port>` */
  url: string;
  /** Round trips since the last `reset`. */
  count(): number;
  /** Names of the commands since then, in order. */
  commands(): string[];
  reset(): void;
}

export async function startProxy(target: { host: string; port: number }): Promise<RoundTripProxy> {
  let count = 0;
  let commands: string[] = [];
  const server = createServer((client) => {
    client.setNoDelay(true);
    const upstream = connect(target);
    upstream.setNoDelay(true);
    let waitsForAnswer = false;
    const reader = new RequestReader((name) => {
      if (handshake.has(name)) return;
      commands.push(name);
      if (!waitsForAnswer) count++;
      waitsForAnswer = true;
    });
    client.on('data', (chunk: Buffer) => {
      reader.push(chunk);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      setTimeout(() => {
        waitsForAnswer = false;
        if (client.writable) client.write(chunk);
      }, holdMs);
    });
    pair(client, upstream);
    pair(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    count: () => count,
    commands: () => commands,
    reset: () => {
      count = 0;
      commands = [];
    },
  };
}

function pair(one: Socket, other: Socket): void {
  one.on('error', () => other.destroy());
  // After what is still held back: the answer to a QUIT comes right before the end.
  one.on('close', () => setTimeout(() => other.end(), holdMs));
}
