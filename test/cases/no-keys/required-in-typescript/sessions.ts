const Redis = require('ioredis');
const { settings } = require('./settings');

const redis = new Redis(settings.url);

export async function countSessions(): Promise<number> {
  const found: string[] = await redis.keys(`${settings.prefix}*`); // expect: no-keys
  return found.filter((key) => key.endsWith(':open')).length;
}

export function names(): string[] {
  const table = new (require('./table').Table)();
  return table.keys('a*'); // quiet: no-keys -- a class of the project
}
