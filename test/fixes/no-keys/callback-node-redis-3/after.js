'use strict';
const redis = require('redis');

const client = redis.createClient(process.env.REDIS_URL);

function purge(prefix, done) {
  scanKeysThen(client, `${prefix}:*`, (err, keys) => {
    if (err || keys.length === 0) return done(err, 0);
    client.del(keys, done);
  });
}

function matching(pattern, done) {
  scanKeysThen(client, pattern, (err, keys) => done(err, keys && keys.sort()));
}

function closed(done) {
  const other = client.duplicate();
  other.quit(() => {
    scanKeysThen(other, 'session:*', (err, keys) => done(err && err.code, keys));
  });
}

module.exports = { purge, matching, closed };

/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */
function scanKeysThen(client, pattern, callback) {
  const found = new Set();
  const step = (cursor) =>
    client.scan(cursor, 'MATCH', pattern, 'COUNT', '1000', (error, page) => {
      if (error) return callback(error);
      for (const key of page[1]) found.add(key);
      if (page[0] === '0') return callback(null, [...found]);
      step(page[0]);
    });
  step('0');
}
