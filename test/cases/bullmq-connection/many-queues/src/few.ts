import { Queue } from 'bullmq';

const connection = { host: process.env.REDIS_HOST, port: 6379 };

export const imports = new Queue('imports', { connection }); // quiet: bullmq-connection -- two are no matter
export const orders = new Queue('orders', { connection }); // quiet: bullmq-connection -- two are no matter
