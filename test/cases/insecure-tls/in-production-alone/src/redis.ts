import Redis, { type RedisOptions } from 'ioredis';

const host = process.env.REDIS_HOST;
const isProduction = process.env.NODE_ENV === 'production';

export const cache = new Redis({ host, tls: isProduction ? { rejectUnauthorized: false } : undefined }); // expect: insecure-tls
cache.on('error', console.error);

export const local = new Redis({ host, tls: isProduction ? {} : { rejectUnauthorized: false } }); // quiet: insecure-tls -- off in development alone
local.on('error', console.error);

const options: RedisOptions = { host };
if (process.env.REDIS_TLS) options.tls = { rejectUnauthorized: false };
export const jobs = new Redis(options); // expect: insecure-tls
jobs.on('error', console.error);

const forTests: RedisOptions = { host };
if (!isProduction) Object.assign(forTests, { tls: { rejectUnauthorized: false } });
export const tests = new Redis(forTests); // quiet: insecure-tls -- set in development alone
tests.on('error', console.error);
