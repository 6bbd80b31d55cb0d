import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export async function allowed(ip: string, limit: number) {
	const key = `rate:${ip}`
	const hits = Number((await client.multi().incr(key).expire(key, 60, "NX").exec())[0])
	return hits <= limit
}

export async function spend(tenant: string, cost: number, ms: number) {
	const spent = Number((await client.multi().INCRBY("budget:" + tenant, cost).PEXPIRE("budget:" + tenant, ms, "NX").exec())[0])
	if (spent !== cost) return spent
	return spent
}

export async function mark(id: string) {
	await client.multi().incr(`mark:${id}`).expire(`mark:${id}`, 90, "NX").exec()
}
