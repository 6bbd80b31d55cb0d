import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);

export async function change(user, given) {
  let settings = await client.get(`settings:${user}`);
  settings = settings ? JSON.parse(settings) : {};
  settings = { ...settings, ...given };
  await client.set(`settings:${user}`, JSON.stringify(settings)); // expect: read-modify-write
}

export async function load(user, fetchAll) {
  let profile = await client.get(`profile:${user}`);
  profile = profile ? JSON.parse(profile) : await fetchAll(user);
  await client.set(`profile:${user}`, JSON.stringify(profile), { EX: 600 }); // quiet: read-modify-write -- written back as it was read, for its TTL
  return profile;
}
