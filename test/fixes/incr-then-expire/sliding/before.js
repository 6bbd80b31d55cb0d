const Redis = require('ioredis');
const redis = new Redis(process.env.REDIS_URL);

exports.login = async (ip) => {
  const hits = await redis.incr('login:' + ip);
  await redis.expire('login:' + ip, 300);
  if (hits > 5) return 'blocked';
  return 'ok';
};
