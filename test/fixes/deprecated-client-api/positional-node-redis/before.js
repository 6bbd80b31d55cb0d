const { createClient } = require('redis')

const client = createClient({ url: process.env.REDIS_URL })
client.on('error', console.error)
const ready = client.connect()

exports.expiring = async (key, value, ttl) => {
  await ready
  await client.set(key, value, 'EX', ttl)
  return (await client.ttl(key)) > 0
}
exports.once = async (key, value) => {
  await ready
  return client.set(key, value, 'NX', 'PX', '60000')
}
exports.drop = async (a, b) => {
  await ready
  return client.del(a, b)
}
exports.add = async (key, ...members) => {
  await ready
  return client.sAdd(key, ...members)
}
exports.fields = async (key) => {
  await ready
  return client.hSet(key, 'a', '1', 'b', '2')
}
exports.find = async (pattern) => {
  await ready
  const { keys } = await client.scan('0', 'MATCH', pattern, 'COUNT', 100)
  return keys.length
}
exports.reset = async () => {
  await ready
  await client.del(['k', 's', 'h', 'x', 'y', 'z'])
  return 'reset'
}
