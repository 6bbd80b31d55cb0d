import Redis from 'ioredis'

const redis = new Redis(process.env.REDIS_URL)

export async function remember (key: string, value: string) {
	await redis.setex(key, 60, value)
	await redis.hmset(`${key}:h`, { value })
	await redis.pipeline().setex(`${key}:p`, 60, value).exec()
	if (await redis.setnx(`${key}:nx`, value)) await redis.rpoplpush(key, key)
}
