const HIT = "return redis.call('INCRBY', KEYS[1], '1')"
const Redis = require('ioredis')

const redis = new Redis(process.env.REDIS_URL)

exports.hit = async (user) => {
	const hits = await redis.eval(HIT, 1, 'limit:' + user)
	return hits <= 100
}
exports.answer = () => redis.eval('return 42 -- as everybody knows who has read it', 0)
