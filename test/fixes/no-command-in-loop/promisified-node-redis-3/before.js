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
  for (const name of names) {
    templates[name] = await getAsync(`template:${name}`);
  }
  return templates;
}

async function store(templates) {
  for (const [name, text] of Object.entries(templates)) {
    await setAsync(`template:${name}`, text, 'EX', 600);
  }
}

async function counts(names) {
  const counts = [];
  for (const name of names) {
    // sets only
    const count = await countOf(name);
    counts.push(count);
  }
  return counts;
}

module.exports = { load, store, counts };
