import { Module } from '@nestjs/common';
import { RedisModule } from '@nestjs-modules/ioredis';
import { CatalogueService } from './catalogue.service';

@Module({
  imports: [
    RedisModule.forRootAsync({
      useFactory: () => ({ type: 'single', url: process.env['REDIS_URL'] ?? '', options: { keyPrefix: 'shop:' } }),
    }),
    RedisModule.forRoot({ type: 'single', url: process.env['SESSION_URL'] ?? '' }, 'sessions'),
  ],
  providers: [CatalogueService],
})
export class AppModule {}
