const Redis = require('ioredis');

const redis = new Redis(process.env.REDIS_URL);

exports.store = async (id) => {
  await redis.set([`raw:${id}`, id, 'EX', 60]);
};
