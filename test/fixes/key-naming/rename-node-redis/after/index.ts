import { createClient } from "redis"

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export const view = (page: string) => client.incr(`page-views:${page}`)

export const readOrder = (id: string) => client.get(`order:${id}`)
export const writeOrder = (id: string, text: string) => client.set(`order:${id}`, text)
export const dropOrder = (id: string) => client.del(`order:${id}`)

export const hasOrder = (id: string) => client.exists(`order:${id}`)
export const orderTtl = (id: string) => client.ttl(`order:${id}`)

export async function exported(id: string, text: string) {
	const key = `order:${id}`
	await client.set(key, text)
	return client.get(key)
}

export const addLine = (id: string, line: string) => client.sAdd(`order:${id}:lines`, line)
export const lines = (id: string) => client.sMembers('order:' + id + ':lines')
