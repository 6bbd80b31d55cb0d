const { once } = require('events');
const { Queue, Worker: Consumer } = require('bullmq');
const Redis = require('ioredis');

exports.double = async (number) => {
  const worker = new Consumer('numbers', async (job) => job.data.number * 2, {
    autorun: false,
    connection: new Redis(process.env.REDIS_URL, {
      lazyConnect: true,
      maxRetriesPerRequest: 5, // fails fast
    }),
  });
  const client = new Redis(process.env.REDIS_URL);
  const queue = new Queue('numbers', { connection: client });
  void worker.run();
  await queue.add('double', { number });
  const [, result] = await once(worker, 'completed');
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  await client.quit();
  return result;
};
