const { createClient } = require('redis')

const client = createClient({ url: process.env.REDIS_URL })
client.on('error', console.error)
const connected = client.connect()

exports.remindAll = async function (send) {
	await connected
	const keys = []
	for await (const key of client.scanIterator({ MATCH: 'overdue:*', COUNT: 500 })) keys.push(key)
	for (const key of keys) await send(key.slice('overdue:'.length))
	return keys.length
}

async function overdue() {
	await connected
	const keys = []
	for await (const key of client.scanIterator({ MATCH: 'overdue:*' })) {
		keys.push(key)
	}
	return keys
}

exports.total = async () => (await overdue()).length
