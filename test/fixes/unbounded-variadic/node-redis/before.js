import { createClient } from 'redis'

const client = createClient({ url: process.env.REDIS_URL })
client.on('error', (err) => console.error(err))
await client.connect()

export async function fill(count) {
	for (let i = 0; i < count; i += 100) {
		const names = Array.from({ length: 100 }, (_, at) => `doc:${i + at}`)
		await client.hSet('docs', Object.fromEntries(names.map((name) => [name, name])))
		await client.mSet(names.flatMap((name) => [name, name]))
	}
}

export async function load() {
	const names = await client.hKeys('docs')
	const texts = await client.mGet(names)
	return texts.length
}

export async function purge() {
	const names = await client.hKeys('docs')
	await client.unlink(names)
	await client.hDel('docs', [...new Set(names)].map((name) => name.trim()))
}
