const { createClient } = require('redis')

const client = createClient({ url: process.env.REDIS_URL })
client.connect()

module.exports.names = () => scanKeys(client, 'session:*').then((keys) => keys.reverse())

/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */
async function scanKeys(client, pattern) {
  const found = new Set()
  for await (const key of client.scanIterator({ MATCH: pattern, COUNT: 1000 })) found.add(key)
  return [...found]
}
