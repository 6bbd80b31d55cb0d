import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export async function see(visitor: string, page: string) {
	await client.sAdd(`seen:${visitor}`, page)
}

export async function forget(visitor: string) {
	return client.del(`seen:${visitor}`)
}

export async function forgetTwo(one: string, other: string) {
	return client.DEL([`seen:${one}`, `seen:${other}`])
}

export async function raw(visitor: string) {
	return client.sendCommand(["DEL", `seen:${visitor}`])
}
