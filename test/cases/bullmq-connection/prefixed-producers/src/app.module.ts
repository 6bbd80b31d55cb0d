import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';

@Module({
  imports: [
    BullModule.forRoot({ connection: { host: 'redis.internal', keyPrefix: 'shop:' } }), // expect: bullmq-connection
    BullModule.registerQueue({ name: 'mails', connection: { host: 'redis.internal' }, prefix: 'shop' }), // quiet: bullmq-connection -- BullMQ's own prefix
  ],
})
export class AppModule {}
