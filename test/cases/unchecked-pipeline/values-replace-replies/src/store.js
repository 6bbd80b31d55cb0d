import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL);

export async function instances(ids) {
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.hgetall(`instance:${id}`);
  let hashes = await pipeline.exec(); // expect: unchecked-pipeline
  hashes = hashes.map((reply) => reply[1]);
  return hashes.filter((hash) => hash.alive === '1');
}

export async function scores(ids) {
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.get(`score:${id}`);
  const replies = await pipeline.exec(); // expect: unchecked-pipeline
  for (const i in replies) {
    replies[i] = replies[i][1];
  }
  return replies;
}

export async function names(ids) {
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.get(`name:${id}`);
  let replies = await pipeline.exec(); // quiet: unchecked-pipeline -- errors are looked at first
  const failed = replies.find((reply) => reply[0]);
  if (failed) throw failed[0];
  replies = replies.map((reply) => reply[1]);
  return replies;
}
