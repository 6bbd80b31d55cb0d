import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export async function saveScore(matchId, home, away) {
  await writeScore(client, `score:${matchId}`, { home: Number(home), away: Number(away), final: false });
}

export async function goal(matchId, side) {
  const score = await readScore(client, `score:${matchId}`);
  if (side === 'home') score.home += 1;
  else score.away += 1;
  await client.hSet(`score:${matchId}`, scoreToHash({ home: score.home, away: score.away }));
  return score;
}

export const homeGoals = async (matchId) => ((await readScore(client, `score:${matchId}`)) ?? JSON.parse('{"home":0}')).home;

/** The fields of a score as its hash holds them: as text, without those that are null or undefined. */
function scoreToHash(score) {
  const fields = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(score)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a score as a hash, in the place of whatever the key held, as SET does. */
async function writeScore(client, key, score) {
  const multi = client.multi();
  multi.del(key);
  multi.hSet(key, scoreToHash(score));
  await multi.exec();
  return 'OK';
}

/** Reads a score, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readScore(client, key) {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hGetAll(key);
      if (Object.keys(hash).length === 0) return null;
      const score = { ...hash };
      for (const name of ['home', 'away']) if (name in hash) score[name] = Number(hash[name]);
      for (const name of ['final']) if (name in hash) score[name] = hash[name] === 'true';
      return score;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mGet([key]);
    if (!json) continue;
    const fields = Object.entries(scoreToHash(JSON.parse(json)));
    if (fields.length === 0) return JSON.parse(json);
    const script = `
      if redis.call('TYPE', KEYS[1]).ok ~= 'string' or redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      local ttl = redis.call('PTTL', KEYS[1])
      redis.call('DEL', KEYS[1])
      for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
      if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end
      return 1`;
    await client.eval(script, { keys: [key], arguments: [json, ...fields.flat()] });
  }
}
