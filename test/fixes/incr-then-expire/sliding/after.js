const Redis = require('ioredis');
const redis = new Redis(process.env.REDIS_URL);

exports.login = async (ip) => {
  const replies = await redis
    .multi()
    .set('login:' + ip, 0, 'EX', 300, 'NX')
    .incr('login:' + ip)
    .exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  const hits = Number(replies?.[1]?.[1]);
  if (hits > 5) return 'blocked';
  return 'ok';
};
