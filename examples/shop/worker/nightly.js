'use strict';

const { randomUUID } = require('crypto');
const redis = require('./redis');

const LOCK_MS = 30000;
const UNLOCK = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

/** One worker at a time; the others skip the night. */
async function withLock(name, work) {
  const token = randomUUID();
  for (let attempt = 0; attempt < 3; attempt++) {
    const locked = await redis.set(`lock:${name}`, token, 'PX', LOCK_MS, 'NX');
    if (locked) {
      try {
        await work();
        return true;
      } finally {
        await redis.eval(UNLOCK, 1, `lock:${name}`, token);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** Carts written by the old app have no time to live. */
async function expireOldCarts() {
  const carts = await redis.keys('cart:*');
  let expired = 0;
  for (const cart of carts) {
    const ttl = await redis.ttl(cart);
    if (ttl === -1) {
      await redis.expire(cart, 86400);
      expired += 1;
    }
  }
  return expired;
}

async function saveDigest(day, orders, revenue) {
  await redis.set(`digest:${day}`, JSON.stringify({ day: String(day), orders: Number(orders), revenue: Number(revenue), currency: 'EUR' }));
}

/** What the catalogue shows as trending fades by a tenth a night. */
async function fadeTrending() {
  await redis.zunionstore('catalogue:trending', 1, 'catalogue:trending', 'WEIGHTS', 0.9);
  await redis.zremrangebyrank('catalogue:trending', 0, -501);
}

module.exports = { withLock, expireOldCarts, saveDigest, fadeTrending };
