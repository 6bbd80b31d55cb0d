import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export async function allowed(ip: string, limit: number) {
	const key = `rate:${ip}`
	const hits = await client.incr(key)
	if (hits <= 1) await client.expire(key, 60)
	return hits <= limit
}

export async function spend(tenant: string, cost: number, ms: number) {
	const spent = await client.INCRBY("budget:" + tenant, cost)
	if (spent !== cost) return spent
	await client.PEXPIRE("budget:" + tenant, ms)
	return spent
}

export async function mark(id: string) {
	const hits = await client.incr(`mark:${id}`)
	if (hits === 1) {
		await client.expire(`mark:${id}`, 90)
	}
}
