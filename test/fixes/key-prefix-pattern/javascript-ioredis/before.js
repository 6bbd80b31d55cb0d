const Redis = require("ioredis")

const PREFIX = "app[1]:"
const redis = new Redis(process.env.REDIS_URL, { keyPrefix: PREFIX })

exports.users = async function () {
  const keys = await redis.keys("user:*")
  return [keys.length, await redis.exists("user:0", ...keys)]
}

exports.known = async function () {
  const stream = redis.scanStream({ match: "app\\[1\\]:user:*" })
  const seen = []
  stream.on("data", (keys) => seen.push(redis.get(keys[0])))
  await new Promise((resolve) => stream.on("end", resolve))
  return Promise.all(seen)
}
