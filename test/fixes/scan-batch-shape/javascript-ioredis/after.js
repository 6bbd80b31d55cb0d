const Redis = require('ioredis')

const redis = new Redis(process.env.REDIS_URL)

const finished = (stream) => new Promise((resolve) => stream.on('end', resolve))

exports.listen = async function () {
	const seen = []
	const stream = redis.scanStream({ match: 'cart:*' })
	stream.on('data', async (keys) => {
		for (const key of keys) {
			// Never expires.
			seen.push(redis.ttl(key))
		}
	})
	await finished(stream)
	return Promise.all(seen)
}

exports.short = async function () {
	const seen = []
	await finished(redis.scanStream({ match: 'cart:*' }).on('data', keys => {
		for (const key of keys) seen.push(redis.type(key))
	}))
	return Promise.all(seen)
}
