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
	const texts = []
	for (let start = 0; start < names.length; start += 500) {
		texts.push(...(await client.mGet(names.slice(start, start + 500))))
	}
	return texts.length
}

export async function purge() {
	const names = await client.hKeys('docs')
	for (let start = 0; start < names.length; start += 500) {
		await client.unlink(names.slice(start, start + 500))
	}
	await client.hDel('docs', [...new Set(names)].map((name) => name.trim()))
}
