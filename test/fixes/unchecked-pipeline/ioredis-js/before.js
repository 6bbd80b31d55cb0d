const Redis = require('ioredis')

const redis = new Redis(process.env.REDIS_URL)

exports.record = async (names) => {
	const batch = redis.pipeline()
	names.forEach((name) => batch.incr(name))
	await batch.exec()
	return 'recorded'
}
exports.failing = async () => {
	await redis.pipeline().incr('text').exec()
	return 'went on'
}
exports.caught = (name) => exports[name]().catch((error) => error.message)
