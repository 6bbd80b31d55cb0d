import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export async function owner(token: string): Promise<string | undefined> {
	const key = `token:${token}`
	const present = await client.exists(key)
	if (!present) return undefined
	return (await client.get(key)) ?? undefined
}

export async function flag(name: string) {
	const value = "other"
	if ((await client.EXISTS(`flag:${name}`)) === 1) return (await client.GET(`flag:${name}`)) + value
	return value
}

export async function field(id: string, name: string) {
	if (await client.hExists(`user:${id}`, name)) {
		const text = await client.hGet(`user:${id}`, name)
		return text?.length
	} else {
		return -1
	}
}
