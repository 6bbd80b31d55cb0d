const redis = require('redis');

const client = redis.createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));

function open(id, subject, done) {
  client.hmset(`ticket:${id}`, { subject, tags: ['new', subject], opened: { by: 'Ada' } }, done);
}

function close(id, by, done) {
  client.hset(`ticket:${id}`, 'closed', { by }, done);
}

module.exports = { open, close };
