'use strict';

/** The fields of a presence as its hash holds them: as text, without those that are null or undefined. */
function presenceToHash(presence) {
  const fields = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(presence)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a presence as a hash, in the place of whatever the key held, as SET does. */
export async function writePresence(client, key, presence, seconds) {
  const multi = client.multi();
  multi.del(key);
  multi.hset(key, presenceToHash(presence));
  multi.expire(key, seconds);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Reads a presence, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
export async function readPresence(client, key) {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hgetall(key);
      if (Object.keys(hash).length === 0) return null;
      const presence = { ...hash };
      for (const name of ['at']) if (name in hash) presence[name] = Number(hash[name]);
      return presence;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mget(key);
    if (!json) continue;
    const fields = Object.entries(presenceToHash(JSON.parse(json)));
    if (fields.length === 0) return JSON.parse(json);
    const script = `
      if redis.call('TYPE', KEYS[1]).ok ~= 'string' or redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      local ttl = redis.call('PTTL', KEYS[1])
      redis.call('DEL', KEYS[1])
      for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
      if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end
      return 1`;
    await client.eval(script, 1, key, json, ...fields.flat());
  }
}

module.exports = { writePresence, readPresence };
