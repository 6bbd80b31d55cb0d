const Redis = require('ioredis')

const redis = new Redis(process.env.REDIS_URL)

const readSession = (id) => redis.get(`session:${id}`)

exports.authorize = async (id, role) => {
	const value = await readSession(id)
	if (!value) return false
	const session = JSON.parse(value)
	return session.role === role
}
