import { app } from './app';
import { client } from './redis';

async function main(): Promise<void> {
  await client.connect();
  const address = await app.listen({ port: Number(process.env.PORT ?? 3001), host: '127.0.0.1' });
  console.log(`backoffice on ${address}`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void app.close().then(() => client.close());
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
