import { client, ready } from './redis'

const blockingClient = client.duplicate().on('error', (error) => console.error(error))

export async function push(job: string) {
	await ready
	return await client.rPush('jobs', job)
}

/** Takes one. */
export async function next() {
	await ready
	for (;;) {
		if (!blockingClient.isOpen) await blockingClient.connect()
		const popped = await blockingClient.blPop('jobs', 1) // the oldest
		if (popped) return popped.element
	}
}
