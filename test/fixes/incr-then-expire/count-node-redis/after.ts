import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export async function allowed(ip: string, limit: number) {
	const key = `rate:${ip}`
	const hits = Number((await client.multi().set(key, 0, { EX: 60, NX: true }).incr(key).exec())[1])
	return hits <= limit
}

export async function spend(tenant: string, cost: number, ms: number) {
	const spent = Number((await client.multi().SET("budget:" + tenant, 0, { PX: ms, NX: true }).INCRBY("budget:" + tenant, cost).exec())[1])
	if (spent !== cost) return spent
	return spent
}

export async function mark(id: string) {
	await client.multi().set(`mark:${id}`, 0, { EX: 90, NX: true }).incr(`mark:${id}`).exec()
}
