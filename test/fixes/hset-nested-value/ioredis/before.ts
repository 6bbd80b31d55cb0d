import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
redis.on('error', (err) => console.error(err));

interface Profile {
  name: string;
  address: { city: string };
  roles: string[];
}

export async function saveProfile(id: string, profile: Profile) {
  return redis.hset(`profile:${id}`, {
    name: profile.name,
    address: profile.address, // shown on invoices
    roles: profile.roles,
  });
}

export async function saveShort(id: string, { address, name }: Profile) {
  await redis.hset(`short:${id}`, { address, name });
}

export async function saveField(id: string, profile: Profile) {
  await redis.multi().hset(`field:${id}`, 'name', profile.name, 'address', profile.address as unknown as string).exec();
}

export async function saveMap(id: string, profile: Profile) {
  await redis.hset(`map:${id}`, new Map<string, unknown>([['address', profile.address /* whole */]]) as Map<string, string>);
}

export async function saveEither(id: string, profile: Profile, full: boolean) {
  await redis.hset(`either:${id}`, { city: full ? profile.address : [profile.address.city] });
}
