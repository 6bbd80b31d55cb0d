const { createClient, defineScript } = require('redis')

const TAKE = "return redis.call('DECRBY', KEYS[1], ARGV[1])"
const client = createClient({
	url: process.env.REDIS_URL,
	scripts: {
		takeScript: defineScript({
			NUMBER_OF_KEYS: 1,
			SCRIPT: TAKE,
			parseCommand(parser, key, value) {
				parser.pushKey(key)
				parser.push(value)
			},
			transformReply: undefined,
		}),
	},
})
client.on('error', () => undefined)
const ready = client.connect()

exports.take = async (bucket, count) => {
	await ready
	return client.takeScript(bucket, String(count))
}
