const Redis = require('ioredis');

const redis = new Redis(process.env.REDIS_URL, { dropBufferSupport: true });
const other = new Redis(process.env.REDIS_URL, {
  connectionName: 'other',
  dropBufferSupport: false,
});

exports.save = async (value) => [await redis.set('k', value), await other.get('k')];
