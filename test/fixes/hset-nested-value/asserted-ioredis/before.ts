import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

interface Profile {
  address?: { city: string };
}

export async function asserted(id: string, profile: Profile) {
  return await redis.hset(`profile:${id}`, { address: profile.address! as any });
}

// May be missing, whatever the cast says: JSON has no text for that.
export async function cast(id: string, profile: Profile) {
  return await redis.hset(`cast:${id}`, 'address', profile.address as any);
}
