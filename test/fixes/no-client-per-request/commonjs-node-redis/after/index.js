'use strict';
const { redis: sharedRedis, redisWith } = require('./redis-client');

async function connect() {
  const client = await sharedRedis();
  return client;
}

exports.show = async (req, res) => {
  const client = await connect();
  const user = await client.hGetAll(`user:${req.id}`);
  return user;
};

exports.rename = async function rename(req, res) {
  const client = await connect();
  await client.hSet(`user:${req.id}`, { name: req.name });
};

exports.database = async (req, res) => {
  const client = await redisWith({ url: process.env.REDIS_URL, database: 4 });
  const count = await client.incr(`user:${req.id}`);
  return count;
};
