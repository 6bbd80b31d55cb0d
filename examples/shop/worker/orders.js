'use strict';

const redis = require('./redis');

/** Books one order: its day, its customer's history, what was sold. */
async function bookOrder(id) {
  const order = await redis.hgetall(`order:${id}`);
  if (!order.status) return false;
  const day = new Date().toISOString().slice(0, 10);
  const replies = await redis
    .multi()
    .hset(`order:${id}`, 'status', 'booked')
    .zadd(`orders:by-day:${day}`, Date.now(), id)
    .rpush('emails:outbox', JSON.stringify({ order: id, template: 'thanks' }))
    .exec();
  for (const [error] of replies) if (error) throw error;
  await redis.set(`receipt:${id}`, `receipt for ${id}`);
  await redis.expire(`receipt:${id}`, 2592000);
  return true;
}

/** The confirmation mails that have piled up since the last run. */
async function sendMails(send) {
  let sent = 0;
  let mail;
  while ((mail = await redis.lpop('emails:outbox'))) {
    await send(JSON.parse(mail));
    sent += 1;
  }
  return sent;
}

async function unsentMails() {
  const mails = await redis.lrange('emails:outbox', 0, -1);
  return mails.length;
}

module.exports = { bookOrder, sendMails, unsentMails };
