import Redis from 'ioredis'

const redis = new Redis(process.env.REDIS_URL)

export async function remember (key: string, value: string) {
	await redis.set(key, value, 'EX', 60)
	await redis.hset(`${key}:h`, { value })
	await redis.pipeline().set(`${key}:p`, value, 'EX', 60).exec()
	if (await redis.set(`${key}:nx`, value, 'NX')) await redis.lmove(key, key, 'RIGHT', 'LEFT')
}
