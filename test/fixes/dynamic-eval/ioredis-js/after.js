const HIT = "return redis.call('INCRBY', KEYS[1], '1')"
const Redis = require('ioredis')

const redis = new Redis(process.env.REDIS_URL)
redis.defineCommand('answerScript', { numberOfKeys: 0, lua: 'return 42 -- as everybody knows who has read it' })
redis.defineCommand('hitScript', { numberOfKeys: 1, lua: HIT })

exports.hit = async (user) => {
	const hits = await redis.hitScript('limit:' + user)
	return hits <= 100
}
exports.answer = () => redis.answerScript()
