import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export async function saveScore(matchId, home, away) {
  await client.set(`score:${matchId}`, JSON.stringify({ home: Number(home), away: Number(away), final: false }));
}

export async function goal(matchId, side) {
  const score = JSON.parse(await client.get(`score:${matchId}`));
  if (side === 'home') score.home += 1;
  else score.away += 1;
  await client.set(`score:${matchId}`, JSON.stringify(score));
  return score;
}

export const homeGoals = async (matchId) => JSON.parse((await client.get(`score:${matchId}`)) ?? '{"home":0}').home;
