const Redis = require('ioredis')

const redis = new Redis(process.env.REDIS_URL)

exports.record = async (names) => {
	const batch = redis.pipeline()
	names.forEach((name) => batch.incr(name))
	const replies = await batch.exec()
	for (const [error] of replies ?? []) {
		if (error) throw error
	}
	return 'recorded'
}
exports.failing = async () => {
	const replies = await redis.pipeline().incr('text').exec()
	for (const [error] of replies ?? []) {
		if (error) throw error
	}
	return 'went on'
}
exports.caught = (name) => exports[name]().catch((error) => error.message)
exports.values = async (names) => {
	let replies = await redis.pipeline(names.map((name) => ['get', name])).exec()
	for (const [error] of replies ?? []) {
		if (error) throw error
	}
	replies = replies.map((reply) => reply[1])
	return replies
}
exports.sweep = (pattern) =>
	new Promise((resolve) => {
		const stream = redis.scanStream({ match: pattern })
		stream.on('data', async (keys) => {
			const batch = redis.pipeline()
			for (const key of keys) batch.incr(key)
			const replies = await batch.exec()
			for (const [error] of replies ?? []) {
				if (error) console.error(error)
			}
			stream.emit('swept')
		})
		stream.once('swept', () => resolve('swept'))
	})
