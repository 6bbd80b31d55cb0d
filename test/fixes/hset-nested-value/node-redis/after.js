import { createClient } from 'redis'

const client = createClient({ url: process.env.REDIS_URL })
client.on('error', (err) => console.error(err))
await client.connect()

export async function open(id, subject) {
	return client.hSet(`ticket:${id}`, { subject, tags: JSON.stringify(['new', subject]), urgent: String(true) })
}

export async function close(id, by) {
	await client.hSet(`ticket:${id}`, 'closed', JSON.stringify({ by, reason: 'done' }))
}

export async function touch(id, day) {
	const seen = new Date(day)
	await client.hSet(`seen:${id}`, ['at', seen.toISOString(), 'first', new Date(day).toISOString(), 'cents', String(BigInt(3))])
	await client.hSet(`seen:${id}`, [['last', seen.toISOString()]])
}
