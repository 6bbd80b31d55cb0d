import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export async function record(actor: string, action: string) {
	await client.multi().lPush("audit:log", [actor, action]).lTrim("audit:log", 0, 999).exec()
}

export async function visit(userId: string, url: string) {
	try {
		await client.multi().RPUSH(`visits:${userId}`, url).LTRIM(`visits:${userId}`, -1000, -1).exec()
	} catch (error) {
		return String(error)
	}
	return "recorded"
}
