import Redis from 'ioredis';

const redis = new Redis();

export function store(id: string, author: string, event: string): Promise<void> {
  return new Promise((resolve) => {
    Promise.all([
      redis.set(`event:${id}`, event, 'EX', 60), // expect: floating-command
      redis.hset(`author:${author}`, id, 1),
    ]).then(() => resolve());
  });
}

export function storeAndTell(id: string, event: string, failed: (error: unknown) => void) {
  Promise.all([redis.set(`event:${id}`, event, 'EX', 60)]).catch(failed); // quiet: floating-command -- caught
}
