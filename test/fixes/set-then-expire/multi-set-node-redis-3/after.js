'use strict';
const redis = require('redis');
const client = redis.createClient(process.env.REDIS_URL);

exports.remember = (id, fields) => {
  client.multi().hmset('user:' + id, fields).expire('user:' + id, 600).exec();
};

exports.seen = (done) => client.hgetall('user:a', done);
