import { Queue } from 'bullmq';
import Redis from 'ioredis';

const connection = new Redis(process.env.REDIS_URL ?? '');
connection.on('error', (e) => console.error(e));

export const queues = ['mails', 'labels', 'invoices', 'thumbnails', 'reports', 'audits'].map((name) => new Queue(name, { connection })); // quiet: bullmq-connection -- one client for all
