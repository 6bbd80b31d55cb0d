import { createClient } from 'redis'

const client = createClient({ url: process.env.REDIS_URL })
client.on('error', (err) => console.error(err))
await client.connect()

export async function open(id, subject) {
	return client.hSet(`ticket:${id}`, { subject, tags: ['new', subject], urgent: true })
}

export async function close(id, by) {
	await client.hSet(`ticket:${id}`, 'closed', { by, reason: 'done' })
}

export async function touch(id, day) {
	const seen = new Date(day)
	await client.hSet(`seen:${id}`, ['at', seen, 'first', new Date(day), 'cents', BigInt(3)])
	await client.hSet(`seen:${id}`, [['last', seen]])
}
