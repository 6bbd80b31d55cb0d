const Redis = require('ioredis');
const redis = new Redis();
redis.on('error', console.error);

exports.save = (id, meta) => redis.hset(`job:${id}:meta`, meta);
exports.load = (id) => redis.hgetall(`job:${id}:meta`); // quiet: unbounded-read -- one job's own fields

exports.count = (page, visitor) => redis.hincrby(`visits:${page}`, visitor, 1);
exports.counts = (page) => redis.hgetall(`visits:${page}`); // expect: unbounded-read

exports.log = (line) => redis.rpush('log', line);
exports.whole = () => redis.lrange('log', 0, Number.MAX_SAFE_INTEGER); // expect: unbounded-read
exports.page = () => redis.lrange('log', 0, 99); // quiet: unbounded-read
