const { createClient } = require('redis')

const TAKE = "return redis.call('DECRBY', KEYS[1], ARGV[1])"
const client = createClient({
	url: process.env.REDIS_URL,
})
client.on('error', () => undefined)
const ready = client.connect()

exports.take = async (bucket, count) => {
	await ready
	return client.eval(TAKE, { keys: [bucket], arguments: [String(count)] })
}
