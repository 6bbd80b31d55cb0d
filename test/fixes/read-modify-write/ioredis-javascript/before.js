const Redis = require('ioredis')

const redis = new Redis(process.env.REDIS_URL)

class Counters {
	async hit(page) {
		const count = parseInt(await redis.get('hits:' + page), 10) || 0
		/* and this one */
		await redis.set('hits:' + page, count + 1)
	}

	async lose(player) {
		const lives = +(await redis.hget(player, 'lives') || 0)
		await redis.hset(player, 'lives', lives - 1)
	}
}

const counters = new Counters()
exports.hit = (page) => counters.hit(page)
exports.lose = (player) => counters.lose(player)
