import { createClient } from 'redis'

export async function save (value: string) {
	const client = createClient({ url: process.env.REDIS_URL })
	client.on('error', () => undefined)
	await client.connect()
	const reply = await client.set('k', value)
	// at once
	await client.disconnect()
	return reply
}
