import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export class Locks {
	constructor(private readonly seconds = 45) {}

	async take(job: string, token: string): Promise<boolean> {
		const key = `lock:${job}`
		const got = await client.set(key, token, { EX: this.seconds, NX: true })
		if (!got) return false
		return true
	}
}

export const take = (job: string, token: string) => new Locks().take(job, token)

export async function bare(id: string) {
	await client.SET(`bare:${id}`, "1", { EX: 60, NX: true })
	return id
}

export async function withSet(id: string, token: string) {
	const reply = await client.set(`set:${id}`, token, { NX: true, PX: 90000 })
	if (reply === null) return "held"
	return "got"
}
