const redis = require('redis');

const client = redis.createClient(process.env.REDIS_URL);

exports.post = (id, text, done) => client.rpush(`feed:${id}`, text, done);
exports.drop = (id, done) => client.del(`feed:${id}`, done);
