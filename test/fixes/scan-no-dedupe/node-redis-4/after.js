const { createClient } = require('redis')

const client = createClient({ url: process.env.REDIS_URL })
client.on('error', console.error)
const connected = client.connect()

exports.remindAll = async function (send) {
	await connected
	const keys = new Set()
	for await (const key of client.scanIterator({ MATCH: 'overdue:*', COUNT: 500 })) keys.add(key)
	for (const key of keys) await send(key.slice('overdue:'.length))
	return keys.size
}

async function overdue() {
	await connected
	const keys = new Set()
	for await (const key of client.scanIterator({ MATCH: 'overdue:*' })) {
		keys.add(key)
	}
	return [...keys]
}

exports.total = async () => (await overdue()).length
