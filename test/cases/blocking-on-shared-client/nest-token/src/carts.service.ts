import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from './redis.tokens';

@Injectable()
export class CartsService {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  async cart(id: string): Promise<string | null> {
    return await this.redis.get(`cart:${id}`);
  }
}
