'use strict';
const redis = require('redis');

const client = redis.createClient(process.env.REDIS_URL);

function purge(prefix, done) {
  client.keys(`${prefix}:*`, (err, keys) => {
    if (err || keys.length === 0) return done(err, 0);
    client.del(keys, done);
  });
}

function matching(pattern, done) {
  client.send_command('KEYS', [pattern], (err, keys) => done(err, keys && keys.sort()));
}

function closed(done) {
  const other = client.duplicate();
  other.quit(() => {
    other.keys('session:*', (err, keys) => done(err && err.code, keys));
  });
}

module.exports = { purge, matching, closed };
