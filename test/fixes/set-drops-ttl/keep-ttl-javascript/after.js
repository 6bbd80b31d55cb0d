const Redis = require('ioredis')

const redis = new Redis(process.env.REDIS_URL)

exports.open = (id, text) => redis.setex('draft:' + id, 300, text)
exports.save = (id, text) => redis.set('draft:' + id, text, 'KEEPTTL')
