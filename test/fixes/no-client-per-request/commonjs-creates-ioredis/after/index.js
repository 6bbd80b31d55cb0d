const { redis: sharedRedis, duplicate } = require('./redis-client')

module.exports.show = async (req, res) => {
  const redis = sharedRedis()
  const user = await redis.hgetall(`user:${req.id}`)
  return user
}

module.exports.wait = async (req, res) => {
  const redis = duplicate()
  await redis.lpush(`queue:${req.id}`, 'a')
  const [, item] = await redis.brpop(`queue:${req.id}`, 1)
  redis.disconnect()
  return item
}
