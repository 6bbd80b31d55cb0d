'use strict';
const redis = require('redis');

async function connect() {
  const client = redis.createClient({ url: process.env.REDIS_URL });
  client.on('error', (error) => console.error(error));
  await client.connect();
  return client;
}

exports.show = async (req, res) => {
  const client = await connect();
  const user = await client.hGetAll(`user:${req.id}`);
  await client.quit();
  return user;
};

exports.rename = async function rename(req, res) {
  const client = await connect();
  try {
    await client.hSet(`user:${req.id}`, { name: req.name });
  } finally {
    await client.quit();
  }
};

exports.database = async (req, res) => {
  const client = redis.createClient({ url: process.env.REDIS_URL, database: 4 });
  await client.connect();
  const count = await client.incr(`user:${req.id}`);
  await client.disconnect();
  return count;
};
