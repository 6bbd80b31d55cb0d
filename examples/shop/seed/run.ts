import { seedShop } from './seed';

seedShop(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379').then(
  ({ keys, ms }) => console.log(`${keys} keys in ${ms} ms`),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
