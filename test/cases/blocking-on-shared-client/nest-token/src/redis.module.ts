import { Global, Module } from '@nestjs/common';
import { Redis } from 'ioredis';
import { QUEUE, REDIS } from './redis.tokens';

function open(): Redis {
  return new Redis(process.env['REDIS_URL'] ?? '').on('error', (error) => console.error(error));
}

@Global()
@Module({
  providers: [
    { provide: REDIS, useFactory: open },
    { provide: QUEUE, useFactory: open },
  ],
  exports: [REDIS, QUEUE],
})
export class RedisModule {}
