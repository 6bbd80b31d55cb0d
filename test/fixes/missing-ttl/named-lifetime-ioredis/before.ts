import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const SESSION_TTL = 300_000;

class Pages {
  constructor(private readonly ttl = 300) {}

  async store(path: string, html: string) {
    await redis.set(`page:${path}`, html, 'EX', this.ttl);
    await redis.set(`cache:${path}`, html);
  }
}

const pages = new Pages();
export const store = (path: string, html: string) => pages.store(path, html);

export async function login(id: string, user: string) {
  await redis.set(`login:${id}`, user, 'PX', SESSION_TTL);
  await redis.set(`session:${id}`, user);
}
