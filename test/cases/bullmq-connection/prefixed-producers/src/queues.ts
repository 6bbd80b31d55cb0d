import { FlowProducer, Queue } from 'bullmq';
import { Redis } from 'ioredis';

const shop = new Redis({ keyPrefix: 'shop:' });
const plain = new Redis();

export const mails = new Queue('mails', { connection: shop }); // expect: bullmq-connection
export const labels = new Queue('labels', { connection: { port: 6379, keyPrefix: 'shop:' } }); // expect: bullmq-connection
export const orders = new FlowProducer({ connection: new Redis({ keyPrefix: 'shop:' }) }); // expect: bullmq-connection
export const stock = new Queue('stock', { connection: plain, prefix: 'shop' }); // quiet: bullmq-connection -- BullMQ's own prefix
export const audits = new Queue('audits', { connection: { port: 6379, keyPrefix: '' } }); // quiet: bullmq-connection -- no prefix
