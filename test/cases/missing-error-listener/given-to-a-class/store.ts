import type { RedisClientType } from 'redis';
import { attach } from '@acme/telemetry';

export class SessionStore {
  constructor(private readonly client: RedisClientType) {}

  load(id: string): Promise<string | null> {
    return this.client.get(`session:${id}`);
  }
}

export class WatchedStore {
  private readonly client: RedisClientType;

  constructor(client: RedisClientType) {
    this.client = client;
    this.client.on('error', (error) => console.error(error));
  }

  load(id: string): Promise<string | null> {
    return this.client.get(`watched:${id}`);
  }
}

export class TracedStore {
  readonly #client: RedisClientType;

  constructor({ client }: { client: RedisClientType }) {
    this.#client = client;
    attach(client);
  }

  load(id: string): Promise<string | null> {
    return this.#client.get(`traced:${id}`);
  }
}
