const Redis = require('ioredis');

const redis = new Redis(process.env.REDIS_URL);

async function users(ids) {
  const users = [];
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.get('user:' + id);
  }
  for (const [error, raw] of await pipeline.exec()) {
    if (error) throw error;
    if (raw) users.push(JSON.parse(raw));
  }
  return users;
}

async function visits(list) {
  const counts = {};
  const pipeline = redis.pipeline();
  const queued = [];
  for (const { id, page } of list) {
    pipeline.incr(`visits:${page}`);
    queued.push(id);
  }
  const replies = (await pipeline.exec()).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, id] of queued.entries()) {
    const count = replies[index];
    counts[id] = count;
  }
  return counts;
}

async function pages(names, keep) {
  const pipeline = redis.pipeline();
  for (var i = 0; i < names.length; i++) {
    pipeline.hincrby('pages', names[i], 1);
  }
  for (const [err] of await pipeline.exec()) {
    if (err) keep(err.message);
  }
}

async function known(ids) {
  const known = [];
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.call('GET', `user:${id}`);
  }
  for (const [error, value] of await pipeline.exec()) {
    if (error) throw error;
    const [raw] = [value];
    known.push(raw !== null);
  }
  return known;
}

module.exports = { users, visits, pages, known };
