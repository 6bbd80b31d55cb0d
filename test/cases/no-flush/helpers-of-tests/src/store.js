const Redis = require('ioredis');
const redis = new Redis();
redis.on('error', console.error);

exports.reset = () => redis.flushall(); // expect: no-flush
