import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export class Locks {
	constructor(private readonly seconds = 45) {}

	async take(job: string, token: string): Promise<boolean> {
		const key = `lock:${job}`
		const got = await client.setNX(key, token)
		if (!got) return false
		await client.expire(key, this.seconds)
		return true
	}
}

export const take = (job: string, token: string) => new Locks().take(job, token)

export async function bare(id: string) {
	if (await client.SETNX(`bare:${id}`, "1")) await client.EXPIRE(`bare:${id}`, 60)
	return id
}

export async function withSet(id: string, token: string) {
	const reply = await client.set(`set:${id}`, token, { NX: true })
	if (reply === null) return "held"
	await client.pExpire(`set:${id}`, 90000)
	return "got"
}
