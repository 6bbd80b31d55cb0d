import type { AddressInfo } from 'node:net';
import { app } from './app';
import { redis } from './redis';

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`storefront on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    redis.disconnect();
  });
}
