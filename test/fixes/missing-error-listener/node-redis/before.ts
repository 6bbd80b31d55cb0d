import { createClient } from "redis"

const url = process.env.REDIS_URL ?? ""
const client = createClient({ url })
const ready = client.connect()
const reader = client.duplicate({ socket: { connectTimeout: 2_000 }, name: "the-one-that-reads-everything" })
const readerReady = reader.connect()

export async function save(id: string) {
	await ready
	await client.set(`user:${id}`, id)
}

export async function read(id: string) {
	await readerReady
	return await reader.get(`user:${id}`)
}

export async function once(id: string) {
	const own = await createClient({ url }).connect()
	return await own.exists(`user:${id}`)
}

class Store {
	private readonly client = createClient({
		url,
		database: 0,
	})

	async count(name: string) {
		if (!this.client.isOpen) await this.client.connect()
		return await this.client.incr(name)
	}
}

const store = new Store()
export const count = (name: string) => store.count(name)
