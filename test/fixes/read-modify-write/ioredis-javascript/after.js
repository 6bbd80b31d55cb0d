const Redis = require('ioredis')

const redis = new Redis(process.env.REDIS_URL)

class Counters {
	async hit(page) {
		/* and this one */
		await redis.incr('hits:' + page)
	}

	async lose(player) {
		await redis.hincrby(player, 'lives', -1)
	}
}

const counters = new Counters()
exports.hit = (page) => counters.hit(page)
exports.lose = (player) => counters.lose(player)
