import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { QUEUE, REDIS } from './redis.tokens';

@Injectable()
export class MailsService {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(QUEUE) private readonly queue: Redis,
  ) {}

  async next(): Promise<string | undefined> {
    const found = await this.redis.brpop('mails', 0); // expect: blocking-on-shared-client
    return found?.[1];
  }

  async nextLabel(): Promise<string | undefined> {
    const found = await this.queue.brpop('labels', 0); // quiet: blocking-on-shared-client -- a token of its own, and nobody else asks for it
    return found?.[1];
  }
}
