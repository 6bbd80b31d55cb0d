'use strict';
const redis = require('redis');
const client = redis.createClient(process.env.REDIS_URL);

exports.replaceTags = (post, tags) => {
  client.del('post:' + post);
  client.sadd('post:' + post, tags);
};

exports.replaceCart = (id, items, done) => {
  const batch = client.batch();
  batch.del('cart:' + id);
  batch.hmset('cart:' + id, items);
  batch.exec(done);
};
