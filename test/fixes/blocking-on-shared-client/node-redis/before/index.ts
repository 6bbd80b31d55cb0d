import { client, ready } from './redis'

export async function push(job: string) {
	await ready
	return await client.rPush('jobs', job)
}

/** Takes one. */
export async function next() {
	await ready
	for (;;) {
		const popped = await client.blPop('jobs', 1) // the oldest
		if (popped) return popped.element
	}
}
