const redis = require('redis');
const { promisify } = require('util');

const client = redis.createClient(process.env.REDIS_URL);
const getAsync = promisify(client.get).bind(client);
const setAsync = promisify(client.set).bind(client);

const countOf = (name) =>
  new Promise((resolve, reject) => {
    client.scard(`set:${name}`, (err, count) => (err ? reject(err) : resolve(count)));
  });

async function load(names) {
  const templates = {};
  const replies = await Promise.all(
    Array.from(names, async (name) => ({ name, value: await getAsync(`template:${name}`) })),
  );
  for (const { name, value } of replies) {
    templates[name] = value;
  }
  return templates;
}

async function store(templates) {
  await Promise.all(
    Object.entries(templates).map(([name, text]) => setAsync(`template:${name}`, text, 'EX', 600)),
  );
}

async function counts(names) {
  const counts = [];
  const replies = await Promise.all(Array.from(names, (name) => countOf(name)));
  for (const count of replies) {
    // sets only
    counts.push(count);
  }
  return counts;
}

module.exports = { load, store, counts };
