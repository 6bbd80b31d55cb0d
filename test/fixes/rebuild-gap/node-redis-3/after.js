'use strict';
const redis = require('redis');
const client = redis.createClient(process.env.REDIS_URL);

exports.replaceTags = (post, tags) => {
  client.multi().del('post:' + post).sadd('post:' + post, tags).exec();
};

exports.replaceCart = (id, items, done) => {
  const batch = client.multi();
  batch.del('cart:' + id);
  batch.hmset('cart:' + id, items);
  batch.exec(done);
};
