'use strict';
const Redis = require('ioredis');

class Backend {
  constructor() {
    this.redis = new Redis(process.env.REDIS_URL);
    this.entries = new Map();
  }

  async list(prefix) {
    const { redis } = this;
    const found = new Set();
    for await (const batch of redis.scanStream({ match: `${prefix}*`, count: 1000 })) {
      for (const key of batch) found.add(key);
    }
    return [...found];
  }

  async first(prefix) {
    const found = new Set();
    for await (const batch of this.redis.scanStream({ match: `${prefix}*`, count: 1000 })) {
      for (const key of batch) found.add(key);
    }
    const keys = [...found];
    for (const key of keys.sort()) return key;
    return null;
  }
}

const backend = new Backend();

exports.list = () => backend.list('session');
exports.first = () => backend.first('session');
exports.total = async (prefix) => {
  let total = 0;
  // SCAN may give a key twice.
  const seen = new Set();
  for await (const batch of backend.redis.scanStream({ match: `${prefix}:*`, count: 1000 })) {
    for (const key of batch) {
      if (seen.has(key)) continue;
      seen.add(key);
      total += key.length;
    }
  }
  return total;
};
