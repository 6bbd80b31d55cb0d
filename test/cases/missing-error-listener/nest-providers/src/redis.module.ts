import { Module } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Health } from './health';

@Module({
  providers: [
    Health,
    { provide: 'CARTS', useFactory: () => new Redis(6380) }, // expect: missing-error-listener
    { provide: 'SESSIONS', useFactory: () => new Redis(6381) }, // quiet: missing-error-listener -- Health listens to what is injected
    { provide: 'STOCK', useFactory: () => new Redis(6382) }, // quiet: missing-error-listener -- given on to who knows whom
    {
      provide: 'MOTD',
      useFactory: async () => {
        const client = new Redis(6383, { lazyConnect: true }); // expect: missing-error-listener
        await client.connect();
        return client;
      },
    },
  ],
  exports: ['CARTS', 'SESSIONS', 'STOCK', 'MOTD'],
})
export class RedisModule {}
