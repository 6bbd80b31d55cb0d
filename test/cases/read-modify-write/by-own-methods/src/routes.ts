import type { Redis } from 'ioredis';

type Route = Record<string, string>;

export class Routes {
  constructor(private readonly redis: Redis) {}

  get(path: string): Promise<Route> {
    return this.redis.hgetall(path);
  }

  add(path: string, route: Route) {
    return this.redis.hset(path, route);
  }

  update(path: string, change: Route) {
    return this.get(path).then((route) => this.add(path, Object.assign(route, change))); // expect: read-modify-write
  }

  async replace(path: string, route: Route) {
    const before = await this.get(path);
    await this.add(path, route); // quiet: read-modify-write -- nothing of what was read is written
    return before;
  }
}
