import { QueueEvents, Worker } from 'bullmq';
import { connection, plain } from './config';

export const labels = new Worker('labels', async (job) => job.data, { connection }); // expect: bullmq-connection
export const labelEvents = new QueueEvents('labels', { connection: plain, prefix: 'shop' }); // quiet: bullmq-connection -- BullMQ's own prefix
export const invoices = new Worker('invoices', async (job) => job.data, { connection: { ...plain, maxRetriesPerRequest: 3 } }); // quiet: bullmq-connection -- plain options: BullMQ overrides the 3
