import { Queue } from 'bullmq';

const connection = { host: process.env.REDIS_HOST, port: 6379 };

export const mails = new Queue('mails', { connection }); // expect: bullmq-connection
export const labels = new Queue('labels', { connection });
export const invoices = new Queue('invoices', { connection });
export const thumbnails = new Queue('thumbnails', { connection });
export const reports = new Queue('reports', { connection });
export const audits = new Queue('audits', { connection });
