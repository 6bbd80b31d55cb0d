import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export async function owner(token: string): Promise<string | undefined> {
	const key = `token:${token}`
	const value = await client.get(key)
	if (value === null) return undefined
	return value ?? undefined
}

export async function flag(name: string) {
	const value = "other"
	const found = await client.GET(`flag:${name}`)
	if (found !== null) return found + value
	return value
}

export async function field(id: string, name: string) {
	const text = await client.hGet(`user:${id}`, name)
	if (text !== null) {
		return text?.length
	} else {
		return -1
	}
}
