'use strict';
const Redis = require('ioredis');

class Backend {
  constructor() {
    this.redis = new Redis(process.env.REDIS_URL);
    this.entries = new Map();
  }

  async list(prefix) {
    const { redis } = this;
    return redis.keys(`${prefix}*`);
  }

  async first(prefix) {
    const keys = await this.redis.call('keys', `${prefix}*`);
    for (const key of keys.sort()) return key;
    return null;
  }
}

const backend = new Backend();

exports.list = () => backend.list('session');
exports.first = () => backend.first('session');
exports.total = async (prefix) => {
  let total = 0;
  for (const key of await backend.redis.keys(`${prefix}:*`)) total += key.length;
  return total;
};
