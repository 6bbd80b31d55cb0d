const Redis = require('ioredis');

const redis = new Redis(process.env.REDIS_URL);

async function users(ids) {
  const users = [];
  for (const id of ids) {
    const raw = await redis.get('user:' + id);
    if (raw) users.push(JSON.parse(raw));
  }
  return users;
}

async function visits(list) {
  const counts = {};
  for (const { id, page } of list) {
    const count = await redis.incr(`visits:${page}`);
    counts[id] = count;
  }
  return counts;
}

async function pages(names, keep) {
  for (var i = 0; i < names.length; i++) {
    try {
      await redis.hincrby('pages', names[i], 1);
    } catch (err) {
      keep(err.message);
    }
  }
}

async function known(ids) {
  const known = [];
  for (const id of ids) {
    const [raw] = [await redis.call('GET', `user:${id}`)];
    known.push(raw !== null);
  }
  return known;
}

module.exports = { users, visits, pages, known };
