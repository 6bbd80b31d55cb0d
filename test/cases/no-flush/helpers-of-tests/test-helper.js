const Redis = require('ioredis');
const redis = new Redis({ db: 15 });
redis.on('error', console.error);

beforeEach(() => redis.flushdb()); // quiet: no-flush -- a helper of tests
