const Redis = require('ioredis')

const redis = new Redis(process.env.REDIS_URL)

const readSession = (id) => redis.get(`session:${id}`)

exports.authorize = async (id, role) => {
	if (!(await readSession(id))) return false
	const session = JSON.parse(await readSession(id))
	return session.role === role
}
