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
