import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export async function record(actor: string, action: string) {
	await client.lPush("audit:log", [actor, action])
}

export async function visit(userId: string, url: string) {
	try {
		await client.RPUSH(`visits:${userId}`, url)
	} catch (error) {
		return String(error)
	}
	return "recorded"
}
