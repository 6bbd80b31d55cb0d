'use strict';
const redis = require('redis');
const client = redis.createClient(process.env.REDIS_URL);

exports.transfer = (from, to, cents, done) => {
  client
    .batch()
    .decrby('wallet:' + from, cents)
    .incrby('wallet:' + to, cents)
    .exec(done);
};
