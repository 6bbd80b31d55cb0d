import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { watch } from 'redis-watchdog';

@Injectable()
export class Health {
  constructor(
    @Inject('CARTS') private readonly carts: Redis,
    @Inject('SESSIONS') private readonly sessions: Redis,
    @Inject('STOCK') stock: Redis,
  ) {
    this.sessions.on('error', (error) => console.error(error));
    watch(stock);
  }

  async isUp(): Promise<boolean> {
    return (await this.carts.ping()) === 'PONG' && (await this.sessions.ping()) === 'PONG';
  }
}
