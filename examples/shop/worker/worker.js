'use strict';

const redis = require('./redis');
const { bookOrder, sendMails, unsentMails } = require('./orders');
const { withLock, expireOldCarts, saveDigest, fadeTrending } = require('./nightly');

// BLPOP holds its connection until something comes, so the queue has one of its own.
const queue = redis.duplicate();
queue.on('error', (error) => console.error('queue:', error.message));

let running = true;

async function night() {
  const day = new Date().toISOString().slice(0, 10);
  await withLock('nightly', async () => {
    const carts = await expireOldCarts();
    await fadeTrending();
    await saveDigest(day, await redis.zcard(`orders:by-day:${day}`), 0);
    console.log(`nightly: ${carts} carts expired`);
  });
}

async function main() {
  console.log('worker ready');
  await night();
  while (running) {
    const next = await queue.blpop('orders:queue', 1);
    if (!next) continue;
    const [, id] = next;
    const booked = await bookOrder(id);
    console.log(`order ${id} ${booked ? 'booked' : 'unknown'}, ${await unsentMails()} mails waiting`);
    await sendMails(async (mail) => console.log(`mail ${mail.template} for order ${mail.order}`));
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    running = false;
  });
}

main()
  .then(() => {
    queue.disconnect();
    redis.disconnect();
  })
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
