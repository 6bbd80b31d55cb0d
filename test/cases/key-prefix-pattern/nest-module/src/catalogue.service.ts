import { Injectable } from '@nestjs/common';
import { InjectRedis } from '@nestjs-modules/ioredis';
import type { Redis } from 'ioredis';

@Injectable()
export class CatalogueService {
  constructor(
    @InjectRedis() private readonly redis: Redis,
    @InjectRedis('sessions') private readonly sessions: Redis,
  ) {}

  async products(): Promise<string[]> {
    return await this.redis.keys('product:*'); // expect: key-prefix-pattern
  }

  async ownProducts(): Promise<string[]> {
    return await this.redis.keys('shop:product:*'); // quiet: key-prefix-pattern -- begins with the prefix
  }

  async open(): Promise<string[]> {
    return await this.sessions.keys('session:*'); // quiet: key-prefix-pattern -- this client has no prefix
  }
}
