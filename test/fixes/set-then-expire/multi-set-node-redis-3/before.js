'use strict';
const redis = require('redis');
const client = redis.createClient(process.env.REDIS_URL);

exports.remember = (id, fields) => {
  client.hmset('user:' + id, fields);
  client.expire('user:' + id, 600);
};

exports.seen = (done) => client.hgetall('user:a', done);
