import Redis from 'ioredis';

const redis = new Redis();
redis.on('error', console.error);

interface Summary {
  plugin: string;
  stars: Record<string, number>;
  top: { user: string; text: string }[];
}

export async function keep(summary: Summary) {
  await redis.set(`ratings:${summary.plugin}`, JSON.stringify(summary), 'EX', 300); // quiet: prefer-hash-over-json -- computed, for a while, read whole
}

export async function load(plugin: string) {
  const text = await redis.get(`ratings:${plugin}`);
  return text ? (JSON.parse(text) as Summary) : null;
}

export async function save(profile: { id: string; name: string; visits: number }) {
  await redis.set(`profile:${profile.id}`, JSON.stringify(profile)); // expect: prefer-hash-over-json
}

export async function nameOf(id: string) {
  return (JSON.parse((await redis.get(`profile:${id}`)) ?? '{}') as { name?: string }).name;
}
