const Redis = require('ioredis');

const redis = new Redis(process.env.REDIS_URL);
redis.on('error', console.error);

exports.forget = (ids) => {
  ids.forEach((id) => {
    return redis.del(`user:${id}`); // expect: floating-command
  });
};

exports.forgetAll = (ids) =>
  Promise.all(
    ids.map((id) => {
      return redis.del(`user:${id}`); // quiet: floating-command -- map keeps the promises
    }),
  );
