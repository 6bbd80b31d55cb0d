const Redis = require('ioredis')

module.exports.show = async (req, res) => {
  const redis = new Redis(process.env.REDIS_URL)
  const user = await redis.hgetall(`user:${req.id}`)
  redis.disconnect()
  return user
}

module.exports.wait = async (req, res) => {
  const redis = new Redis(process.env.REDIS_URL)
  await redis.lpush(`queue:${req.id}`, 'a')
  const [, item] = await redis.brpop(`queue:${req.id}`, 1)
  redis.disconnect()
  return item
}
