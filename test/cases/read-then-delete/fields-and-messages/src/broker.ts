import Redis from 'ioredis';

const redis = new Redis();

export async function take(to: string, id: string) {
  const message = await redis.hgetall(`${to}:message:${id}`);
  await redis.multi().del(`${to}:message:${id}`).zrem(`${to}:queue`, id).exec(); // expect: read-then-delete
  return message;
}

export async function redeem(code: string) {
  const user = await redis.hget('codes', code);
  await redis.hdel('codes', code); // expect: read-then-delete
  return user;
}

export async function removeUser(id: string) {
  const user = await redis.hgetall(`user:${id}`);
  await redis.del(`user:${id}`); // quiet: read-then-delete -- a record that is removed
  return user;
}
